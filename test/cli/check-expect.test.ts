import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/cli/check/targets.ts';
import { parseYamlDocument } from '../../src/cli/check/yaml-document.ts';
import { Failure } from '../../src/cli/failure.ts';
import { checkCaptures, checked, RULE } from './check-runs.ts';
import { dvrscope, lines } from './dvrscope.ts';

const { write, clean, silent } = checkCaptures();
const LOGIN = 'dvrip.msgid == 1000';

/** What comes of one expectation. */
function expected(...yaml: readonly string[]) {
  const path = write('expected.yaml', `- ${yaml.join('\n  ')}\n`);
  const { code, record } = checked([silent, '--expect', path, '--fail-on', 'never']);
  const [outcome] = record.expectations;
  return { code, met: outcome?.met, detail: outcome?.detail, record };
}

describe('an expectation', () => {
  it.each([
    [`filter: ${LOGIN}`, 'count: 1', 'expected exactly 1, found 1'],
    ['filter: dvrip.msgid in {1006, 1007}', 'count: {min: 2, max: 4}', 'expected 2 to 4, found 4'],
    [`filter: ${LOGIN}`, 'min: 1', 'expected at least 1, found 1'],
    ['filter: dvrip.ret != 100', 'count: 0', 'expected exactly 0, found 0'],
    ['filter: dvrip.media', 'max: 3', 'expected at most 3, found 0'],
    ['filter: ""', 'count: 6', 'expected exactly 6, found 6'],
    ['filter: frame.time_relative > 50', 'count: 2', 'expected exactly 2, found 2'],
    [`rule: ${RULE}`, 'count: 1', 'expected exactly 1, found 1'],
    [`rule: ${RULE}`, 'verdict: fail', 'expected fail, found fail'],
    ['rule: body/missing-key', 'verdict: pass', 'expected pass, found pass'],
    ['rule: body/missing-key', 'max: 0', 'expected exactly 0, found 0'],
  ])('is met: %s, %s', (what, bound, detail) => {
    expect(expected(what, bound)).toMatchObject({ code: 0, met: true, detail });
  });

  it.each([
    [`filter: ${LOGIN}`, 'count: 2', 'expected exactly 2, found 1 (1 message: 1)'],
    ['filter: ""', 'count: {max: 2}', 'expected at most 2, found 6 (5 messages: 1, 2, 3, 4, 5, and 1 more)'],
    ['filter: dvrip.media', 'min: 1', 'expected at least 1, found 0'],
    [`rule: ${RULE}`, 'count: 0', 'expected exactly 0, found 1'],
    [`rule: ${RULE}`, 'verdict: pass', 'expected pass, found fail'],
    ['rule: talk/one-at-a-time', 'verdict: pass', 'expected pass, found not-observed'],
  ])('is missed with exit code 1: %s, %s', (what, bound, detail) => {
    const { code, met, record, ...rest } = expected(what, bound);
    expect({ code, met, ...rest }).toEqual({ code: 1, met: false, detail });
    expect(record.verdict).toBe('fail');
    expect(record.gates).toContainEqual({
      gate: 'expectations',
      met: false,
      detail: '1 of 1 expectation not met',
    });
  });

  it('of a rule that is switched off is missed: nobody looked', () => {
    const config = write('off.json', `{"rules":{"${RULE}":"off"}}`);
    const path = write('off.yaml', `- rule: ${RULE}\n  count: 0\n`);
    const { code, record } = checked([clean, '--expect', path, '--config', config]);
    expect(record.expectations).toMatchObject([{ met: false, detail: 'the rule is switched off' }]);
    expect(code).toBe(1);
  });

  it('is named, or goes by its filter or rule, and is told with file, line and column', () => {
    const path = write(
      'named.yaml',
      `# logins\n- {name: one login, filter: ${LOGIN}, count: 1}\n-\n  rule: ${RULE}\n  max: 9\n`,
    );
    expect(checked([clean, '--expect', path]).record.expectations).toMatchObject([
      { name: 'one login', file: path, line: 2, column: 3 },
      { name: RULE, file: path, line: 4, column: 3 },
    ]);
  });

  it('that was missed is in every report', () => {
    const path = write('missed.yaml', `- name: two logins\n  filter: ${LOGIN}\n  count: 2\n`);
    for (const format of FORMATS) {
      const { code, stdout } = dvrscope(['check', clean, '--expect', path, '--format', format]);
      expect(stdout, format).toContain('two logins');
      expect(stdout.replaceAll(/\s+/g, ' '), format).toContain('expected exactly 2, found 1');
      expect(code).toBe(1);
    }
  });
});

