import { z } from 'zod';
import { RUN_LIMITS } from './run-limits.ts';

/** More of anything does not fit the tables in which it is kept (2^24 entries of a Map), or a buffer. */
const MOST = 10_000_000;
const MOST_BYTES = 1024 * 1024 * 1024;
const MOST_SECONDS = 86_400;

/** A group of limits: each may be said, none must, and there are no others. Bytes, seconds or numbers by their names. */
function groupOf(defaults: object): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [key, value] of Object.entries(defaults)) {
    shape[key] = (typeof value === 'number' ? numberFor(key, value) : groupOf(value)).optional();
  }
  return z.strictObject(shape);
}

function numberFor(name: string, usual: number): z.ZodType {
  const description = `${usual} unless it is given`;
  if (/seconds$/i.test(name)) return z.number().min(0.001).max(MOST_SECONDS).meta({ description });
  const bytes = /bytes|longest/i.test(name);
  return z
    .int()
    .min(1)
    .max(bytes ? MOST_BYTES : MOST)
    .meta({ description });
}

/** `limits` of the configuration, made from the limits themselves. */
export const limitsSchema = groupOf(RUN_LIMITS);
