import { Analysis, type AnalysisListener } from '../../../src/analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../../src/analysis/limits.ts';
import type { CaptureFile } from '../../../src/capture/capture-file.ts';
import { Judges } from '../../../src/cli/check/judges.ts';
import { reportLines } from '../../../src/cli/check/report-lines.ts';
import { checkRecord } from '../../../src/report/check/check-record.ts';
import { REPORT_LIMITS } from '../../../src/report/check/limits.ts';
import { Conversation } from '../../../src/report/follow.ts';
import { safeJson } from '../../../src/report/format/safe-text.ts';
import { PLAIN } from '../../../src/report/format/style.ts';
import { LadderCollector } from '../../../src/report/ladder/ladder.ts';
import { ladderSvg } from '../../../src/report/ladder/ladder-svg.ts';
import { ladderText } from '../../../src/report/ladder/ladder-text.ts';
import { flowRecord } from '../../../src/report/records/flow-record.ts';
import { messageRecord } from '../../../src/report/records/message-record.ts';
import { type FlowRecord, RECORD_SCHEMAS, type SessionRecord } from '../../../src/report/records/schemas.ts';
import { SessionFindings, sessionRecord } from '../../../src/report/records/session-record.ts';
import { flowsText } from '../../../src/report/text/flows-text.ts';
import { bodyLines, messageLines } from '../../../src/report/text/messages-text.ts';
import { sessionsText } from '../../../src/report/text/sessions-text.ts';
import { showText } from '../../../src/report/text/show-text.ts';
import { summaryText } from '../../../src/report/text/summary-text.ts';
import { ALL_RULES } from '../../../src/rules/all-rules.ts';
import { Conformance } from '../../../src/rules/conformance.ts';
import type { Session } from '../../../src/session/session.ts';
import type { Corpus } from '../corpus.ts';
import { feed } from '../pcap.ts';
import { must, mustBeSafe, type Target } from '../target.ts';

const FORMATS = ['text', 'json', 'junit', 'sarif', 'markdown'] as const;
const LOOKS = { style: PLAIN, verbose: true, limits: REPORT_LIMITS };

function capture(input: Buffer, packets: number): CaptureFile {
  return { path: 'fuzz.pcap', format: 'pcap', bytes: input.length, packets, interfaces: [] };
}

/** A record holds against its schema, and its text is safe. */
function mustHold(kind: keyof typeof RECORD_SCHEMAS, record: unknown): void {
  const text = safeJson(record);
  mustBeSafe(text, `the ${kind} record`);
  const read = RECORD_SCHEMAS[kind].safeParse(JSON.parse(text));
  must(
    read.success,
    `a ${kind} record breaks its schema: ${read.error?.issues[0]?.path.join('/')} ${read.error?.issues[0]?.message}`,
  );
}

function linesMustBeSafe(lines: Iterable<string>, where: string): void {
  for (const line of lines) mustBeSafe(line, where);
}

function check(input: Buffer): void {
  const dialect = input.length % 3 === 0 ? 'spec' : 'field';
  const conformance = new Conformance(ALL_RULES, { dialect, limits: DEFAULT_LIMITS.rules });
  const judges = new Judges(conformance, undefined);
  const analysis = new Analysis({ dialect: input.length % 2 === 0 ? 'auto' : dialect }, judges);
  feed(input, (packet) => {
    judges.packet(packet);
    analysis.push(packet);
  });
  analysis.end();
  const summary = judges.summary.record(analysis, [capture(input, analysis.packets)]);
  const { total, control, media, byId } = summary.messages;
  must(total === control + media, 'messages do not add up');
  must(byId.reduce((sum, { count }) => sum + count, 0) === total, 'messages by id do not add up');
  conformance.end(false);
  const record = checkRecord(ALL_RULES, conformance, summary, analysis, judges.quality, {
    version: '0',
    dialect,
    failOn: 'error',
    showSecrets: false,
    requireComplete: input.length % 2 === 0,
    requiredIds: undefined,
    waivers: [],
    baseline: undefined,
    expectations: [],
  });
  mustHold('check', record);
  for (const { id, checked, violations, waived } of record.rules) {
    must(violations + waived <= Math.max(checked, violations), `${id} counts more than it checked`);
  }
  for (const format of FORMATS) {
    const lines = [...reportLines(format, record, LOOKS)];
    linesMustBeSafe(lines, format);
    if (format === 'json' || format === 'sarif') JSON.parse(lines.join('\n'));
    if (format === 'junit') must(balanced(lines.join('\n')), 'JUnit whose elements do not match');
  }
}

