import type { Code, Finding, FindingOf } from '../../dissectors/core/finding.ts';
import type { JsonFault } from '../../dissectors/dvrip/json-fault.ts';
import type { JsonSlip } from '../../dissectors/dvrip/json-slip.ts';
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
} satisfies Record<JsonFault, string>;

/** What is wrong where JSON.parse fails, in words. */
export function describeJsonFault(reason: string): string {
  return FAULTS[reason] ?? reason;
}

const SLIPS: Readonly<Record<string, string>> = {
  'trailing-comma': 'a comma follows the last member',
  'extra-comma': 'a comma has nothing before it',
  'missing-comma': 'a comma is missing',
  'missing-colon': 'the colon is missing behind a key',
  'missing-key': 'a value has no key',
  'missing-value': 'a key has no value',
  'missing-quote': 'a quote is missing',
  'missing-close': 'an object or array is not closed',
  'wrong-close': 'an object or array is closed by the wrong bracket',
  'curly-quote': 'a curly quote in the place of a straight one',
  'single-quote': 'a single quote in the place of a double one',
  'unquoted-key': 'a key has no quotes',
  'unquoted-value': 'a text has no quotes',
  'full-width-punctuation': 'full-width punctuation',
  'control-character': 'a string holds a control character',
  'unusual-blank': 'a blank that JSON does not know',
  'bad-escape': 'a backslash escapes nothing',
  'bad-number': 'a number is not written as JSON has it',
  'bad-literal': 'true, false or null is not written as JSON has it',
  comment: 'a comment',
  'stray-characters': 'characters that say nothing',
  'text-after-end': 'something follows the end',
} satisfies Record<JsonSlip, string>;

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
  'framing/body-not-kept': {
    severity: 'warning',
    text: (p) =>
      `${formatCount(p.unkept)} bytes of the body were not kept: too many bodies were incomplete at once`,
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
    text: (p) => `the body is not JSON: ${describeJsonFault(p.reason)}`,
  },
  'body/json-slip': {
    severity: 'warning',
    text: (p) => `the body is not quite JSON: ${SLIPS[p.slip] ?? p.slip}`,
  },
  'body/json-habit': {
    severity: 'note',
    text: (p) => `the body is JSON but for a habit of devices: ${SLIPS[p.slip] ?? p.slip}`,
  },
  'body/json-cut': { severity: 'error', text: () => 'the body ends before its JSON does' },
  'body/duplicate-key': { severity: 'warning', text: (p) => `the key "${p.key}" is there twice` },
  'body/missing-key': { severity: 'error', text: (p) => `a required key is missing; expected ${p.expected}` },
  'body/wrong-type': { severity: 'error', text: (p) => `expected ${p.expected}, found ${p.found}` },
  'body/wrong-value': { severity: 'error', text: (p) => `expected ${p.expected}, found ${p.found}` },
  'body/other-session': {
    severity: 'error',
    text: (p) =>
      `the session id ${p.body} is not that of the header, 0x${p.header.toString(16).padStart(8, '0')}`,
  },
  'body/unknown-key': { severity: 'note', text: (p) => `the key ${p.key} is not known` },
  'body/padded-key': {
    severity: 'note',
    text: (p) => `the key ${p.found} is padded; expected ${p.expected}`,
  },
  'body/other-case-key': {
    severity: 'note',
    text: (p) => `the key ${p.found} is written in another case; expected ${p.expected}`,
  },
  'body/number-as-text': {
    severity: 'note',
    text: (p) => `a number as text: ${p.found}; expected ${p.expected}`,
  },
  'body/text-as-number': { severity: 'note', text: (p) => `a number, ${p.found}, where text is expected` },
  'body/number-for-flag': { severity: 'note', text: (p) => `${p.found} for true or false` },
  'body/null': { severity: 'note', text: (p) => `null; expected ${p.expected}` },
  'body/unusual-value': {
    severity: 'note',
    text: (p) => `the value ${p.found} is not among those known; expected ${p.expected}`,
  },
  'body/unusual-form': { severity: 'note', text: (p) => `the value ${p.found} has an unusual form` },
  'body/unusual-length': {
    severity: 'note',
    text: (p) => `the list has an unusual length; expected ${p.expected}`,
  },
  'body/session-form': {
    severity: 'note',
    text: (p) => `the session id is written ${p.body}; the specification writes 0x and eight digits`,
  },
  'body/unknown-return-code': { severity: 'note', text: (p) => `the return code ${p.ret} is in no table` },
  'body/not-utf8': {
    severity: 'note',
    text: (p) => `the body is not UTF-8; it was read as ${p.encoding === 'latin1' ? 'Latin-1' : 'GB18030'}`,
  },
};

/** Every code that a finding may have. */
export const CODES = Object.keys(CATALOGUE) as readonly Code[];

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
