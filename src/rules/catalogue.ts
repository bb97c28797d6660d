import type { Code, Finding, FindingOf } from '../../dissectors/core/finding.ts';
import { formatCount } from './grouped.ts';

export type Severity = 'error' | 'warning' | 'note';

interface Entry<C extends Code> {
  readonly severity: Severity;
  readonly text: (params: FindingOf<C>['params']) => string;
}

const AFTER = {
  gap: 'after a gap in the capture',
  start: 'before the first message',
  garbage: 'where a header was due',
} as const;

const FAULTS: Readonly<Record<string, string>> = {
  'too-long': 'it is longer than is read as JSON',
  'too-deep': 'it nests deeper than is read',
  'ends-early': 'it ends early',
  'value-expected': 'a value was expected',
  'key-expected': 'a key in double quotes was expected',
  'colon-expected': 'a colon was expected',
  'comma-or-end-expected': 'a comma or the end of the object or array was expected',
  'bad-string': 'the string is not closed, or holds a control byte or a bad escape',
  'bad-number': 'the number is malformed',
  'text-after-end': 'text follows the end of the JSON value',
};

/** How grave each finding is and how it is worded: once, for every report. */
const CATALOGUE: { readonly [C in Code]: Entry<C> } = {
  'framing/skipped-bytes': {
    severity: 'warning',
    text: (p) => `${formatCount(p.skipped)} bytes ${AFTER[p.after]} belong to no message`,
  },
  'framing/cut-message': {
    severity: 'note',
    text: (p) =>
      `the stream ends inside the body: ${formatCount(p.have)} of ${formatCount(p.need)} bytes are there`,
  },
  'framing/gap-in-message': {
    severity: 'warning',
    text: (p) => `${formatCount(p.missing)} bytes of the body were never captured`,
  },
  'framing/oversized-body': {
    severity: 'error',
    text: (p) =>
      `a header promises a body of ${formatCount(p.length)} bytes, the limit is ${formatCount(p.cap)}`,
  },
  'framing/dahua-header': {
    severity: 'note',
    text: () =>
      'this is the older protocol of Dahua devices (32-byte header, TCP 37777), not DVRIP of Sofia devices',
  },
  'framing/missing-fragments': {
    severity: 'warning',
    text: (p) => `only ${p.have} of the ${p.total} packets of this message have come`,
  },
  'body/not-json': {
    severity: 'error',
    text: (p) => `the body is not JSON: ${FAULTS[p.reason] ?? p.reason}`,
  },
  'body/not-utf8': {
    severity: 'note',
    text: (p) => `the body is not UTF-8; it was read as ${p.encoding === 'latin1' ? 'Latin-1' : 'GB18030'}`,
  },
};

export function severityOf(code: Code): Severity {
  return CATALOGUE[code].severity;
}

/** The finding in words: one sentence, without the place. */
export function describeFinding(finding: Finding): string {
  return worded(finding.code, finding.params);
}

function worded<C extends Code>(code: C, params: FindingOf<C>['params']): string {
  const entry: Entry<C> = CATALOGUE[code];
  return entry.text(params);
}
