import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/compile.ts';
import { type Sample, TABLE } from './sample.ts';

function compileMatches(pattern: string, field = 'dvrip.name') {
  return compileFilter(`${field} matches "${pattern.replace(/["\\]/g, '\\$&')}"`, TABLE);
}

/** The test of a filter `field matches pattern`. */
function matcher(pattern: string, field = 'dvrip.name'): (subject: Sample) => boolean {
  const filter = compileMatches(pattern, field);
  if (filter.kind === 'error') throw new Error(filter.message);
  return filter.test;
}

function matches(pattern: string, text: string): boolean {
  return matcher(pattern)({ name: text });
}

describe('the library for patterns', () => {
  it('is loaded by the first filter that matches, and by no other', () => {
    const isLoaded = () =>
      Object.keys(createRequire(import.meta.url).cache).some((path) => /re2js/.test(path));
    compileFilter('dvrip.name contains "a" and tcp.port in {1..5}', TABLE);
    expect(isLoaded()).toBe(false);
    matcher('a');
    expect(isLoaded()).toBe(true);
  });
});

describe('a pattern', () => {
  it.each([
    ['login', 'the LOGIN request', true],
    ['(?-i)login', 'the LOGIN request', false],
    ['a(?-i:b)c', 'AbC', true],
    ['a(?-i:b)c', 'ABC', false],
    ['a(?-i)b|c', 'C', false],
    ['ä', 'Ä', true],
    ['^$', '', true],
    ['', 'anything', true],
    ['a.c', 'a\nc', false],
    ['(?s)a.c', 'a\nc', true],
    ['^b', 'a\nb', false],
    ['(?m)^b', 'a\nb', true],
    ['a$', 'a\n', true],
    ['a$', 'a\n\n', false],
    ['a$', 'a\nb', false],
    ['a\\n$', 'a\n', true],
    ['a\\z', 'a\n', false],
    ['(?m)a$', 'a\nb', true],
    ['\\Ab', 'ab', false],
    ['\\bcat\\b', 'a cat.', true],
    ['\\bcat\\b', 'concat', false],
    ['\\Bcat', 'concat', true],
    ['[]a]+$', 'x]a', true],
    ['[^]a]', ']a', false],
    ['[\\d-x]y', '-y', true],
    ['[[:digit:][:punct:]]{3}', '1.2', true],
    ['[[:^digit:]]', '123', false],
    ['[^a]', 'A', false],
    ['^a{2,}$', 'aaaa', true],
    ['^a{1,3}$', 'aaaa', false],
    ['a{,3}', 'a{,3}', true],
    ['^(?:ab|c)+?$', 'abcab', true],
    ['^(?<name>a)(?P<other>b)$', 'ab', true],
    ['\\x41\\x{5f}', 'a_', true],
    ['^😀+[😁]$', '😀😀😁', true],
    ['^管.员$', '管理员', true],
    ['\\p{Han}{3}', '管理员', true],
    ['\\Q.*\\E\\\\', 'x.*\\', true],
  ])('%s on %j is %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each([
    ['a(b', 'missing closing ) at'],
    ['a)b', 'unexpected ) at'],
    ['*a', "missing argument to repetition operator '*' at"],
    ['a**', "invalid nested repetition operator '**' at"],
    ['a++', "invalid nested repetition operator '++' at"],
    ['(?=a)', 'look-around'],
    ['x(?!a)b', 'look-around'],
    ['(?<=a)b', 'look-around'],
    ['(?<!a)b', 'look-around'],
    ['(?>a)', 'atomic group'],
    ['(a)\\1', 'back-reference'],
    ['(?<n>a)\\k<n>', 'back-reference'],
    ['(?P<n>a)(?P=n)', "unsupported Perl syntax '(?P' at"],
    ['[a-', 'missing closing ]'],
    ['[z-a]', "invalid character class range 'z-a'"],
    ['[[:nope:]]', "invalid character class range '[:nope:]'"],
    ['a\\', 'trailing backslash at end of expression'],
    ['\\q', "invalid escape sequence '\\q'"],
    ['a{1001}', "invalid repeat count '{1001}'"],
    ['a{3,2}', "invalid repeat count '{3,2}'"],
    ['((a{99}){99}){99}', 'invalid repeat count'],
    ['((){1000}){1000}', 'too large'],
    ['a{1000}b{1000}', 'too large'],
    [`${'('.repeat(2000)}${')'.repeat(2000)}`, 'nests too deeply'],
    [`[\u0007${'z'.repeat(5000)}`, "missing closing ] '[\ufffdzzz"],
  ])('%s is refused at its own column: %s', (pattern, why) => {
    const refused = compileMatches(pattern);
    expect(refused).toMatchObject({ kind: 'error', column: 20, message: expect.stringContaining(why) });
    expect(refused.kind === 'error' && refused.message.length).toBeLessThan(150);
  });

  it('sees what V8 sees, for patterns both understand the same way', () => {
    const atom = fc.constantFrom(
      ...['a', 'b', '_', '[ab]', '[^a]', '\\w', '\\W', '\\d', '.', '\\b', '\\B', '^', '1'],
    );
    const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
      piece: fc.oneof(
        { maxDepth: 4 },
        atom,
        fc
          .tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{2,}', '*?'))
          .map(([inner, repeat]) => `(?:${inner})${repeat}`),
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(${left}|${right})`),
      ),
      pattern: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
    }));
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '_', '1', ' ', '-', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 8 }), (source, texts) => {
        const ours = compileMatches(source);
        const theirs = new RegExp(source, 'i');
        if (ours.kind === 'error') expect(ours.message).toContain('too large');
        fc.pre(ours.kind === 'filter');
        for (const name of texts)
          expect([source, name, ours.test({ name })]).toEqual([source, name, theirs.test(name)]);
      }),
      { numRuns: 500 },
    );
  });

  it('answers or is refused for any text as pattern', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...'ab1(|)[]{}?*+^$\\.-:,<=!P'.split(''), '\n', '管'),
      maxLength: 40,
    });
    let filters = 0;
    fc.assert(
      fc.property(
        fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 40 })),
        fc.string(),
        (pattern, name) => {
          const filter = compileMatches(pattern);
          if (filter.kind === 'error') {
            expect(filter.column).toBe(20);
            return;
          }
          filters++;
          expect(typeof filter.test({ name })).toBe('boolean');
        },
      ),
      { numRuns: 3000 },
    );
    expect(filters).toBeGreaterThan(100);
  });
});

describe('a pattern made to hang a matcher that goes back', () => {
  const letters = 'a'.repeat(65_536);
  // Two letters in an order without a short period, so that the states of the matcher hardly repeat.
  const noise = Array.from({ length: 65_536 }, (_, i) =>
    (Math.imul(i * i, 2_654_435_761) >>> 13) & 1 ? 'a' : 'b',
  ).join('');

  // The verdict is the proof: a matcher that goes back would not live to give it.
  it.each([
    ['(a+)+$!', letters],
    ['(a|a)*b', letters],
    ['(a|aa)+!', letters],
    ['.*.*.*.*=.*', letters],
    ['(a?){300}a{300}!', letters],
    ['(a|b)*a(a|b){200}!', noise],
    ['(?:[ab]{1,30}a){15}!', noise],
  ])('does not: %s', { timeout: 60_000 }, (pattern, text) => {
    expect(matches(pattern, text)).toBe(false);
  });

  it('looks at the first 65,536 units or bytes only', () => {
    expect(matches('a{4}b', `${letters.slice(1)}b`)).toBe(true);
    expect(matches('a{4}b', `${letters}b`)).toBe(false);
    const payload = Buffer.from(`${letters}b`);
    expect(matcher('b', 'dvrip.payload')({ payload })).toBe(false);
    expect(matcher('b', 'dvrip.payload')({ payload: payload.subarray(1) })).toBe(true);
  });
});
