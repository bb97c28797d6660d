import { z } from 'zod';

/** What the records have in common. */
export const count = z.int().nonnegative();

export const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$/)
  .meta({ description: 'RFC 3339, UTC, nanoseconds' });

export const severity = z.enum(['error', 'warning', 'note']);

/** One input, and how far it could be read. */
export const captureFile = z.strictObject({
  path: z.string(),
  format: z.enum(['pcap', 'pcapng', 'unknown']),
  compression: z.enum(['gzip', 'zstd']).optional(),
  bytes: count,
  packets: count,
  error: z
    .strictObject({
      code: z.string(),
      message: z.string(),
      offset: count.meta({ description: 'byte offset in the file after decompression' }),
    })
    .optional(),
});
