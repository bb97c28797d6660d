/** How much of a check a report shows: what is beyond is counted, and said to be. */
export interface ReportLimits {
  /** UTF-16 units of a finding's text: it holds what a capture holds. */
  readonly textUnits: number;
  /** The same of a JSON pointer. */
  readonly pointerUnits: number;
  /** Kinds of findings of one rule that text, JUnit and Markdown list. */
  readonly kindsPerRule: number;
  /** The same of a rule whose findings are notes, where text is not asked for more. */
  readonly kindsPerBriefRule: number;
  /** Files that the head of a report names. */
  readonly filesNamed: number;
  /** Ids that text and Markdown name. */
  readonly idsNamed: number;
  /** Bytes of a Markdown report. */
  readonly markdownBytes: number;
  /** Results of a SARIF log. */
  readonly sarifResults: number;
  /** Locations of one result of a SARIF log. */
  readonly sarifLocations: number;
}

export const REPORT_LIMITS: ReportLimits = {
  textUnits: 600,
  pointerUnits: 1024,
  kindsPerRule: 10,
  kindsPerBriefRule: 3,
  filesNamed: 10,
  idsNamed: 40,
  // GitHub takes job summaries of up to 1 MiB, and shows no more results and locations than these.
  markdownBytes: 1_000_000,
  sarifResults: 5000,
  sarifLocations: 100,
};

/** The text, or its beginning and an ellipsis; never half of a surrogate pair. */
export function clipped(text: string, units: number): string {
  if (text.length <= units) return text;
  const end = (text.charCodeAt(units - 2) & 0xfc00) === 0xd800 ? units - 2 : units - 1;
  return `${text.slice(0, end)}…`;
}
