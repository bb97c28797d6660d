import { formatCount, plural } from '../../report/format/table.ts';
import { formatDelay } from '../../report/format/time.ts';
import type { BodyLine, DetailFinding, MessageDetail } from '../model/contract.ts';
import type { Line, Span } from '../painter.ts';
import { clockWords } from './words.ts';

/** Bytes that a line stands for. */
export interface Place {
  readonly part: 'header' | 'body';
  readonly start: number;
  readonly end: number;
}

/** A line of the message view. */
export interface ViewLine {
  readonly spans: Line;
  readonly place?: Place;
  /** What the schema says, shown below while the line is selected. */
  readonly meaning?: string;
  readonly pointer?: string;
  /** A message that the line leads to. */
  readonly leadsTo?: number;
  /** Lines below that the line can fold away; of a line of JSON that opens an object or array. */
  readonly folds?: number;
  /** Folded to begin with where there is little room. */
  readonly minor?: true;
  readonly findings?: readonly DetailFinding[];
}

/** All that is known of a message as lines: what it is, header fields, findings, body. */
export function messageLines(detail: MessageDetail): readonly ViewLine[] {
  return [...about(detail), ...headerLines(detail), ...findingLines(detail), ...bodyLines(detail)];
}

const TITLE_WIDTH = 14;

function fact(title: string, text: string, more: Omit<ViewLine, 'spans'> = {}): ViewLine {
  return { spans: [{ text: `${title.padEnd(TITLE_WIDTH)} `, tone: 'label' }, { text }], ...more };
}

function about(detail: MessageDetail): readonly ViewLine[] {
  const { row, exchange } = detail;
  const { request, reply } = exchange;
  const [first, last] = row.packets;
  const lines: ViewLine[] = [
    {
      spans: [
        { text: `${row.id} ${row.name}`, tone: 'strong' },
        ...(detail.section === undefined
          ? []
          : [{ text: `  section ${detail.section}`, tone: 'label' as const }]),
      ],
    },
  ];
  if (detail.purpose !== undefined) lines.push({ spans: [{ text: detail.purpose }] });
  lines.push(
    fact('Time', `${clockWords(row.time)} UTC, ${row.elapsed.toFixed(6)} s after the first packet`),
    fact('From', `${row.from} ${detail.sender}`),
    fact('To', detail.receiver),
    fact('Flow', `${row.flow}, ${first === last ? `packet ${first}` : `packets ${first} to ${last}`}`),
  );
  if (row.ret !== undefined) {
    lines.push({
      spans: [
        { text: `${'Ret'.padEnd(TITLE_WIDTH)} `, tone: 'label' },
        { text: `${row.ret} ${row.retText ?? ''}` },
      ],
    });
  }
  if (request !== undefined) {
    const after = row.responseSeconds === undefined ? '' : ` ${formatDelay(row.responseSeconds)} before`;
    lines.push(
      fact('Answers', `message ${request.number} ${request.name}${after}`, { leadsTo: request.number }),
    );
  }
  if (reply !== undefined) {
    const after = reply.responseSeconds === undefined ? '' : ` ${formatDelay(reply.responseSeconds)} later`;
    lines.push(fact('Answer', `message ${reply.number} ${reply.name}${after}`, { leadsTo: reply.number }));
  }
  return lines;
}

function headerLines({ header, record }: MessageDetail): readonly ViewLine[] {
  return [
    {
      spans: [
        { text: 'Header  ', tone: 'strong' },
        { text: `session id ${record.sessionId}, sequence ${record.sequence}`, tone: 'label' },
      ],
      folds: header.length,
      minor: true,
    },
    ...header.map(({ name, value, meaning, offset, length }) =>
      fact(name, value, {
        place: { part: 'header', start: offset, end: offset + length },
        ...(meaning !== undefined && { meaning }),
      }),
    ),
  ];
}

/** The findings that belong to no line of the body. */
function findingLines({ findings }: MessageDetail): readonly ViewLine[] {
  const whole = findings.filter(({ line }) => line === undefined);
  if (whole.length === 0) return [];
  return [
    { spans: [{ text: 'Findings', tone: 'strong' }] },
    ...whole.map((finding) => ({
      spans: findingSpans(finding),
      findings: [finding],
      ...placeOf(finding.offset, finding.length),
    })),
  ];
}

