import { z } from 'zod';

/** What the records have in common. */
export const count = z.int().nonnegative();

export const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$/)
  .meta({ description: 'RFC 3339, UTC, nanoseconds' });
