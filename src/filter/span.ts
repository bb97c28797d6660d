/** A piece of the expression: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is wrong with an expression and where: `column` counts UTF-16 units from 1. */
export interface FilterError {
  readonly kind: 'error';
  readonly column: number;
  readonly length: number;
  readonly message: string;
}

/** Words the position into the message once, so that all messages read alike. */
export function filterError(span: Span, what: string, hint?: string): FilterError {
  const column = span.start + 1;
  return {
    kind: 'error',
    column,
    length: Math.max(1, span.end - span.start),
    message: `${what} at column ${column}${hint === undefined ? '' : `; ${hint}`}`,
  };
}

const QUOTED_UNITS = 40;

/** User text inside a message: printable, and short however long the text is. */
export function quoted(text: string): string {
  const cut = text.length > QUOTED_UNITS ? `${text.slice(0, QUOTED_UNITS)}…` : text;
  return `'${printable(cut)}'`;
}

/**
 * The text on one line without characters a terminal would act on (controls, format characters such as
 * direction marks, lone surrogates). One unit stays one unit, so columns still fit.
 */
export function printable(text: string): string {
  return text
    .replace(/[\t\n\r\v\f\u2028\u2029]/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Cf}]/gu, (unit) => '\ufffd'.repeat(unit.length));
}
