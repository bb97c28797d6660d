import type { Finding } from '../../../../dissectors/core/finding.ts';
import { encodeHeader } from '../../../../dissectors/dvrip/header.ts';
import { shownText } from '../../../report/check/finding-text.ts';
import { formatAddress, formatEndpoint } from '../../../report/format/address.ts';
import { bodyWords, messageWords, sectionWords } from '../../../report/message-words.ts';
import { findingRecord, messageBody, messageRecord } from '../../../report/records/message-record.ts';
import { secretRanges } from '../../../report/redact.ts';
import type { Message } from '../../../session/message.ts';
import type {
  BodyLine,
  DetailFinding,
  FindingRow,
  MessageBody,
  MessageBytes,
  MessageDetail,
  MessageRow,
  Moment,
} from '../contract.ts';
import type { Recorder } from '../index/recorder.ts';
import type { DetailLimits } from '../limits.ts';
import { findingRow } from '../rows/finding-row.ts';
import { messageRow } from '../rows/message-row.ts';
import { jsonLines, type Lines, textLines } from './body-lines.ts';
import { headerFields } from './header-fields.ts';
import { LinePlaces } from './line-places.ts';
import type { SchemaMeanings } from './schema-meanings.ts';

const NO_LINES: Lines = { lines: [], left: 0 };

interface DetailOptions {
  readonly version: number;
  readonly origin: Moment;
  readonly showSecrets: boolean;
  readonly limits: DetailLimits;
  /** Why its packets cannot be read a second time, which media needs; undefined where they can. */
  readonly lost: string | undefined;
}

/** All that can be said of a message that is in the index. */
export function messageDetail(
  recorder: Recorder,
  meanings: SchemaMeanings,
  number: number,
  options: DetailOptions,
): MessageDetail {
  const { memory, messages } = recorder;
  const { origin, showSecrets, version, limits } = options;
  const rowOf = (of: number) => messageRow(memory, { number: of, last: of, count: 1, bytes: 0 }, origin);
  const row = rowOf(number);
  const answer = messages.page(number).answer[messages.rowOf(number)] ?? 0;
  const partner = (of: number | undefined): MessageRow | undefined =>
    of !== undefined && messages.has(of) ? rowOf(of) : undefined;
  const request = partner(row.replyTo);
  const reply = partner(answer);
  const message = memory.whole(number);
  const { definition, side, flow } = message;
  const end = (which: 0 | 1) => formatEndpoint(formatAddress(flow.address(which)), flow.port(which));
  const { lines, left } = bodyOf(message, meanings, showSecrets, limits);
  const places = new LinePlaces(lines);
  const findings = [
    ...message.findings.map((finding) => detailFinding(finding, places, showSecrets)),
    ...recorder.rules
      .ofMessage(number)
      .map((found) => ruleFinding(findingRow(recorder, found, origin), places)),
  ];
  return {
    version,
    row,
    record: messageRecord(message, { body: true, showSecrets }),
    sender: end(side),
    receiver: end(side === 0 ? 1 : 0),
    ...(definition !== undefined && {
      section: sectionWords(definition.spec),
      purpose: messageWords(definition),
      carries: bodyWords(definition),
    }),
    header: headerFields(message, row.session),
    headerBytes: Uint8Array.from(encodeHeader(message.header)),
    body: {
      ...standing(message, message.media ? options.lost : memory.lost(number)),
      ...textFacts(message),
      lines: withFindings(lines, findings),
      linesLeft: left,
      ...shownBytes(message.body.subarray(message.bodyStart, message.bodyEnd), showSecrets, limits.hexBytes),
      length: message.length,
      missing: message.missing,
      cut: message.cut,
    },
    findings,
    exchange: { ...(request !== undefined && { request }), ...(reply !== undefined && { reply }) },
  };
}

/** The beginning of a body, a copy, with zeros in the place of secrets. */
export function shownBytes(
  body: Uint8Array,
  showSecrets: boolean,
  most: number,
): Pick<MessageBytes, 'bytes' | 'masked'> {
  const bytes = Uint8Array.from(body.subarray(0, most));
  const masked = showSecrets ? [] : secretRanges(bytes);
  for (const [start, end] of masked) bytes.fill(0, start, end);
  return { bytes, masked };
}

function standing({ media, length }: Message, why: string | undefined): Pick<MessageBody, 'state' | 'why'> {
  if (length === 0) return { state: 'here' };
  if (why !== undefined) return { state: 'lost', why };
  return { state: media ? 'elsewhere' : 'here' };
}

function textFacts({ content }: Message): Partial<MessageBody> {
  if (content === undefined) return {};
  const { encoding, trailer } = content.body;
  return { kind: content.kind, encoding, trailer };
}

function bodyOf(
  message: Message,
  meanings: SchemaMeanings,
  showSecrets: boolean,
  limits: DetailLimits,
): Lines {
  const { content, definition } = message;
  const shown = messageBody(message, showSecrets);
  if (content === undefined || shown === undefined) return NO_LINES;
  if (content.kind !== 'json') return textLines(String(shown), limits.bodyLines, limits.lineUnits);
  const bytes = message.body.subarray(message.bodyStart, message.bodyEnd);
  const meaning = meanings.of(definition, content.value);
  return jsonLines(shown, content.body, bytes, meaning, limits.bodyLines, content.limits);
}

function detailFinding(finding: Finding, places: LinePlaces, showSecrets: boolean): DetailFinding {
  const { rule, severity, text, pointer, offset, length } = findingRecord(finding);
  const line = places.of(finding);
  return {
    rule,
    severity,
    text: shownText(text, pointer, showSecrets),
    ...(pointer !== undefined && { pointer }),
    ...(offset !== undefined && { offset }),
    ...(length !== undefined && { length }),
    ...(line !== undefined && { line }),
  };
}

/** What a rule has found in the message, or in what followed from it. */
function ruleFinding({ rule, severity, text, pointer }: FindingRow, places: LinePlaces): DetailFinding {
  const line = pointer === undefined ? undefined : places.of({ pointer });
  return {
    rule,
    severity,
    text,
    ...(pointer !== undefined && { pointer }),
    ...(line !== undefined && { line }),
  };
}

function withFindings(lines: Lines['lines'], findings: readonly DetailFinding[]): readonly BodyLine[] {
  const byLine = new Map<number, number[]>();
  for (const [place, { line }] of findings.entries()) {
    if (line !== undefined) byLine.set(line, [...(byLine.get(line) ?? []), place]);
  }
  return lines.map((line, at) => ({ ...line, findings: byLine.get(at) ?? [] }));
}
