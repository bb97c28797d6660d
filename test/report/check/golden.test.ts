import { expect, it } from 'vitest';
import { checkJson } from '../../../src/report/check/check-json.ts';
import { checkJunit } from '../../../src/report/check/check-junit.ts';
import { checkMarkdown } from '../../../src/report/check/check-markdown.ts';
import { checkSarif } from '../../../src/report/check/check-sarif.ts';
import { checkText } from '../../../src/report/check/check-text.ts';
import { PLAIN } from '../../../src/report/format/style.ts';
import { SAMPLE_RECORD, SAMPLE_RULES } from './sample-record.ts';

/** `npx vitest run test/report/check -u` writes them anew; look at what has changed. */
it.each([
  ['text', () => checkText(SAMPLE_RECORD, SAMPLE_RULES, PLAIN, { verbose: false })],
  ['text-verbose', () => checkText(SAMPLE_RECORD, SAMPLE_RULES, PLAIN, { verbose: true })],
  ['json', () => checkJson(SAMPLE_RECORD)],
  ['junit', () => checkJunit(SAMPLE_RECORD, SAMPLE_RULES)],
  ['sarif', () => checkSarif(SAMPLE_RECORD, SAMPLE_RULES)],
  ['markdown', () => checkMarkdown(SAMPLE_RECORD, SAMPLE_RULES)],
])('prints the sample as %s as it always did', async (name, lines) => {
  await expect(`${[...lines()].join('\n')}\n`).toMatchFileSnapshot(`golden/${name}.golden`);
});