describe('a file of expectations that makes no sense is refused with line and column', () => {
  it.each([
    ['no YAML', '- filter: a: b\n', ':1:11: is no valid YAML: nested mappings are not allowed'],
    ['two documents', '- filter: a\n---\n- b\n', 'is no valid YAML'],
    ['a tag', '- !!js/function x\n', ':1:3: is no valid YAML: unresolved tag'],
    ['an alias', '- &a {filter: dvrip, count: 1}\n- *a\n', ':2:3: aliases are not taken'],
    ['an alias of nothing', '- *a\n', ':1:3: '],
    ['a list inside of itself', '&a [*a]\n', ':1:5: aliases are not taken'],
    ['a list as a key', '- ? [a]\n  : b\n', ':1:5: a key must be a plain text'],
    ['too many brackets', '['.repeat(50_000), ':1:1: nests too deeply'],
    ['too many dashes', '- '.repeat(50_000), ':1:1: nests too deeply'],
    ['a key twice', '- rule: a\n  rule: b\n', ':2:3: is no valid YAML: map keys must be unique'],
    ['nothing', '', ':1:1: the document: invalid input: expected array'],
    ['no list', 'filter: dvrip\n', ':1:1: the document: invalid input: expected array, received object'],
    [
      'an unknown key',
      '- {filtr: dvrip, count: 1}\n',
      ":1:4: the key 'filtr' is not known; did you mean 'filter'?",
    ],
    ['__proto__', '- {__proto__: 1, filter: dvrip, count: 1}\n', ":1:4: '__proto__' is no key"],
    ['a text as a count', '- filter: dvrip\n  count: many\n', ':2:10: entry 1.count: '],
    [
      'an unknown bound',
      '- filter: dvrip\n  count: {mn: 1}\n',
      "the key 'mn' is not known; did you mean 'min'?",
    ],
    ['a filter and a rule', '- {filter: dvrip, rule: body/null, count: 1}\n', 'give either filter or rule'],
    ['no count', '- filter: dvrip\n', ':1:3: entry 1: give one of count, min and max'],
    ['min above max', '- {filter: dvrip, min: 2, max: 1}\n', 'min is greater than max'],
    ['a verdict of a filter', '- {filter: dvrip, verdict: pass}\n', 'verdict is for a rule'],
    ['an unknown verdict', '- {rule: body/null, verdict: passed}\n', "did you mean 'pass'?"],
    [
      'an unknown field',
      '- filter: dvrip.rt == 100\n  count: 1\n',
      ":1:11: filter: unknown field 'dvrip.rt'",
    ],
    [
      'an unknown rule',
      '- rule: body/nul\n  count: 1\n',
      ":1:9: no rule is called 'body/nul'; did you mean 'body/null'?",
    ],
  ])('%s', (_, yaml, words) => {
    const path = write('wrong.yaml', yaml);
    const { code, stdout, stderr } = dvrscope(['check', clean, '--expect', path]);
    expect(stderr).toContain(words);
    for (const line of lines(stderr)) expect(line.replace('dvrscope: ', '')).toMatch(/:\d+:\d+: /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('a file that is not there', () => {
    const { code, stderr } = dvrscope(['check', clean, '--expect', '/nowhere/expected.yaml']);
    expect(stderr).toContain('--expect: /nowhere/expected.yaml: no such file');
    expect(code).toBe(2);
  });
});

it('whatever text is read as YAML, it is a value or refused with a place', () => {
  const pieces = fc.constantFrom(
    '- ',
    '? ',
    ': ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a ',
    '!x ',
    '"',
    "'",
    '|\n',
    '\n',
    ' ',
    '\t',
    '#',
    '%',
    '---\n',
    'a',
    '1',
    ',',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (yaml) => {
      try {
        expect(parseYamlDocument('expected.yaml', yaml).value).not.toBeUndefined();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        expect(error.exitCode).toBe(2);
        expect(error.message).toMatch(/^expected\.yaml:\d+:\d+: /);
      }
    }),
    { numRuns: 500 },
  );
});