function findingSpans({ severity, rule, text }: DetailFinding): Line {
  return [
    { text: `${severity} `, tone: severity },
    { text: `${rule}: `, tone: 'strong' },
    { text, tone: severity },
  ];
}

const KINDS = { json: 'JSON', empty: 'empty', encrypted: 'encrypted', 'not-json': 'not JSON' } as const;

function bodyLines({ body, findings }: MessageDetail): readonly ViewLine[] {
  const words = [
    `${formatCount(body.length)} bytes`,
    ...(body.kind === undefined ? [] : [KINDS[body.kind]]),
    ...(body.encoding === undefined ? [] : [body.encoding]),
    ...(body.trailer === undefined ? [] : [`trailer of ${plural(body.trailer, 'byte')}`]),
    ...(body.missing > 0 ? [`${formatCount(body.missing)} never captured`] : []),
    ...(body.cut > 0 ? [`the last ${formatCount(body.cut)} not there`] : []),
  ];
  const heading: ViewLine = {
    spans: [
      { text: 'Body  ', tone: 'strong' },
      { text: words.join(', '), tone: 'label' },
    ],
    ...placeOf(body.bytes.length > 0 ? 0 : undefined, body.bytes.length),
  };
  if (body.state === 'lost') {
    return [heading, { spans: [{ text: `cannot be shown: ${body.why ?? ''}`, tone: 'warning' }] }];
  }
  const folds = foldable(body.lines);
  const lines = body.lines.flatMap((line, i): readonly ViewLine[] => {
    const here = line.findings.flatMap((place) => findings[place] ?? []);
    const indent = ' '.repeat(indentOf(line.text) + 2);
    return [
      {
        spans: jsonSpans(line.text, here),
        ...placeOf(line.offset, line.length),
        ...wordMeaning(line),
        ...(line.pointer !== undefined && { pointer: line.pointer }),
        ...(folds[i] !== undefined && folds[i] > 0 && { folds: folds[i] }),
        ...(here.length > 0 && { findings: here }),
      },
      ...here.map((finding) => ({
        spans: [{ text: `${indent}↑ ` }, ...findingSpans(finding)],
        findings: [finding],
        ...placeOf(finding.offset ?? line.offset, finding.length ?? line.length),
      })),
    ];
  });
  const left: readonly ViewLine[] =
    body.linesLeft === 0
      ? []
      : [
          {
            spans: [
              {
                text: `… ${plural(body.linesLeft, 'line')} more; save as NDJSON has them all`,
                tone: 'warning',
              },
            ],
          },
        ];
  return [heading, ...lines, ...left];
}

function placeOf(offset: number | undefined, length: number | undefined): { place?: Place } {
  return offset === undefined ? {} : { place: { part: 'body', start: offset, end: offset + (length ?? 1) } };
}

function wordMeaning({ type, meaning }: BodyLine): { meaning?: string } {
  const words = [type, meaning].filter((word) => word !== undefined);
  return words.length === 0 ? {} : { meaning: words.join(': ') };
}

const KEY = /^(\s*)("(?:[^"\\]|\\.)*")(\s*:\s*)(.*)$/s;

/** A line of JSON: the key in one tone, the value in that of its worst finding. */
function jsonSpans(text: string, findings: readonly DetailFinding[]): Line {
  const [worst] = findings;
  const tone = worst === undefined ? 'plain' : worst.severity;
  const match = KEY.exec(text);
  if (match === null) return [{ text, tone }];
  const [, indent = '', key = '', colon = '', value = ''] = match;
  const spans: Span[] = [{ text: indent }, { text: key, tone: worst === undefined ? 'label' : tone }];
  spans.push({ text: colon }, { text: value, tone });
  return spans;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** For each line that opens an object or array: how many lines, findings among them, belong to it with its closing bracket. */
function foldable(lines: readonly BodyLine[]): readonly number[] {
  const folds = new Array<number>(lines.length).fill(0);
  const open: number[] = [];
  const rows: number[] = [];
  let row = 0;
  for (const [i, line] of lines.entries()) {
    rows.push(row);
    row += 1 + line.findings.length;
    const text = line.text.trim();
    if (/^[}\]]/.test(text)) {
      const start = open.pop();
      if (start !== undefined) folds[start] = row - 1 - (rows[start] ?? 0);
    }
    if (/[{[]$/.test(text)) open.push(i);
  }
  return folds;
}
