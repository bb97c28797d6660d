import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dvrscope, isMissing, lines, scratchDirectory } from '../cli/dvrscope.ts';
import { configurationOf, hostileCapture, MESSAGES_EACH } from './hostile-capture.ts';
import { HOSTILE, STRINGS } from './hostile-strings.ts';

const write = scratchDirectory();
/** The name of the file is hostile too; only NUL and / cannot stand in one. */
const CAPTURE = write('=x\x1b[31m\u202e\u009b<b>&"\'`|]]>%2e#?\n.pcapng', hostileCapture());
const MESSAGES = STRINGS.length * MESSAGES_EACH;

/** What could move a cursor, ring, retitle a window, turn text around or hide in it. */
const UNSAFE = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

type Reader = (output: string) => void;

const text: Reader = (output) => expect(output).not.toMatch(UNSAFE);

const json: Reader = (output) => {
  text(output);
  expect(JSON.parse(output)).toBeTypeOf('object');
};

const ndjson: Reader = (output) => {
  text(output);
  for (const line of lines(output)) expect(JSON.parse(line)).toHaveProperty('schema');
};

/** A value is one cell, whatever it holds. */
function cells(count: number, rows: number): Reader {
  return (output) => {
    text(output);
    expect(lines(output)).toHaveLength(rows);
    for (const line of lines(output)) expect(line.split('\t')).toHaveLength(count);
  };
}

/** Well-formed for a reader that nobody here wrote; and of these elements only. */
function xml(...elements: readonly string[]): Reader {
  return (output) => {
    text(output);
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: output });
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
    const used = new Set([...output.matchAll(/<([a-z]+)/gi)].map(([, name]) => name));
    expect([...used].filter((name) => !elements.includes(name ?? ''))).toEqual([]);
    expect(output).not.toMatch(/<[^>]*\s(?:on[a-z]+|href)=/i);
  };
}

