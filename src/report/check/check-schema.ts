import { z } from 'zod';
import { captureFile, count, severity, time } from '../records/schema-parts.ts';

/**
 * The document of `check --format json`, which every other format is made from. As with the other records, the types
 * are inferred from here and the published JSON Schema is made from here.
 */

const messageId = z.int().min(0).max(65_535);
const from = z.enum(['client', 'device']);
const gapCause = z.enum(['snap-length', 'dropped', 'one-direction', 'mid-stream', 'unknown']);
const shortfall = z.enum([
  'damaged-file',
  'dropped',
  'gaps',
  'cut-packets',
  'incomplete-datagrams',
  'one-direction',
  'evicted-flows',
  'limits',
]);
const doubt = z.enum(['gap', 'one-direction', 'began-before', 'ended', 'dropped', 'unreadable', 'evicted']);

const quality = z.strictObject({
  complete: z.boolean().meta({ description: 'nothing is known to be missing: `lacks` is empty' }),
  lacks: z.array(shortfall),
  packets: count,
  undecodedPackets: count,
  dropped: z.strictObject({
    kernel: count.optional().meta({ description: 'where the capture says so' }),
    interface: count.optional(),
    between: count.optional().meta({
      description: 'noted in packets as lost before them, by kernel or interface; may be counted there too',
    }),
  }),
  gaps: z
    .strictObject({
      count,
      bytes: count,
      byCause: z.array(z.strictObject({ cause: gapCause, count, bytes: count })),
    })
    .meta({ description: 'in DVRIP flows; by the likeliest cause, judged flow by flow' }),
  otherGaps: z.strictObject({ count, bytes: count }).meta({ description: 'in flows that are not DVRIP' }),
  cutPackets: count.meta({ description: 'packets cut by the snap length' }),
  incompleteDatagrams: count.meta({ description: 'IP datagrams of which fragments are missing' }),
  evictedFlows: count,
  dvripFlows: count,
  oneDirectionFlows: count.meta({ description: 'DVRIP connections of which one direction was captured' }),
  midStreamFlows: count.meta({ description: 'DVRIP connections that were open when the capture began' }),
  sessions: count,
  sessionsWithoutLogin: count.meta({ description: 'their login was not captured' }),
  limits: z.array(z.strictObject({ limit: z.string(), reached: count })),
});

const coverage = z.strictObject({
  messages: count,
  idsKnown: count.meta({ description: 'ids that the specification or the field notes name' }),
  idsSeen: count.meta({ description: 'of those' }),
  seen: z.array(z.strictObject({ id: messageId, name: z.string(), count, known: z.boolean() })),
  areas: z.array(
    z.strictObject({
      area: z.string(),
      rules: count,
      exercised: count.meta({ description: 'rules that passed, failed or were waived' }),
    }),
  ),
  missing: z
    .array(z.strictObject({ id: messageId, name: z.string() }))
    .meta({ description: 'required, and not seen' }),
});

const rule = z.strictObject({
  id: z.string(),
  area: z.string(),
  level: z.enum(['must', 'should', 'advice']),
  severity,
  section: z.string(),
  verdict: z.enum(['pass', 'fail', 'not-observed', 'inconclusive', 'waived']),
  checked: count.meta({ description: 'times it was exercised and could be judged' }),
  violations: count,
  waived: count.meta({ description: 'of the violations' }),
  known: count.meta({ description: 'of the violations, those in the baseline' }),
  inconclusive: count.meta({ description: 'times it was exercised and could not be judged' }),
  doubts: z.array(z.strictObject({ doubt, count })),
});

const waiver = z.strictObject({
  reason: z.string(),
  owner: z.string(),
  expires: z.string(),
  device: z.string().optional().meta({ description: 'IP address, where it is for this device only' }),
});

const sample = z.strictObject({
  message: z.int().positive().optional().meta({ description: 'number; absent where it belongs to none' }),
  packets: z.tuple([z.int().positive(), z.int().positive()]).optional(),
  flow: z.int().positive().optional(),
  session: z.int().positive().optional(),
  time: time.optional(),
  text: z.string(),
  pointer: z.string().optional(),
  offset: count.optional().meta({ description: 'bytes from the start of the body' }),
  length: count.optional(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
});

const finding = z.strictObject({
  rule: z.string(),
  severity,
  section: z.string(),
  messageId: messageId.optional(),
  name: z.string().optional(),
  from: from.optional(),
  place: z.string().optional().meta({ description: 'JSON pointer with * for each index' }),
  count,
  missing: z.literal(true).optional().meta({ description: 'something did not come, rather than is wrong' }),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .meta({ description: 'the same in every capture: of rule, message id, sender and place' }),
  status: z.enum(['new', 'known', 'waived']),
  waiver: waiver.optional(),
  text: z.string().meta({ description: 'of the first' }),
  filter: z
    .string()
    .optional()
    .meta({ description: 'for messages -Y: the sampled messages; the flow of what belongs to none' }),
  samples: z.array(sample),
});

const standing = z.strictObject({ new: count, known: count, waived: count });

export const checkSchema = z.strictObject({
  schema: z.literal('dvrscope.check/1'),
  tool: z.strictObject({ name: z.literal('dvrscope'), version: z.string() }),
  verdict: z.enum(['pass', 'fail', 'not-observed']).meta({
    description:
      'fail: a new finding at or above failOn, or an expectation not met; not-observed: no rule was exercised',
  }),
  failOn: z.enum(['error', 'warning', 'note', 'never']),
  dialect: z.enum(['field', 'spec']),
  files: z.array(
    captureFile.extend({
      firstPacket: z
        .int()
        .positive()
        .optional()
        .meta({ description: 'number of its first record: numbers run on from file to file' }),
    }),
  ),
  firstTime: time.optional(),
  lastTime: time.optional(),
  quality,
  coverage,
  gates: z.array(
    z.strictObject({
      gate: z.enum(['findings', 'expectations', 'complete', 'coverage']),
      met: z.boolean(),
      detail: z.string(),
    }),
  ),
  totals: z.strictObject({ error: standing, warning: standing, note: standing }),
  rules: z.array(rule),
  rulesOff: count.meta({ description: 'rules that are switched off and not listed' }),
  findings: z.array(finding).meta({ description: 'kinds of findings, worst first' }),
  notListed: z.strictObject({
    findings: count.meta({ description: 'whose kind is beyond the limit of kinds kept; counted by rule' }),
  }),
  waivers: z.array(
    waiver.extend({
      rule: z.string(),
      state: z.enum(['used', 'expired', 'unmatched']),
      waived: count.meta({ description: 'findings' }),
    }),
  ),
  baseline: z
    .strictObject({
      known: count.meta({ description: 'kinds of findings that were seen again' }),
      fixed: count.meta({ description: 'kinds of findings that were not' }),
    })
    .optional(),
  expectations: z.array(
    z.strictObject({
      name: z.string(),
      met: z.boolean(),
      detail: z.string(),
      file: z.string(),
      line: z.int().positive(),
      column: z.int().positive(),
    }),
  ),
});

export type CheckRecord = z.infer<typeof checkSchema>;
export type CheckFinding = CheckRecord['findings'][number];
export type CheckSample = CheckFinding['samples'][number];
export type CheckRule = CheckRecord['rules'][number];
export type CheckQuality = CheckRecord['quality'];
export type CheckGate = CheckRecord['gates'][number];
