import { z } from 'zod';
import { count } from './schema-parts.ts';

/** What `interfaces` and `doctor` say of the machine. */

export const interfaceSchema = z.strictObject({
  schema: z.literal('dvrscope.interface/1'),
  name: z.string(),
  link: z.enum(['up', 'down', 'unknown']),
  kind: z.enum(['ethernet', 'loopback', 'other']),
  addresses: z.array(z.string()).meta({ description: 'with the length of the prefix' }),
  mac: z.string().optional(),
  mtu: count.optional(),
  megabitsPerSecond: count.optional(),
  packetsPerSecond: count.optional().meta({ description: 'both directions, over a second' }),
  bitsPerSecond: count.optional(),
});

const statuses = ['ok', 'note', 'warning', 'error'] as const;

export const doctorSchema = z.strictObject({
  schema: z.literal('dvrscope.doctor/1'),
  interface: z.string().optional().meta({ description: 'what was looked at, with -i' }),
  file: z.string().optional(),
  engine: z.enum(['dumpcap', 'tcpdump', 'cap']).optional().meta({ description: 'what `live` would use' }),
  checks: z.array(
    z.strictObject({
      check: z.string().meta({ description: 'stable id' }),
      status: z.enum(statuses),
      text: z.string(),
      command: z.string().optional().meta({ description: 'the one that mends it' }),
    }),
  ),
});

export type InterfaceRecord = z.infer<typeof interfaceSchema>;
export type DoctorRecord = z.infer<typeof doctorSchema>;
export type Check = DoctorRecord['checks'][number];
