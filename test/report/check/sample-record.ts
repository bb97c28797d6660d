import type { CheckFinding, CheckRecord, CheckRule } from '../../../src/report/check/check-schema.ts';
import { fingerprintOf } from '../../../src/report/check/fingerprint.ts';
import { example } from '../../../src/rules/example.ts';
import { type Rule, rule } from '../../../src/rules/rule.ts';

/** Rules of their own, so that what the reports print does not change with the wording of real ones. */
function sampleRule(
  id: string,
  section: string,
  level: 'must' | 'should' | 'advice',
  requires: string,
): Rule {
  const examples = () => ({ obeys: [example('silence')], breaks: [example('silence')] });
  return rule({
    id,
    section,
    level,
    requires,
    because: 'Otherwise the viewer shows a frozen picture.',
    remedy: 'Send it in time.',
    breach: 'it is broken',
    examples,
    scope: 'session',
    observes: {},
  });
}

export const SAMPLE_RULES: readonly Rule[] = [
  sampleRule('keepalive/in-time', '5.1.5', 'must', 'The client sends something once per AliveInterval.'),
  sampleRule('keepalive/answered', '5.1.5', 'must', 'The device answers each sign of life.'),
  sampleRule('body/wrong-type', '5', 'must', 'Each member is of its type.'),
  sampleRule('security/readable-login', 'field 5', 'advice', 'A login does not show a password hash.'),
  sampleRule('talk/one-at-a-time', '5.9', 'must', 'One client talks to a device at a time.'),
  sampleRule('media/clock-steady', 'field 7', 'advice', 'The clock of the device does not run backwards.'),
];

export function ruleRecord(id: string, more: Partial<CheckRule> = {}): CheckRule {
  const found = SAMPLE_RULES.find((entry) => entry.rule.id === id);
  return {
    id,
    area: id.slice(0, id.indexOf('/')),
    level: found?.rule.level ?? 'must',
    severity: 'error',
    section: found?.rule.section ?? '1',
    verdict: 'not-observed',
    checked: 0,
    violations: 0,
    waived: 0,
    known: 0,
    inconclusive: 0,
    doubts: [],
    ...more,
  };
}

export function findingRecord(rule: string, more: Partial<CheckFinding> = {}): CheckFinding {
  const found = SAMPLE_RULES.find((entry) => entry.rule.id === rule);
  const { messageId, from, place } = more;
  return {
    rule,
    severity: 'error',
    section: found?.rule.section ?? '1',
    count: 1,
    fingerprint: fingerprintOf({ rule, messageId, from, place }),
    status: 'new',
    text: 'it is broken',
    samples: [],
    ...more,
  };
}

