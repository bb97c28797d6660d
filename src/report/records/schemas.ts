import { z } from 'zod';
import { checkSchema } from '../check/check-schema.ts';
import { doctorSchema, interfaceSchema } from './host-records.ts';
import { eventSchema, findingSchema, statisticsSchema, streamSchema } from './live-records.ts';
import { manifestSchema } from './manifest-schema.ts';
import { ruleSchema } from './rule-record.ts';
import { captureFile, count, severity, time } from './schema-parts.ts';
import { mediaStreamSchema } from './stream-schema.ts';

/**
 * Every record that `--json` prints (cli.md, «Machine output»). The types of the code that builds them are
 * inferred from here, and the published JSON Schemas are made from here: one fact, one place. Changes are
 * additive within a major version; absent means absent, not null.
 */

const sessionId = z.string().regex(/^0x[0-9A-F]{8}$/);

const endpoint = z.strictObject({
  address: z.string().meta({ description: 'IPv4 dotted, IPv6 as in RFC 5952' }),
  port: z.int().min(0).max(65_535),
});

const stream = z.strictObject({
  from: z.enum(['client', 'server']),
  bytes: count.meta({ description: 'bytes delivered in order, each counted once' }),
  gaps: count,
  gapBytes: count,
  retransmittedBytes: count,
  outOfOrderSegments: count,
  conflictingBytes: count.meta({ description: 're-sent bytes that differ from their first arrival' }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .meta({ description: 'over the bytes in order, gaps closed up; with --digest' }),
});

const flowSchema = z.strictObject({
  schema: z.literal('dvrscope.flow/1'),
  flow: z.int().positive(),
  protocol: z.enum(['tcp', 'udp']),
  client: endpoint,
  server: endpoint,
  startTime: time.optional(),
  endTime: time.optional(),
  packets: count,
  dvrip: z.boolean(),
  role: z.enum(['control', 'media', 'mixed', 'discovery']).optional(),
  session: z.int().positive().optional(),
  communityId: z.string(),
  streams: z.tuple([stream, stream]),
});

const finding = z.strictObject({
  rule: z.string(),
  severity,
  text: z.string(),
  pointer: z.string().optional(),
  offset: count.optional().meta({ description: 'bytes from the start of the body' }),
  length: count.optional(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
  packets: z
    .tuple([z.int().positive(), z.int().positive()])
    .optional()
    .meta({ description: 'lowest and highest number of the records that carry the bytes' }),
});

const messageSchema = z.strictObject({
  schema: z.literal('dvrscope.message/1'),
  number: z.int().positive(),
  time: time.optional(),
  flow: z.int().positive(),
  session: z.int().positive().optional(),
  from: z.enum(['client', 'device']),
  id: z.int().min(0).max(65_535),
  name: z.string(),
  dialect: z.enum(['field', 'spec']),
  sequence: count,
  sessionId,
  length: count.meta({ description: 'bytes of the body, trailer included, as the header promises' }),
  channel: count.optional(),
  endFlag: z.boolean().optional(),
  fragments: z.int().min(2).optional().meta({ description: 'packets the message was sent in' }),
  ret: z.int().optional(),
  retText: z.string().optional(),
  valid: z.boolean(),
  encrypted: z.literal(true).optional(),
  packets: z.tuple([z.int().positive(), z.int().positive()]),
  replyTo: z.int().positive().optional().meta({ description: 'number of the request it answers' }),
  responseSeconds: z
    .number()
    .nonnegative()
    .optional()
    .meta({ description: 'from the request to this answer' }),
  findings: z.array(finding),
  body: z
    .unknown()
    .optional()
    .meta({ description: 'with --body: the JSON value, or the text of a body that is none' }),
});

const seconds = z.number().nonnegative();
const sessionState = z.enum([
  'unknown',
  'logged-in',
  'refused',
  'logged-out',
  'forced-out',
  'timed-out',
  'cut',
]);

const sessionSchema = z.strictObject({
  schema: z.literal('dvrscope.session/1'),
  session: z.int().positive(),
  sessionId,
  state: sessionState.meta({
    description:
      'unknown: its login is not in the capture; logged-in: it has not ended; cut: closed without a logout',
  }),
  dialect: z.enum(['field', 'spec']),
  client: endpoint,
  device: endpoint,
  user: z.string().optional(),
  loginType: z.string().optional(),
  loginRet: z.int().optional(),
  loginText: z.string().optional().meta({ description: 'what loginRet means' }),
  deviceType: z.string().optional(),
  channels: count.optional(),
  aliveInterval: count.optional().meta({ description: 'seconds' }),
  encrypted: z.boolean().meta({ description: 'bodies were encrypted' }),
  startTime: time.optional(),
  endTime: time.optional(),
  flows: z.array(z.int().positive()),
  messages: count,
  keepalives: z.strictObject({
    count,
    longestSilenceSeconds: seconds.meta({ description: 'between two messages of the client' }),
  }),
  exchanges: z.strictObject({
    answered: count,
    unanswered: count.meta({ description: 'requests without a reply' }),
    unasked: count.meta({ description: 'replies without a request' }),
    meanResponseSeconds: seconds,
    longestResponseSeconds: seconds,
  }),
  streams: z.array(mediaStreamSchema),
  findings: z.strictObject({ error: count, warning: count, note: count }),
});

const summarySchema = z.strictObject({
  schema: z.literal('dvrscope.summary/1'),
  files: z.array(captureFile),
  packets: count,
  bytes: count.meta({ description: 'on the wire' }),
  firstTime: time.optional(),
  lastTime: time.optional(),
  undecodedPackets: count,
  quality: z.strictObject({
    kernelDropped: count.optional().meta({ description: 'where the capture says so' }),
    interfaceDropped: count.optional(),
    droppedBetween: count.optional().meta({
      description:
        'noted in packets as lost before them (epb_dropcount), by kernel or interface; may be counted there too',
    }),
    cutPackets: count.meta({ description: 'packets cut by the snap length' }),
    incompleteDatagrams: count.meta({ description: 'IP datagrams of which fragments are missing' }),
    limits: z.array(z.strictObject({ limit: z.string(), reached: count })),
  }),
  flows: z.strictObject({ tcp: count, udp: count, dvrip: count }),
  reassembly: z.strictObject({
    retransmittedBytes: count,
    outOfOrderSegments: count,
    conflictingBytes: count,
    gaps: count,
    gapBytes: count,
    evictedFlows: count,
  }),
  sessions: count,
  refusedLogins: count,
  sessionStates: z
    .array(z.strictObject({ state: sessionState, count }))
    .meta({ description: 'of the sessions, refused logins apart' }),
  messages: z.strictObject({
    total: count,
    control: count,
    media: count,
    invalid: count,
    byId: z.array(z.strictObject({ id: count, name: z.string(), count, invalid: count })),
  }),
  media: z.strictObject({
    videoFrames: count.meta({ description: 'frames captured whole' }),
    videoBytes: count.meta({ description: 'their bytes, without chunk headers' }),
    audioFrames: count,
    audioBytes: count,
    cutFrames: count.meta({ description: 'frames that began, but of which bytes are missing' }),
  }),
  findings: z.strictObject({
    error: count,
    warning: count,
    note: count,
    byRule: z.array(z.strictObject({ rule: z.string(), severity, count })),
  }),
});

export const RECORD_SCHEMAS = {
  check: checkSchema,
  doctor: doctorSchema,
  event: eventSchema,
  extract: manifestSchema,
  finding: findingSchema,
  flow: flowSchema,
  interface: interfaceSchema,
  message: messageSchema,
  rule: ruleSchema,
  session: sessionSchema,
  statistics: statisticsSchema,
  stream: streamSchema,
  summary: summarySchema,
} as const;

export type FlowRecord = z.infer<typeof flowSchema>;
export type MessageRecord = z.infer<typeof messageSchema>;
export type SessionRecord = z.infer<typeof sessionSchema>;
export type SummaryRecord = z.infer<typeof summarySchema>;