const uri = z.looseObject({ uri: z.string().regex(/^[A-Za-z0-9._~:/%!$&'()*+,;=@-]*$/) });
const sarifLog = z.looseObject({
  runs: z.array(z.looseObject({ artifacts: z.array(z.looseObject({ location: uri })).optional() })),
});
const sarif: Reader = (output) => {
  json(output);
  expect(sarifLog.safeParse(JSON.parse(output)).error).toBeUndefined();
};

/** No element, no image, no link but what the report itself makes, outside of code. */
const markdown: Reader = (output) => {
  text(output);
  const prose = output.replace(/(`+).*?\1/g, '');
  expect(prose).not.toMatch(/<(?:script|img|text|b)\b/i);
  expect(prose).not.toMatch(/(?<!\\)!\[|\]\((?:javascript|http)/);
};

const noXml = isMissing('xmllint');
const JUNIT = [
  'testsuites',
  'testsuite',
  'testcase',
  'failure',
  'skipped',
  'properties',
  'property',
  'system',
];
const FIELDS = 'dvrip.number,dvrip.body,dvrip.name,dvrip.from';

/** Each output: how it is asked for, who reads it, and something that shows that the hostile text got so far. */
const OUTPUTS: readonly (readonly [line: string, reader: Reader, mentions: string | undefined])[] = [
  ['summary', text, '\\x1b[31m'],
  ['summary --json', json, '\\u001b[31m'],
  ['flows', text, undefined],
  ['flows --json --digest', ndjson, undefined],
  ['sessions', text, '\\u202egnp.exe'],
  ['sessions --json', ndjson, '\\u202egnp.exe'],
  ['sessions --ladder 5', text, undefined],
  ['messages', text, undefined],
  ['messages --body', text, '\\u202egnp.exe'],
  ['messages --json --body', ndjson, '\\u202egnp.exe'],
  [`messages --fields ${FIELDS}`, cells(4, MESSAGES), '=HYPERLINK'],
  ['follow --flow 1', text, '\\u001b[2J'],
  ['follow --flow 10', text, 'evil.example/x.js'],
  ['check --fail-on never', text, undefined],
  ['check --fail-on never --verbose', text, undefined],
  ['check --fail-on never --format json', json, undefined],
  ['check --fail-on never --format sarif', sarif, undefined],
  ['check --fail-on never --format markdown', markdown, undefined],
];

describe('hostile text', () => {
  it.each(OUTPUTS)('stays text in: %s', (line, reader, mentions) => {
    const { stdout, stderr, code } = dvrscope([...line.split(' '), CAPTURE]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    if (mentions !== undefined) expect(stdout).toContain(mentions);
    expect(stdout.length).toBeGreaterThan(500);
    reader(stdout);
  });

  it.each([
    ['live -i - --lines --body', text],
    ['live -i - --json --body', ndjson],
  ] as const)('stays text in: %s', (line, reader) => {
    const { stdout, stderr, code } = dvrscope(line.split(' '), { input: hostileCapture() });
    expect(code).toBe(0);
    text(stderr);
    expect(stdout).toContain('\\u202egnp.exe');
    reader(stdout);
  });

  it.skipIf(noXml).each(HOSTILE.map(([kind], i) => [kind, i + 1] as const))(
    'stays text in the drawing of a session: %s',
    (_, session) => {
      const { stdout, code } = dvrscope(['sessions', '--ladder', String(session), '--svg', CAPTURE]);
      expect(code).toBe(0);
      xml(
        'svg',
        'style',
        'title',
        'desc',
        'defs',
        'marker',
        'path',
        'g',
        'rect',
        'line',
        'text',
        'tspan',
      )(stdout);
    },
  );

  it.skipIf(noXml)('stays text in JUnit', () => {
    const { stdout } = dvrscope(['check', '--fail-on', 'never', '--format', 'junit', CAPTURE]);
    xml(...JUNIT)(stdout);
    expect(stdout).toContain('<testcase');
  });

  it.each(HOSTILE.map(([kind], i) => [kind, i * MESSAGES_EACH + 4] as const))(
    'stays text where one message is shown: %s',
    (_, number) => {
      const { stdout, stderr, code } = dvrscope(['show', CAPTURE, String(number)]);
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
      expect(stdout).toContain('CONFIG_GET_RSP');
      text(stdout);
    },
  );

  it('reaches a program unchanged, own keys of every name included', () => {
    const { stdout } = dvrscope(['messages', '--json', '--body', CAPTURE, '-Y', 'dvrip.msgid == 1043']);
    const bodies = lines(stdout).map(
      (line) => z.looseObject({ body: z.unknown() }).parse(JSON.parse(line)).body,
    );
    // As text: a key `__proto__` of a value that was read back is easily lost.
    expect(bodies.map((body) => JSON.stringify(body))).toEqual(
      STRINGS.map((string, i) => JSON.stringify(configurationOf(string, i))),
    );
  });
});

describe('hostile words of a command line stay text in its error', () => {
  // All in one: NUL cannot stand in an argument, and a name has an end.
  const word = STRINGS.map((string) => string.replaceAll('\0', '').slice(0, 100)).join(' ');

  it.each([
    ['file', ['summary', `/nowhere/${word}`]],
    ['filter', ['messages', CAPTURE, '-Y', word]],
    ['field', ['messages', CAPTURE, '--fields', word]],
    ['number', ['show', CAPTURE, word]],
    ['topic', ['explain', word]],
    ['rule', ['rules', word]],
    ['shell', ['completion', word]],
    ['option', ['summary', `--${word}`]],
    ['format', ['check', CAPTURE, '--format', word]],
    ['configuration', ['check', CAPTURE, '--config', `/nowhere/${word}`]],
  ])('%s', (_, args) => {
    const { stdout, stderr, code } = dvrscope(args);
    expect(stdout).toBe('');
    expect(stderr.length).toBeGreaterThan(10);
    text(stderr);
    expect([2, 3]).toContain(code);
  });
});
