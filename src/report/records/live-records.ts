import { z } from 'zod';
import { GAP_CAUSES } from '../../analysis/gap-causes.ts';
import { count, severity, time } from './schema-parts.ts';
import { mediaStreamSchema } from './stream-schema.ts';

/** What `live --json` prints beside messages and sessions. */

const packets = z
  .tuple([z.int().positive(), z.int().positive()])
  .meta({ description: 'lowest and highest number of the records that carry it' });

export const streamSchema = mediaStreamSchema.extend({
  schema: z.literal('dvrscope.stream/1'),
  session: z.int().positive().optional(),
});

export const findingSchema = z.strictObject({
  schema: z.literal('dvrscope.finding/1'),
  rule: z.string(),
  severity,
  text: z.string(),
  time: time.optional(),
  count: z.int().positive().optional().meta({
    description:
      'how many of its kind (rule, message, sender, place) there are by now: the first few of a kind are printed, then the 10th, 100th, …',
  }),
  id: count.optional().meta({ description: 'of the message' }),
  name: z.string().optional(),
  from: z.enum(['client', 'device']).optional(),
  message: z.int().positive().optional(),
  packets: packets.optional(),
  flow: z.int().positive().optional(),
  session: z.int().positive().optional(),
  pointer: z.string().optional(),
  offset: count.optional().meta({ description: 'bytes from the start of the body' }),
  length: count.optional(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
});

export const eventSchema = z.strictObject({
  schema: z.literal('dvrscope.event/1'),
  time,
  event: z.enum(['started', 'lost', 'given-up', 'spool-trouble', 'spool-resumed', 'memory-near-ceiling']),
  interface: z.string().optional(),
  engine: z.enum(['dumpcap', 'tcpdump', 'cap', 'pipe']).optional(),
  again: z.boolean().optional().meta({ description: 'packets come again after they had not' }),
  code: z.string().optional(),
  path: z.string().optional(),
  text: z.string(),
});

const unknown = z
  .array(z.enum(['kernelDropped', 'interfaceDropped', 'kernelTime']))
  .meta({ description: 'kernelTime: packets bear the time at which they reached our process' });

const losses = {
  received: count.meta({ description: 'packets' }),
  kernelDropped: count.optional().meta({ description: 'absent while unknown' }),
  interfaceDropped: count.optional().meta({ description: 'absent while unknown' }),
  ownDropped: count.meta({ description: 'because the analysis or the output did not keep up' }),
  restarts: count,
};

export const statisticsSchema = z.strictObject({
  schema: z.literal('dvrscope.statistics/1'),
  time: time.meta({ description: 'of the clock, not of the capture' }),
  captureTime: time.optional().meta({ description: 'of the last packet' }),
  seconds: z.number().nonnegative().meta({ description: 'since the capture began' }),
  final: z.boolean(),
  engine: z.enum(['dumpcap', 'tcpdump', 'cap', 'pipe']),
  ...losses,
  queuedBytes: count,
  unknown,
  interfaces: z.array(
    z.strictObject({
      interface: z.string(),
      state: z.enum(['starting', 'capturing', 'waiting', 'ended']),
      ...losses,
      unknown,
    }),
  ),
  rates: z
    .strictObject({
      packetsPerSecond: z.number().nonnegative(),
      bitsPerSecond: z.number().nonnegative(),
      messagesPerSecond: z.number().nonnegative(),
    })
    .meta({ description: 'since the record before' }),
  packets: count.meta({ description: 'analysed' }),
  bytes: count.meta({ description: 'on the wire' }),
  messages: count,
  flows: z.strictObject({ seen: count, open: count, silent: count }),
  sessions: z.strictObject({ seen: count, refusedLogins: count }),
  gaps: z.strictObject({
    count,
    bytes: count,
    byCause: z.array(
      z.strictObject({
        cause: z.enum(GAP_CAUSES),
        count,
        bytes: count,
      }),
    ),
  }),
  evicted: z.strictObject({
    total: count,
    byLimit: z.array(z.strictObject({ limit: z.string(), times: count })),
  }),
  memory: z.strictObject({
    bytes: count.meta({ description: 'resident memory of the process' }),
    ceiling: count,
    lowered: count.meta({ description: 'times that the limits were lowered to stay below it' }),
  }),
  spool: z
    .strictObject({
      where: z.string(),
      temporary: z.boolean(),
      state: z.enum(['writing', 'waiting', 'trouble']),
      files: count,
      removedFiles: count,
      packets: count,
      bytes: count,
      leftOut: count.meta({ description: 'packets that the disk could not take' }),
    })
    .optional(),
});

export type StreamRecord = z.infer<typeof streamSchema>;
export type FindingRecord = z.infer<typeof findingSchema>;
export type EventRecord = z.infer<typeof eventSchema>;
export type StatisticsRecord = z.infer<typeof statisticsSchema>;
