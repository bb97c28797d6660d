import { nearest } from '../../filter/suggest.ts';
import { safeJson } from '../../report/format/safe-text.ts';
import { ruleRecord } from '../../report/records/rule-record.ts';
import { rulesText } from '../../report/text/rules-text.ts';
import { ALL_RULES } from '../../rules/all-rules.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { didYouMean } from '../config/document.ts';
import { AREAS, rulesNamed } from '../config/rule-words.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import { Output } from '../output.ts';

/** Lists the rules that the words name: ids, or areas with or without their star. Without words, all. */
export async function rules(words: readonly string[], options: CommandOptions): Promise<void> {
  const wanted = new Set(words.flatMap(named));
  const listed = words.length === 0 ? ALL_RULES : ALL_RULES.filter(({ rule }) => wanted.has(rule.id));
  const output = new Output(process.stdout, { closed: () => undefined, writing: () => undefined });
  if (options.json === true) for (const rule of listed) output.line(safeJson(ruleRecord(rule)));
  else for (const line of rulesText(listed, outputStyle(options))) output.line(line);
  await output.written();
  if (output.failure !== undefined) {
    throw new Failure(EXIT.input, `standard output: cannot be written to (${output.failure})`);
  }
}

function named(word: string): readonly string[] {
  const ids = rulesNamed(AREAS.includes(word) ? `${word}/*` : word);
  if (typeof ids !== 'string') return ids;
  const meant = word.includes('/') ? undefined : nearest(word, AREAS);
  throw usageError(meant === undefined ? ids : `no rule or area is called '${word}'${didYouMean(meant)}`);
}
