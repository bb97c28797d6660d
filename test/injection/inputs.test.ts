import { describe, expect, it } from 'vitest';
import { RULE } from '../cli/check-runs.ts';
import { dvrscope, isMissing, lines, sample, scratchDirectory } from '../cli/dvrscope.ts';
import { STRINGS } from './hostile-strings.ts';
import { JUNIT, json, markdown, type Reader, sarif, text, xml } from './readers.ts';

const write = scratchDirectory();
const CAPTURE = sample('discovery');

/** A file that people write, with a hostile text in each place that takes one. */
const FILES: readonly (readonly [name: string, option: string, file: (hostile: string) => string])[] = [
  ['a key of the configuration', '--config', (hostile) => JSON.stringify({ [hostile]: 1 })],
  ['a rule', '--config', (hostile) => JSON.stringify({ rules: { [hostile]: 'off' } })],
  ['a severity', '--config', (hostile) => JSON.stringify({ rules: { 'body/null': hostile } })],
  ['a limit', '--config', (hostile) => JSON.stringify({ limits: { [hostile]: 1 } })],
  ['a key binding', '--config', (hostile) => JSON.stringify({ keys: { [hostile]: hostile } })],
  ['a message', '--config', (hostile) => JSON.stringify({ requireCoverage: [hostile] })],
  ['a place', '--config', (hostile) => JSON.stringify({ waivers: [{ rule: 'body/null', place: hostile }] })],
  [
    'a device',
    '--config',
    (hostile) => JSON.stringify({ waivers: [{ rule: 'body/null', device: hostile }] }),
  ],
  ['no JSON', '--config', (hostile) => `{ ${hostile}`],
  ['a baseline', '--baseline', (hostile) => JSON.stringify({ schema: hostile, [hostile]: [hostile] })],
  ['a key of an expectation', '--expect', (hostile) => JSON.stringify([{ [hostile]: 1 }])],
  ['a filter', '--expect', (hostile) => JSON.stringify([{ filter: `${hostile} ==`, count: 1 }])],
  ['a rule of an expectation', '--expect', (hostile) => JSON.stringify([{ rule: hostile, verdict: 'pass' }])],
  ['no YAML', '--expect', (hostile) => `- [${hostile}\n  - {`],
  [
    'a YAML tag',
    '--expect',
    (hostile) => `- !<tag:${encodeURIComponent(Buffer.from(hostile).toString())}> x`,
  ],
  ['a list of messages', '--require-coverage', (hostile) => `LOGIN_REQ\n${hostile}\n`],
];

/** All in one, which is more than any of them may do alone; and what only works alone. */
const TEXTS = [
  STRINGS.map((string) => string.slice(0, 100)).join(' '),
  '__proto__',
  '../../../../etc/passwd',
];

describe('the error about', () => {
  it.each(FILES)('%s stays text', (_, option, file) => {
    for (const hostile of TEXTS) {
      const path = write('input.txt', file(hostile));
      const { code, stdout, stderr } = dvrscope(['check', CAPTURE, option, path]);
      expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
      expect(stderr).toMatch(/^dvrscope: /);
      expect(lines(stderr).length).toBeLessThan(40);
      for (const line of lines(stderr)) expect(line.length).toBeLessThan(6000);
      text(stderr);
    }
  });
});

describe('what people write, in every report', () => {
  const terms = { reason: TEXTS[0]?.slice(0, 400), owner: TEXTS[0]?.slice(400, 800), expires: '2999-12-31' };
  const config = write(
    'config.json',
    JSON.stringify({
      waivers: [
        { ...terms, rule: RULE },
        { ...terms, rule: 'body/null', expires: '2020-01-01' },
      ],
    }),
  );
  const expected = write(
    'expected.yaml',
    JSON.stringify(
      STRINGS.map((hostile, i) => ({
        name: `${i} ${hostile.slice(0, 150)}`,
        filter: 'dvrip.ret',
        count: 999,
      })),
    ),
  );

  it.each([
    ['text', text],
    ['json', json],
    ['sarif', sarif],
    ['markdown', markdown],
    ...(isMissing('xmllint') ? [] : [['junit', xml(...JUNIT)] as const]),
  ] as const)('stays text: %s', (format: string, reader: Reader) => {
    const { stdout, stderr, code } = dvrscope(
      ['check', '--format', format, '--verbose', '--config', config, '--expect', expected].concat(CAPTURE),
    );
    expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
    expect(stdout).toContain('evil.example');
    reader(stdout);
  });
});
