import { describe, expect, it } from 'vitest';
import { type CommandEntry, commandTable } from '../../src/cli/command-table.ts';
import { examplesOf } from '../../src/cli/examples.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { dvrscope } from './dvrscope.ts';

const { options, commands } = commandTable(buildProgram('0'));

/** A line as a shell cuts it: quotes keep blanks together. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|[^\s'"]+/g)].map(([all, single, double]) => {
    return single ?? double ?? all;
  });
}

/** The words behind `dvrscope`, up to the next program or file of the shell. */
function argumentsOf(line: string): string[] {
  const all = words(line);
  const behind = all.slice(all.findIndex((word) => word.replace('<(', '') === 'dvrscope') + 1);
  const end = behind.findIndex((word) => word === '|' || word === '>');
  return behind.slice(0, end === -1 ? undefined : end).map((word) => word.replace(/\)$/, ''));
}

const EXAMPLES = ['dvrscope', ...commands.map(({ name }) => name)].flatMap((topic) =>
  examplesOf(topic).map(([line]) => [line] as const),
);

describe('the examples of the help', () => {
  it('are there for the program and for every command', () => {
    const without = ['dvrscope', ...commands.map(({ name }) => name)].filter(
      (topic) => examplesOf(topic).length === 0,
    );
    expect(without).toEqual([]);
  });

  it.each(EXAMPLES)('has only options that there are: %s', (line) => {
    const [first = '', ...rest] = argumentsOf(line);
    const command: CommandEntry | undefined = commands.find(({ name }) => name === first);
    const known = command === undefined ? options : command.options;
    const given = (command === undefined ? [first, ...rest] : rest).filter((word) => /^--?[a-z]/i.test(word));
    for (const word of given) {
      expect(
        known.some(({ short, long }) => word === short || word === long),
        word,
      ).toBe(true);
    }
    expect(command !== undefined || first.endsWith('.pcapng'), first).toBe(true);
  });

  it.each(EXAMPLES.filter(([line]) => /^dvrscope (?:explain|rules)\b/.test(line)))('answers: %s', (line) => {
    const { stdout, stderr, code } = dvrscope(argumentsOf(line));
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout.length).toBeGreaterThan(50);
  });
});
