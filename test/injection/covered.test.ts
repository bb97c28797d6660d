import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commandTable } from '../../src/cli/command-table.ts';
import { buildProgram } from '../../src/cli/program.ts';

const OUTPUTS = 'test/injection/outputs.test.ts';
const HOST = 'test/injection/host.test.ts';
/** These say the same whatever comes in: only their words and their folder can be hostile. */
const WORDS_ONLY = [OUTPUTS, 'hostile words of a command line stay text in its error'] as const;

/** Where hostile text is sent through each command, and through what else is written of it: a file, a word in it. */
const COVERED: Readonly<Record<string, readonly (readonly [file: string, words: string])[]>> = {
  summary: [[OUTPUTS, "['summary --json'"]],
  flows: [[OUTPUTS, "['flows --json --digest'"]],
  sessions: [
    [OUTPUTS, "['sessions --json'"],
    [OUTPUTS, "['sessions --ladder 5'"],
    [OUTPUTS, "'--svg'"],
  ],
  messages: [
    [OUTPUTS, "['messages --json --body'"],
    [OUTPUTS, '[`messages --fields'],
  ],
  show: [[OUTPUTS, "['show', CAPTURE"]],
  follow: [[OUTPUTS, "['follow --flow 1'"]],
  check: [
    ...['json', 'sarif', 'markdown'].map((format) => [OUTPUTS, `--format ${format}'`] as const),
    [OUTPUTS, "'junit'"],
    [OUTPUTS, "'--write-baseline'"],
    [OUTPUTS, "['check --live"],
    ['test/injection/inputs.test.ts', 'what people write, in every report'],
    ['test/injection/inputs.test.ts', "'--expect'"],
  ],
  extract: [
    ['test/injection/files.test.ts', "describe('extract'"],
    ['test/injection/file-names.test.ts', "['extract'"],
  ],
  rules: [WORDS_ONLY],
  explain: [WORDS_ONLY],
  live: [
    [OUTPUTS, "['live -i - --lines"],
    [OUTPUTS, "['live -i - --json"],
    [HOST, "['live -D'"],
    // The dashboard: its panels cell by cell, and what is saved from it.
    ['test/dashboard/screen-safety.test.ts', 'owned'],
    ['test/injection/saved.test.ts', "format: 'svg'"],
  ],
  interfaces: [[HOST, "['interfaces --json'"]],
  doctor: [
    [OUTPUTS, "['doctor --json'"],
    [HOST, "'doctor', '-i'"],
  ],
  schema: [['test/injection/file-names.test.ts', "'schema', ['-o'"]],
  completion: [[HOST, "('completion'"]],
};

it('every command is in the table of hostile text', () => {
  const commands = commandTable(buildProgram('0')).commands.map(({ name }) => name);
  expect(Object.keys(COVERED).sort()).toEqual([...commands].sort());
});

it.each(Object.entries(COVERED))('%s is where the table says', (_, places) => {
  for (const [file, words] of places) {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(text.includes(words), `${file}: ${words}`).toBe(true);
  }
});
