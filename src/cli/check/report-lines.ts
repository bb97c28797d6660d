import { checkJson } from '../../report/check/check-json.ts';
import { checkJunit } from '../../report/check/check-junit.ts';
import { checkMarkdown } from '../../report/check/check-markdown.ts';
import { checkSarif } from '../../report/check/check-sarif.ts';
import type { CheckRecord } from '../../report/check/check-schema.ts';
import { checkText } from '../../report/check/check-text.ts';
import type { ReportLimits } from '../../report/check/limits.ts';
import type { Style } from '../../report/format/style.ts';
import { ALL_RULES } from '../../rules/all-rules.ts';
import type { Format } from './targets.ts';

export interface Looks {
  readonly style: Style;
  readonly verbose: boolean;
  readonly limits: ReportLimits;
}

/** The lines of a report; style and words matter to text only. */
export function reportLines(format: Format, record: CheckRecord, looks: Looks): Iterable<string> {
  const { style, verbose, limits } = looks;
  switch (format) {
    case 'text':
      return checkText(record, ALL_RULES, style, { verbose, limits });
    case 'json':
      return checkJson(record);
    case 'junit':
      return checkJunit(record, ALL_RULES, limits);
    case 'sarif':
      return checkSarif(record, ALL_RULES, limits);
    case 'markdown':
      return checkMarkdown(record, ALL_RULES, limits);
  }
}