/** Whether each element of XML that begins also ends, in its place. */
function balanced(xml: string): boolean {
  const open: string[] = [];
  for (const [, end, name = '', empty] of xml.matchAll(/<(\/?)([\w:-]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (end === '/') {
      if (open.pop() !== name) return false;
    } else if (empty !== '/') open.push(name);
  }
  const rest = xml.replace(
    /<\?[^>]*\?>|<\/?[\w:-]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>|<!\[CDATA\[[\s\S]*?\]\]>/g,
    '',
  );
  return open.length === 0 && !rest.includes('<');
}

function tell(input: Buffer): void {
  const origin = { seconds: 0, nanoseconds: 0 };
  const shown = { dialect: 'field', showSecrets: false } as const;
  const findings = new SessionFindings();
  const flows: FlowRecord[] = [];
  const sessions: SessionRecord[] = [];
  const ladder = new LadderCollector(1, DEFAULT_LIMITS.ladder);
  const followed = new Conversation({ from: undefined, showSecrets: false }, PLAIN, (line) =>
    mustBeSafe(line, 'follow'),
  );
  const session = (it: Session, streams: Parameters<typeof sessionRecord>[1]) => {
    const record = sessionRecord(it, streams, findings.of(it.number));
    mustHold('session', record);
    sessions.push(record);
  };
  let number = 0;
  const listener: AnalysisListener = {
    message: (message) => {
      number += 1;
      must(message.number === number, 'message numbers leave some out');
      must(message.firstPacket <= message.lastPacket && message.firstPacket > 0, 'a message without packets');
      findings.message(message);
      ladder.message(message);
      if (number > 400) return;
      mustHold('message', messageRecord(message, { ...shown, body: true }));
      linesMustBeSafe(messageLines(message, origin, PLAIN), 'messages');
      linesMustBeSafe(bodyLines(message, false), 'a body');
      linesMustBeSafe(showText(message, false, PLAIN), 'show');
    },
    flowEnded: (flow, dvrip) => {
      const record = flowRecord(flow, dvrip, undefined);
      mustHold('flow', record);
      flows.push(record);
      ladder.flowEnded(flow);
    },
    sessionLetGo: session,
  };
  const tap = (stream: Parameters<Conversation['tap']>[0]) => followed.tap(stream);
  const analysis = new Analysis({ tap, keptMediaBytes: 256 }, listener);
  const judges = new Judges(
    new Conformance([], { dialect: 'field', limits: DEFAULT_LIMITS.rules }),
    undefined,
  );
  feed(input, (packet) => {
    judges.packet(packet);
    analysis.push(packet);
  });
  analysis.end();
  followed.end();
  const { sessions: table, media } = analysis.conversations;
  for (const it of table.all) session(it, media.ofSession(it.number));
  const summary = judges.summary.record(analysis, [capture(input, analysis.packets)]);
  mustHold('summary', summary);
  linesMustBeSafe(summaryText(summary, PLAIN), 'summary');
  linesMustBeSafe(flowsText(flows, PLAIN), 'flows');
  linesMustBeSafe(sessionsText(sessions, PLAIN), 'sessions');
  const drawn = ladder.ladder();
  if (drawn === undefined) return;
  linesMustBeSafe(ladderText(drawn, PLAIN), 'the ladder');
  const svg = [...ladderSvg(drawn)].join('\n');
  mustBeSafe(svg, 'the drawn ladder');
  must(balanced(svg), 'SVG whose elements do not match');
}

export function reportTargets({ conversations, examples }: Corpus): readonly Target[] {
  return [
    {
      name: 'check',
      about:
        'all rules and reports: counts that add up, records that hold against their schemas, text without control characters',
      kind: 'capture',
      seeds: [...conversations, ...examples],
      run: check,
    },
    {
      name: 'lists',
      about: 'messages, flows, sessions, show, follow, summary and ladders, as text, JSON and SVG',
      kind: 'capture',
      seeds: [...conversations, ...examples],
      run: tell,
    },
  ];
}
