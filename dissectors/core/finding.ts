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
  /** A header promises a body over the sanity cap; it is treated as garbage. */
  'framing/oversized-body': { length: number; cap: number };
  /** The bytes are the 32-byte header of Dahua's older protocol (TCP 37777). */
  'framing/dahua-header': Record<string, never>;
  /** Pieces of a multi-packet message that never came, came twice, or disagree on the total. */
  'framing/missing-fragments': { have: number; total: number };
  /** A JSON message whose body is not JSON. */
  'body/not-json': { reason: string };
  /** The body is not UTF-8. */
  'body/not-utf8': { encoding: 'gb18030' | 'latin1' };
}

export type Code = keyof Params;

/** Where inside a body a finding lies; absent where it concerns the message as a whole. */
interface Place {
  /** RFC 6901 JSON pointer. */
  readonly pointer?: string;
  /** Byte offset in the body. */
  readonly offset?: number;
}

export type Finding = { [C in Code]: { readonly code: C; readonly params: Params[C] } & Place }[Code];

export type FindingOf<C extends Code> = Extract<Finding, { code: C }>;
