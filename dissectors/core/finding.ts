/** What a schema wants in a place, and what is there; both in words. */
interface Expectation {
  expected: string;
  found: string;
}

/**
 * What each finding carries. One line here, one line in the catalogue (`src/rules/catalogue.ts`), and the
 * compiler holds both. A finding is data: reports word it, tests and JSON compare codes and params.
 */
interface Params {
  /** Bytes that are no message were passed over until a header was found again. */
  'framing/skipped-bytes': { skipped: number; after: 'gap' | 'start' | 'garbage' };
  /** The stream ended before the message did. */
  'framing/cut-message': { have: number; need: number };
  /** Bytes of this message were never captured. */
  'framing/gap-in-message': { missing: number };
  /** Bytes of this body came but were not kept: too many bodies were incomplete at once. */
  'framing/body-not-kept': { unkept: number };
  /** A header promises a body over the sanity cap; it is treated as garbage. */
  'framing/oversized-body': { length: number; cap: number };
  /** The bytes are the 32-byte header of Dahua's older protocol (TCP 37777). */
  'framing/dahua-header': Record<string, never>;
  /** Pieces of a multi-packet message that never came, came twice, or disagree on the total. */
  'framing/missing-fragments': { have: number; total: number };
  /** A JSON message whose body is not JSON. */
  'body/not-json': { reason: string };
  /** The body is read although it is not quite JSON. */
  'body/json-slip': { slip: string };
  /** The same, in a way in which devices are known to write it: a trailing comma, stray bytes behind the end. */
  'body/json-habit': { slip: string };
  /** The body ends before its JSON does; it is read as far as it goes. */
  'body/json-cut': Record<string, never>;
  /** A key that an object has twice. */
  'body/duplicate-key': { key: string };
  /** A member that the message must have. */
  'body/missing-key': Expectation;
  'body/wrong-type': Expectation;
  'body/wrong-value': Expectation;
  /** The session id in the body is another one than the header's. */
  'body/other-session': { header: number; body: string };
  // Habits of devices, field notes §2: odd, not wrong.
  'body/unknown-key': { key: string };
  'body/padded-key': Expectation;
  'body/other-case-key': Expectation;
  'body/number-as-text': Expectation;
  'body/text-as-number': Expectation;
  'body/number-for-flag': Expectation;
  'body/null': Expectation;
  'body/unusual-value': Expectation;
  'body/unusual-form': Expectation;
  'body/unusual-length': Expectation;
  /** The session id in the body is written in another form than 0x and eight digits. */
  'body/session-form': { body: string };
  /** A return code that no table lists. */
  'body/unknown-return-code': { ret: number };
  /** The body is not UTF-8. */
  'body/not-utf8': { encoding: 'gb18030' | 'latin1' };
}

export type Code = keyof Params;

/** Where inside a body a finding lies; absent where it concerns the message as a whole. */
interface Place {
  /** RFC 6901 JSON pointer. */
  readonly pointer?: string;
  /** Byte offset in the body, and how many bytes it concerns. */
  readonly offset?: number;
  readonly length?: number;
  /** Line and column in the body's text, from 1. */
  readonly line?: number;
  readonly column?: number;
  /** The lowest and the highest number of the records that carry those bytes. */
  readonly packets?: readonly [number, number];
}

export type Finding = { [C in Code]: { readonly code: C; readonly params: Params[C] } & Place }[Code];

export type FindingOf<C extends Code> = Extract<Finding, { code: C }>;
