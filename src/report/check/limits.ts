/** How much of a check a report shows: what is beyond is counted, and said to be. */
export const REPORT_LIMITS = {
  /** UTF-16 units of a finding's text, and of a JSON pointer: both hold what a capture holds. */
  textUnits: 600,
  pointerUnits: 1024,
  /** Kinds of findings of one rule that text, JUnit and Markdown list. */
  kindsPerRule: 10,
  /** The same of a rule whose findings are notes, where text is not asked for more. */
  kindsPerBriefRule: 3,
  /** Files that the head of a report names. */
  filesNamed: 10,
  /** Ids that text and Markdown name. */
  idsNamed: 40,
  /** Bytes of a Markdown report: GitHub takes job summaries of up to 1 MiB. */
  markdownBytes: 1_000_000,
  /** Results of a SARIF log, and locations of one result: GitHub shows no more. */
  sarifResults: 5000,
  sarifLocations: 100,
} as const;

/** The text, or its beginning and an ellipsis; never half of a surrogate pair. */
export function clipped(text: string, units: number): string {
  if (text.length <= units) return text;
  const end = (text.charCodeAt(units - 2) & 0xfc00) === 0xd800 ? units - 2 : units - 1;
  return `${text.slice(0, end)}…`;
}
