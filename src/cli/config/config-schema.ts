import { z } from 'zod';
import { keysSchema } from '../../dashboard/keys-schema.ts';
import { addressDigits } from '../../filter/kinds/address.ts';
import { limitsSchema } from './limits-schema.ts';

/** A text that says something. */
const words = z.string().trim().min(1).max(500);

/** Rules, by id or by area. */
const ruleWord = z
  .string()
  .max(100)
  .meta({ description: 'id of a rule, or an area and a star: body/missing-key, body/*' });

const messageWord = z
  .union([z.int().min(0).max(65_535), z.string().min(1).max(100)])
  .meta({ description: 'id or name of a message: 1412, MONITOR_DATA' });

const WRITTEN_DATE = 'expected a date that exists, written as 2027-01-31';

/** A day of the calendar; Date makes another of one that does not exist, or none. */
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, WRITTEN_DATE)
  .refine((text) => {
    const time = Date.parse(`${text}T00:00:00Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  }, WRITTEN_DATE);

const waiver = z.strictObject({
  rule: ruleWord,
  message: messageWord.optional(),
  place: z
    .string()
    .regex(/^(?:\/.*)?$/s, 'expected a JSON pointer, as findings show it: /OPMonitor/Action')
    .max(1000)
    .optional()
    .meta({ description: 'JSON pointer with * for each index, as the finding has it' }),
  from: z.enum(['client', 'device']).optional(),
  device: z
    .string()
    .max(64)
    .refine((text) => addressDigits(text) !== undefined, 'expected the IP address of a device: 192.0.2.10')
    .optional()
    .meta({ description: 'IP address of the device, as sessions show it; without it, any' }),
  reason: words.meta({ description: 'why this may stay as it is' }),
  owner: words.meta({ description: 'who sees to it' }),
  expires: date.meta({ description: 'the last day (UTC) on which it waives' }),
});

/** `dvrscope.config.json`. Everything may be left out. */
export const configSchema = z.strictObject({
  $schema: z.string().max(1000).optional().meta({ description: 'for editors; dvrscope passes over it' }),
  rules: z
    .record(ruleWord, z.enum(['off', 'error', 'warning', 'note']))
    .optional()
    .meta({ description: 'severities; an id wins over its area' }),
  ports: z
    .array(z.int().min(1).max(65_535))
    .max(1000)
    .optional()
    .meta({ description: 'where DVRIP is expected, beside 34567 to 34569' }),
  dialect: z.enum(['auto', 'field', 'spec']).optional(),
  failOn: z.enum(['error', 'warning', 'note', 'never']).optional(),
  requireCoverage: z
    .array(messageWord)
    .max(1000)
    .optional()
    .meta({ description: 'messages that a capture must hold' }),
  waivers: z.array(waiver).max(1000).optional(),
  keys: keysSchema.optional(),
  limits: limitsSchema.optional().meta({ description: 'how much is kept: see docs/limits.md' }),
});

export type Config = z.infer<typeof configSchema>;
export type ConfigWaiver = z.infer<typeof waiver>;
