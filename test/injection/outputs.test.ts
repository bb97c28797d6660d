import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dvrscope, isMissing, lines, scratchDirectory } from '../cli/dvrscope.ts';
import { configurationOf, hostileCapture, MESSAGES_EACH } from './hostile-capture.ts';
import { HOSTILE, STRINGS } from './hostile-strings.ts';
import { cells, JUNIT, json, markdown, ndjson, type Reader, SVG, sarif, text, xml } from './readers.ts';

const write = scratchDirectory();
/** The name of the file is hostile too; only NUL and / cannot stand in one. */
const CAPTURE = write('=x\x1b[31m\u202e\u009b<b>&"\'`|]]>%2e#?\n.pcapng', hostileCapture());
const MESSAGES = STRINGS.length * MESSAGES_EACH;

const noXml = isMissing('xmllint');
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
  ['doctor', text, undefined],
  ['doctor --json', json, '\\u202e'],
];

describe('hostile text', () => {
  it.each(OUTPUTS)('stays text in: %s', (line, reader, mentions) => {
    const { stdout, stderr, code } = dvrscope([...line.split(' '), CAPTURE]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    if (mentions !== undefined) expect(stdout).toContain(mentions);
    expect(stdout.length).toBeGreaterThan(400);
    reader(stdout);
  });

  it.each([
    ['live -i - --lines --body', text, '\\u202egnp.exe'],
    ['live -i - --json --body', ndjson, '\\u202egnp.exe'],
    ['check --live -i - --fail-on never', text, undefined],
    ['check --live -i - --fail-on never --format json', json, undefined],
  ] as const)('stays text in: %s', (line, reader, mentions) => {
    const { stdout, stderr, code } = dvrscope(line.split(' '), { input: hostileCapture() });
    expect(code).toBe(0);
    text(stderr);
    if (mentions !== undefined) expect(stdout).toContain(mentions);
    reader(stdout);
  });

  it('stays text in live records of every kind', () => {
    const { stdout } = dvrscope(['live', '-i', '-', '--json', '--body'], { input: hostileCapture() });
    const kinds = lines(stdout).map(
      (line) => z.looseObject({ schema: z.string() }).parse(JSON.parse(line)).schema,
    );
    expect(new Set(kinds)).toEqual(
      new Set(
        ['event', 'finding', 'message', 'session', 'statistics', 'stream'].map(
          (kind) => `dvrscope.${kind}/1`,
        ),
      ),
    );
  });

  it('stays text in a baseline', () => {
    const path = write('baseline.json', '');
    expect(dvrscope(['check', CAPTURE, '--fail-on', 'never', '--write-baseline', path]).code).toBe(0);
    json(readFileSync(path, 'utf8'));
  });

  it.skipIf(noXml).each(HOSTILE.map(([kind], i) => [kind, i + 1] as const))(
    'stays text in the drawing of a session: %s',
    (_, session) => {
      const { stdout, code } = dvrscope(['sessions', '--ladder', String(session), '--svg', CAPTURE]);
      expect(code).toBe(0);
      xml(...SVG)(stdout);
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