/** One of everything: excused and unexcused findings, every verdict, a gap, a missed expectation. */
export const SAMPLE_RECORD: CheckRecord = {
  schema: 'dvrscope.check/1',
  tool: { name: 'dvrscope', version: '0.1.0' },
  verdict: 'fail',
  failOn: 'error',
  dialect: 'field',
  files: [
    { path: 'lab/first.pcapng', format: 'pcapng', bytes: 48_120, packets: 210, firstPacket: 1 },
    {
      path: 'lab/se cond.pcap.gz',
      format: 'pcap',
      compression: 'gzip',
      bytes: 9000,
      packets: 100,
      firstPacket: 211,
    },
  ],
  firstTime: '2026-11-22T06:33:00.000000412Z',
  lastTime: '2026-11-22T06:35:10.500000000Z',
  quality: {
    complete: false,
    lacks: ['dropped', 'gaps'],
    packets: 310,
    undecodedPackets: 0,
    dropped: { kernel: 3, interface: 0 },
    gaps: { count: 2, bytes: 2920, byCause: [{ cause: 'dropped', count: 2, bytes: 2920 }] },
    otherGaps: { count: 0, bytes: 0 },
    cutPackets: 0,
    incompleteDatagrams: 0,
    evictedFlows: 0,
    dvripFlows: 3,
    oneDirectionFlows: 0,
    midStreamFlows: 1,
    sessions: 2,
    sessionsWithoutLogin: 1,
    limits: [],
  },
  coverage: {
    messages: 94,
    idsKnown: 212,
    idsSeen: 3,
    seen: [
      { id: 1000, name: 'LOGIN_REQ', count: 1, known: true },
      { id: 1006, name: 'KEEPALIVE_REQ', count: 12, known: true },
      { id: 1412, name: 'MONITOR_DATA', count: 80, known: true },
      { id: 4711, name: 'UNKNOWN_4711', count: 1, known: false },
    ],
    areas: [
      { area: 'keepalive', rules: 2, exercised: 2 },
      { area: 'body', rules: 1, exercised: 1 },
      { area: 'security', rules: 1, exercised: 1 },
      { area: 'talk', rules: 1, exercised: 0 },
      { area: 'media', rules: 1, exercised: 0 },
    ],
    missing: [{ id: 1434, name: 'TALK_START' }],
  },
  gates: [
    { gate: 'findings', met: false, detail: '2 errors' },
    { gate: 'expectations', met: false, detail: '1 of 2 expectations not met' },
    { gate: 'complete', met: false, detail: '3 packets dropped, 2 gaps' },
    { gate: 'coverage', met: false, detail: 'not seen: 1434 TALK_START' },
  ],
  totals: {
    error: { new: 2, known: 1, waived: 0 },
    warning: { new: 0, known: 0, waived: 0 },
    note: { new: 0, known: 0, waived: 1 },
  },
  rules: [
    ruleRecord('keepalive/in-time', {
      verdict: 'fail',
      checked: 12,
      violations: 2,
      inconclusive: 1,
      doubts: [{ doubt: 'gap', count: 1 }],
    }),
    ruleRecord('keepalive/answered', { verdict: 'pass', checked: 12 }),
    ruleRecord('body/wrong-type', { verdict: 'fail', checked: 40, violations: 1, known: 1 }),
    ruleRecord('security/readable-login', {
      severity: 'note',
      verdict: 'waived',
      checked: 1,
      violations: 1,
      waived: 1,
    }),
    ruleRecord('talk/one-at-a-time'),
    ruleRecord('media/clock-steady', {
      severity: 'note',
      verdict: 'inconclusive',
      inconclusive: 3,
      doubts: [
        { doubt: 'ended', count: 2 },
        { doubt: 'dropped', count: 1 },
      ],
    }),
  ],
  rulesOff: 1,
  findings: [
    findingRecord('keepalive/in-time', {
      messageId: 1006,
      name: 'KEEPALIVE_REQ',
      from: 'client',
      count: 2,
      text: 'the client was silent for 58.2 s; the device asked for a sign of life every 20 s',
      filter: 'dvrip.number in {40, 88}',
      samples: [
        {
          message: 40,
          packets: [120, 122],
          flow: 1,
          session: 1,
          time: '2026-11-22T06:34:00.000000000Z',
          text: 'the client was silent for 58.2 s; the device asked for a sign of life every 20 s',
        },
        { message: 88, packets: [290, 290], flow: 3, text: 'the client was silent for 30 s' },
      ],
    }),
    findingRecord('body/wrong-type', {
      messageId: 1410,
      name: 'MONITOR_REQ',
      from: 'client',
      place: '/OPMonitor/Parameter/Channel',
      status: 'known',
      text: 'expected integer, found "one | <two>`"',
      filter: 'dvrip.number == 17',
      samples: [
        {
          message: 17,
          packets: [51, 51],
          flow: 2,
          session: 1,
          text: 'expected integer, found "one | <two>`"',
          pointer: '/OPMonitor/Parameter/Channel',
          offset: 61,
          length: 5,
          line: 1,
          column: 62,
        },
      ],
    }),
    findingRecord('security/readable-login', {
      severity: 'note',
      messageId: 1000,
      name: 'LOGIN_REQ',
      from: 'client',
      status: 'waived',
      waiver: { reason: 'the lab network is closed', owner: 'lab', expires: '2027-01-31' },
      text: 'the login of 摄像机 shows a password hash that can be sent again',
      filter: 'dvrip.number == 1',
      samples: [{ message: 1, packets: [4, 4], flow: 1, text: 'the login of 摄像机 shows a password hash' }],
    }),
  ],
  notListed: { findings: 0 },
  waivers: [
    {
      rule: 'security/readable-login',
      reason: 'the lab network is closed',
      owner: 'lab',
      expires: '2027-01-31',
      state: 'used',
      waived: 1,
    },
    {
      rule: 'talk/one-at-a-time',
      reason: 'old firmware',
      owner: 'lab',
      expires: '2026-01-31',
      state: 'expired',
      waived: 0,
    },
  ],
  baseline: { known: 1, fixed: 2 },
  expectations: [
    {
      name: 'one login',
      met: true,
      detail: '1 message, expected 1',
      file: 'lab/expect.yaml',
      line: 2,
      column: 3,
    },
    {
      name: 'no refusal',
      met: false,
      detail: '2 messages, expected 0',
      file: 'lab/expect.yaml',
      line: 5,
      column: 3,
    },
  ],
};

/** A capture in which nothing is wrong. */
export const CLEAN_RECORD: CheckRecord = {
  ...SAMPLE_RECORD,
  verdict: 'pass',
  quality: {
    ...SAMPLE_RECORD.quality,
    complete: true,
    lacks: [],
    dropped: { kernel: 0, interface: 0 },
    gaps: { count: 0, bytes: 0, byCause: [] },
    midStreamFlows: 0,
    sessionsWithoutLogin: 0,
  },
  coverage: { ...SAMPLE_RECORD.coverage, missing: [] },
  gates: [{ gate: 'findings', met: true, detail: 'no new errors' }],
  totals: {
    error: { new: 0, known: 0, waived: 0 },
    warning: { new: 0, known: 0, waived: 0 },
    note: { new: 0, known: 0, waived: 0 },
  },
  rules: SAMPLE_RULES.map(({ rule: { id } }) => ruleRecord(id, { verdict: 'pass', checked: 5 })),
  findings: [],
  waivers: [],
  expectations: [],
};
