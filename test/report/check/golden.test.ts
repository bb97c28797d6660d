import { expect, it } from 'vitest';
import type { Format } from '../../../src/cli/check/targets.ts';
import { checkJson } from '../../../src/report/check/check-json.ts';
import { checkJunit } from '../../../src/report/check/check-junit.ts';
import { checkMarkdown } from '../../../src/report/check/check-markdown.ts';
import { checkSarif } from '../../../src/report/check/check-sarif.ts';
import { checkText } from '../../../src/report/check/check-text.ts';
import { PLAIN } from '../../../src/report/format/style.ts';
import { SAMPLE_RECORD, SAMPLE_RULES } from './sample-record.ts';

/** Each format, so that the compiler asks for a new one. */
const GOLDEN: Readonly<Record<Format | 'text-verbose', () => Iterable<string>>> = {
  text: () => checkText(SAMPLE_RECORD, SAMPLE_RULES, PLAIN, { verbose: false }),
  'text-verbose': () => checkText(SAMPLE_RECORD, SAMPLE_RULES, PLAIN, { verbose: true }),
  json: () => checkJson(SAMPLE_RECORD),
  junit: () => checkJunit(SAMPLE_RECORD, SAMPLE_RULES),
  sarif: () => checkSarif(SAMPLE_RECORD, SAMPLE_RULES),
  markdown: () => checkMarkdown(SAMPLE_RECORD, SAMPLE_RULES),
};

/** `npx vitest run test/report/check/golden.test.ts -u` writes them anew; look at what has changed. */
it.each(Object.entries(GOLDEN))('prints the sample as %s as it always did', async (name, lines) => {
  await expect(`${[...lines()].join('\n')}\n`).toMatchFileSnapshot(`golden/${name}.golden`);
});
