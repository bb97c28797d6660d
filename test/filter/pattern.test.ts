import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../src/filter/regex/pattern.ts';

function matches(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  if (compiled.kind === 'refused') throw new Error(`${pattern}: ${compiled.why} at ${compiled.position}`);
  return compiled.test(text);
}

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
    ['a\\z', 'a\n', false],
    ['a\\Z', 'a\n', true],
    ['(?m)a$', 'a\nb', true],
    ['\\Ab', 'ab', false],
    ['\\bcat\\b', 'a cat.', true],
    ['\\bcat\\b', 'concat', false],
    ['\\Bcat', 'concat', true],
    ['[]a]+$', 'x]a', true],
    ['[^]a]', ']a', false],
    ['[a-c-]+z', 'a-cz', true],
    ['[\\d-x]y', '-y', true],
    ['[[:digit:][:punct:]]{3}', '1.2', true],
    ['[[:^digit:]]', '123', false],
    ['[^a]', 'A', false],
    ['a{2}', 'aba', false],
    ['^a{2,}$', 'aaaa', true],
    ['^a{1,3}$', 'aaaa', false],
    ['a{,3}', 'a{,3}', true],
    ['a{x', 'a{x', true],
    ['^(?:ab|c)+?$', 'abcab', true],
    ['^(?<name>a)(?P<other>b)$', 'ab', true],
    ['\\x41\\x{5f}\\0', 'a_\u0000', true],
    ['^😀+$', '😀😀', true],
    ['^管.员$', '管理员', true],
    ['\\.\\*\\\\', 'x.*\\', true],
    ['(a*)*b', 'aaab', true],
    ['(|a)+b', 'aab', true],
    ['(){1000}x', 'x', true],
    ['\\h\\v\\N', '\t\nx', true],
  ])('%s on %j is %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each([
    ['a(b', 1, "the ')' of this group is missing"],
    ['a)b', 1, "')' without '('"],
    ['*a', 0, 'nothing to repeat'],
    ['a**', 2, 'a repeat of a repeat'],
    ['a++', 2, 'not supported'],
    ['(?=a)', 0, 'not supported'],
    ['(?<!a)b', 0, 'not supported'],
    ['(?>a)', 0, 'not supported'],
    ['(a)\\1', 3, 'not supported'],
    ['[a-', 0, "the ']' of this set is missing"],
    ['[z-a]', 1, 'runs backwards'],
    ['[[:nope:]]', 1, 'no such class'],
    ['[😀]', 1, 'beyond U+FFFF'],
    ['a\\', 1, 'no escape'],
    ['\\q', 0, 'no escape'],
    ['a{1001}', 1, 'counts to 1000'],
    ['a{3,2}', 1, 'out of order'],
    ['((a{99}){99}){99}', 0, 'too large'],
    ['((){1000}){1000}', 0, 'too large'],
    [`${'('.repeat(101)}${')'.repeat(101)}`, 100, 'nested too deep'],
  ])('%s is refused at offset %i: %s', (pattern, position, why) => {
    const refused = compilePattern(pattern);
    expect(refused).toMatchObject({ kind: 'refused', position });
    expect(refused.kind === 'refused' && refused.why).toContain(why);
  });

  it('sees what V8 sees, for patterns both understand the same way', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '_',
      '[ab]',
      '[^a]',
      '\\w',
      '\\W',
      '\\d',
      '.',
      '\\b',
      '\\B',
      '^',
      '1',
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
        const ours = compilePattern(source);
        const theirs = new RegExp(source, 'i');
        if (ours.kind === 'refused') expect(ours.why).toContain('too large');
        fc.pre(ours.kind === 'pattern');
        for (const sample of texts)
          expect([source, sample, ours.test(sample)]).toEqual([source, sample, theirs.test(sample)]);
      }),
      { numRuns: 2000 },
    );
  });

  it('answers or is refused for any text as pattern', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...'ab1(|)[]{}?*+^$\\.-:,<=!P'.split(''), '\n', '管'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 40 })),
        fc.string(),
        (pattern, text) => {
          const compiled = compilePattern(pattern);
          if (compiled.kind === 'refused') {
            expect(compiled.position).toBeGreaterThanOrEqual(0);
            expect(compiled.position).toBeLessThanOrEqual(pattern.length);
          } else expect(typeof compiled.test(text)).toBe('boolean');
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('a pattern made to hang a matcher that goes back', () => {
  const letters = 'a'.repeat(65_536);
  // Two letters in an order without a short period, so that the states of the machine hardly repeat.
  const noise = Array.from({ length: 65_536 }, (_, i) =>
    ((i * i * 2_654_435_761) >>> 13) & 1 ? 'a' : 'b',
  ).join('');

  it.each([
    ['(a+)+$!', letters],
    ['(a|a)*b', letters],
    ['(a|aa)+!', letters],
    ['.*.*.*.*=.*', letters],
    ['(a?){300}a{300}!', letters],
    ['(a|b)*a(a|b){200}!', noise],
    ['(?:[ab]{1,30}a){15}!', noise],
  ])('takes time in proportion to the text: %s', (pattern, text) => {
    const begin = performance.now();
    expect(matches(pattern, text)).toBe(false);
    expect(performance.now() - begin).toBeLessThan(15_000);
  });

  it('looks at the first 65,536 units only, and does not take the cut for the end', () => {
    expect(matches('a{4}$', letters)).toBe(true);
    expect(matches('a{4}$', `${letters}a`)).toBe(false);
    expect(matches('b', `${letters}b`)).toBe(false);
    expect(matches('a\\b', `${letters}b`)).toBe(false);
    expect(matches('a\\b', `${letters} `)).toBe(true);
  });
});
