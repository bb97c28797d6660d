import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/cli/config/config-schema.ts';
import { parseJsonDocument } from '../../src/cli/config/json-document.ts';
import { validated } from '../../src/cli/config/schema-problems.ts';
import { Failure } from '../../src/cli/failure.ts';
import { checkCaptures, checked, RULE } from './check-runs.ts';
import { dvrscope, lines } from './dvrscope.ts';

const { write, clean, silent } = checkCaptures();

/** What is said of a configuration; its name is left out. */
function complaints(config: string): readonly string[] {
  const path = write('dvrscope.json', config);
  const { code, stdout, stderr } = dvrscope(['check', clean, '--config', path]);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  const said = lines(stderr);
  expect(said[0]).toMatch(/^dvrscope: /);
  return said.map((line) => line.replace(/^dvrscope: /, '').replace(`${path}:`, ''));
}

describe('a configuration', () => {
  it('is read from the working directory, unless another is named', () => {
    const directory = join(dirname(silent), 'project');
    mkdirSync(directory);
    write('project/dvrscope.config.json', `{"rules":{"${RULE}":"off"}}`);
    expect(dvrscope(['check', silent], { cwd: directory }).code).toBe(0);
    const other = write('other.json', '{}');
    expect(dvrscope(['check', silent, '--config', other], { cwd: directory }).code).toBe(1);
    expect(dvrscope(['check', silent]).code).toBe(1);
  });

  it('switches rules off and changes their severity; an id wins over its area', () => {
    const config = { rules: { 'keepalive/*': 'off', [RULE]: 'note', 'security/*': 'off' } };
    const { record } = checked([silent, '--config', write('rules.json', JSON.stringify(config))]);
    const ids = record.rules.map(({ id }) => id);
    expect(record.rules.find(({ id }) => id === RULE)?.severity).toBe('note');
    expect(ids.filter((id) => id.startsWith('keepalive/'))).toEqual([RULE]);
    expect(ids.filter((id) => id.startsWith('security/'))).toEqual([]);
    expect(record.rulesOff).toBeGreaterThan(5);
  });

  it('sets the fail level, which the command line can set otherwise', () => {
    const path = write('never.json', '\ufeff{"failOn":"never","$schema":"inputs/dvrscope.config.json"}');
    expect(dvrscope(['check', silent, '--config', path]).code).toBe(0);
    expect(dvrscope(['check', silent, '--config', path, '--fail-on', 'error']).code).toBe(1);
  });

  it('and the expectations that docs/checking.md shows are taken', () => {
    const page = readFileSync(new URL('../../docs/checking.md', import.meta.url), 'utf8');
    const shown = (language: string) => page.split(`\n\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? '';
    const config = write('shown.json', shown('json'));
    const expectations = write('shown.yaml', shown('yaml'));
    const { record } = checked([clean, '--config', config, '--expect', expectations]);
    expect(record.failOn).toBe('warning');
    expect(record.waivers).toHaveLength(1);
    expect(record.expectations.map(({ met }) => met)).toEqual([true, true, false, true, true]);
  });

  it('may rebind keys of the dashboard', () => {
    const path = write('keys.json', '{"keys":{"back":["q","C-w"]}}');
    expect(dvrscope(['check', clean, '--config', path]).code).toBe(0);
  });
});

describe('an error in a configuration is told with line and column', () => {
  it.each([
    [
      'a comma too many',
      '{\n  "rules": {},\n}',
      '3:1: is no valid JSON: a key in double quotes was expected',
    ],
    ['a comment', '// mine\n{}', '1:1: is no valid JSON: a value was expected'],
    ['an empty file', '', '1:1: is no valid JSON: it ends early'],
    ['a key that is there twice', '{"ports":[],\n "ports":[1]}', "2:2: the key 'ports' is there twice"],
    ['a list', '[]', '1:1: the document: invalid input: expected object, received array'],
    ['an unknown key', '{"rulez":{}}', "1:2: the key 'rulez' is not known; did you mean 'rules'?"],
    ['__proto__', '{"rules":{"__proto__":"off"}}', "1:11: '__proto__' is no key"],
    [
      'an unknown rule',
      '{"rules":\n{"keepalive/in-tme":"off"}}',
      "2:2: no rule is called 'keepalive/in-tme'; did you mean 'keepalive/in-time'?",
    ],
    [
      'an unknown area',
      '{"rules":{"keepalve/*":"off"}}',
      "1:11: no rule is called 'keepalve/*'; did you mean 'keepalive/*'?",
    ],
    [
      'an unknown severity',
      '{"rules":{"body/*":"eror"}}',
      "1:20: rules.body/*: expected 'off', 'error', 'warning', 'note'; did you mean 'error'?",
    ],
    [
      'a port that does not exist',
      '{"ports":[1,70000]}',
      '1:13: ports[1]: too big: expected number to be <=65535',
    ],
    [
      'an unknown message',
      '{"requireCoverage":["LOGIN_RQ"]}',
      "1:21: no message is called 'LOGIN_RQ'; did you mean 'LOGIN_REQ'?",
    ],
    [
      'an unknown action',
      '{"keys":{"hepl":["x"]}}',
      "1:10: the key 'hepl' is not known; did you mean 'help'?",
    ],
    ['a key that no keyboard has', '{"keys":{"help":["F99"]}}', '1:18: keys.help[0]: a key is written like'],
  ])('%s', (_, config, words) => {
    const [first = '', ...more] = complaints(config);
    expect(more).toEqual([]);
    expect(first.startsWith(words), first).toBe(true);
  });

  it('all at once, in the order of the text, but not without end', () => {
    const ports = Array.from({ length: 30 }, () => '"x"').join(',');
    const said = complaints(`{\n"failOn":"eror",\n"ports":[${ports}]}`);
    expect(said).toHaveLength(11);
    expect(said[0]).toMatch(/^2:10: failOn: expected 'error'/);
    expect(said.at(-1)).toBe('and 21 more problems in it');
  });

  it.each([
    ['that is not there', '/nowhere/dvrscope.json', 'no such file; check the path'],
    ['that is a directory', dirname(silent), 'cannot be read (EISDIR)'],
    ['that is no text', silent, 'is not text in UTF-8'],
    ['that is far too long', write('long.json', ' '.repeat(5_000_000)), 'is longer than 4.2 MB'],
  ])('a file %s', (_, path, words) => {
    const { code, stderr } = dvrscope(['check', clean, '--config', path]);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  it('is safe to look at on a terminal', () => {
    const [line = ''] = complaints('{"\\u001b[31mred\\u202e":1}');
    expect(line).toContain('\\x1b[31mred\\u202e');
  });
});

describe('whatever a configuration holds', () => {
  const read = (text: string): unknown => {
    try {
      return validated(parseJsonDocument('dvrscope.config.json', text), configSchema);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      expect(error.exitCode).toBe(2);
      for (const line of error.message.split('\n')) {
        expect(line).toMatch(/^dvrscope\.config\.json:\d+:\d+: |^and \d+ more problem/);
      }
      return undefined;
    }
  };

  it('it is taken as it stands, or refused with a place', () => {
    const keys = fc.constantFrom(
      'rules',
      'ports',
      'waivers',
      'keys',
      '__proto__',
      'constructor',
      'toString',
      '',
    );
    const value = fc.jsonValue();
    fc.assert(
      fc.property(fc.oneof(value, fc.dictionary(keys, value)), (config) => {
        const taken = read(JSON.stringify(config));
        if (taken !== undefined) expect(taken).toEqual(config);
      }),
    );
  });

  it('text that is no JSON is refused with a place', () => {
    fc.assert(fc.property(fc.string(), (text) => void read(text)));
    expect(read('['.repeat(100_000))).toBeUndefined();
  });
});
