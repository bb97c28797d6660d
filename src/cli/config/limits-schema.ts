import { z } from 'zod';
import { boundsOf } from './limit-bounds.ts';
import { RUN_LIMITS, type RunLimitChanges } from './run-limits.ts';

/** A group of limits: each may be said, none must, and there are no others. */
function groupOf(prefix: string, defaults: object): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [key, value] of Object.entries(defaults) as readonly (readonly [string, unknown])[]) {
    if (typeof value === 'number') shape[key] = numberFor(`${prefix}${key}`, value).optional();
    else if (typeof value === 'object' && value !== null) {
      shape[key] = groupOf(`${prefix}${key}.`, value).optional();
    }
  }
  return z.strictObject(shape);
}

function numberFor(name: string, usual: number): z.ZodType {
  const { least, most, even = false } = boundsOf(name);
  const whole = !/seconds$/i.test(name);
  const number = (whole ? z.int() : z.number()).min(least).max(most);
  const checked = even ? number.multipleOf(2) : number;
  return checked.meta({ description: `${usual} unless it is given` });
}

/** `limits` of the configuration, made from the limits themselves. */
export const limitsSchema = groupOf('', RUN_LIMITS) as z.ZodType<RunLimitChanges>;
