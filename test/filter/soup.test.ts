import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/compile.ts';
import { completions } from '../../src/filter/completions.ts';
import { addressDigits } from '../../src/filter/kinds/address.ts';
import { readTime, writeTime } from '../../src/filter/kinds/time.ts';
import { renderFilterError } from '../../src/report/text/filter-error.ts';
import { IPV6, LOGIN, NOTHING, TABLE } from './sample.ts';

const WORDS = [
  ...TABLE.names,
  ...'and or xor not any all in contains matches == != === ~= ~ > >= < <= ( ) { } , .. ! && || ^^'.split(' '),
  ...'1 0x10 -1 .5 192.0.2.1 10.0.0.0/8 ::1 ff:00 "a" r"\\d" "\\x00" true 2026-11-22 管理 upper( len( count('.split(
    ' ',
  ),
  ...'" \\ = & \' [ ] # $ 1..5 LOGIN_REQ2 nope'.split(' '),
];

const soup = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom('', ' ', '\n')), { maxLength: 30 })
  .map((pairs) => pairs.map((pair) => pair.join('')).join(''));
const anyText = fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 60 }));

describe('any text as an expression', () => {
  it('becomes a filter that answers, or an error inside the text', () => {
    let filters = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const result = compileFilter(text, TABLE);
        if (result.kind === 'filter') {
          filters++;
          for (const subject of [LOGIN, IPV6, NOTHING]) expect(typeof result.test(subject)).toBe('boolean');
          return;
        }
        expect(result.column).toBeGreaterThanOrEqual(1);
        expect(result.column).toBeLessThanOrEqual(text.length + 1);
        expect(result.message).toContain(`at column ${result.column}`);
        expect(result.message).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(renderFilterError(text, result).split('\n')).toHaveLength(3);
      }),
      { numRuns: 5000 },
    );
    expect(filters).toBeGreaterThan(100);
  });

  it('has completions at any column, each of which may stand there', () => {
    fc.assert(
      fc.property(anyText, fc.nat(80), (text, column) => {
        const { column: start, items } = completions(text, column, TABLE);
        expect(start).toBeGreaterThanOrEqual(1);
        expect(start).toBeLessThanOrEqual(text.length + 1);
        const typed = text.slice(start - 1, Math.max(0, column - 1)).toLowerCase();
        for (const item of items) expect(item.text.toLowerCase().startsWith(typed)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('sentences made of true and false tests', () => {
  type Sentence = { readonly text: string; readonly value: boolean };
  const test: fc.Arbitrary<Sentence> = fc.constantFrom(
    { text: 'tcp.port == 34567', value: true },
    { text: 'dvrip.name contains "LOGIN"', value: true },
    { text: 'tcp.port != 34567', value: false },
    { text: 'ip.addr in {10.0.0.0/8}', value: false },
  );
  const { sentence } = fc.letrec<{ sentence: Sentence }>((tie) => ({
    sentence: fc.oneof(
      { maxDepth: 5 },
      test,
      tie('sentence').map(({ text, value }) => ({ text: `not (${text})`, value: !value })),
      fc
        .tuple(tie('sentence'), fc.constantFrom('and', 'or', 'xor'), tie('sentence'))
        .map(([left, operator, right]) => ({
          text: `(${left.text}) ${operator} (${right.text})`,
          value:
            operator === 'and'
              ? left.value && right.value
              : operator === 'or'
                ? left.value || right.value
                : left.value !== right.value,
        })),
    ),
  }));

  it('have the value of their parts', () => {
    fc.assert(
      fc.property(sentence, ({ text, value }) => {
        const filter = compileFilter(text, TABLE);
        expect(filter.kind === 'filter' && filter.test(LOGIN)).toBe(value);
      }),
    );
  });

  it('bind without brackets like JavaScript, where xor is weaker than and, and or is the weakest', () => {
    const joined = fc.array(fc.tuple(fc.constantFrom('and', 'or', 'xor'), fc.boolean(), fc.boolean()), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(joined, (parts) => {
        const text = parts
          .map(
            ([operator, negated, value], at) =>
              `${at === 0 ? '' : `${operator} `}${negated ? 'not ' : ''}tcp.port ${value ? '==' : '!='} 34567`,
          )
          .join(' ');
        const groups: boolean[][][] = [[[]]];
        for (const [at, [operator, negated, value]] of parts.entries()) {
          if (at > 0 && operator === 'or') groups.push([[]]);
          if (at > 0 && operator === 'xor') groups.at(-1)?.push([]);
          groups
            .at(-1)
            ?.at(-1)
            ?.push(value !== negated);
        }
        const expected = groups.some((xors) => xors.filter((ands) => ands.every(Boolean)).length % 2 === 1);
        const filter = compileFilter(text, TABLE);
        expect([text, filter.kind === 'filter' && filter.test(LOGIN)]).toEqual([text, expected]);
      }),
    );
  });
});

describe('typed values', () => {
  it('are the addresses they spell', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), fc.string(), (four, six, any) => {
        const octets = four.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'));
        expect(addressDigits(four)).toBe(octets.join(''));
        expect(addressDigits(six)).toMatch(/^[0-9a-f]{32}$/);
        expect([undefined, 8, 32]).toContain(addressDigits(`${any}:${any}`)?.length);
      }),
    );
    expect(addressDigits('2001:DB8::192.0.2.33')).toBe('20010db80000000000000000c0000221');
    expect(addressDigits('::')).toBe('0'.repeat(32));
    expect(addressDigits('1:2:3:4:5:6:7::')).toBe('00010002000300040005000600070000');
    expect(addressDigits('fe80::1%eth0.5')).toBe(`fe80${'0'.repeat(27)}1`);
    expect(addressDigits('1::2::3')).toBeUndefined();
    expect(addressDigits('1:2:3:4:5:6:7::8')).toBeUndefined();
    expect(addressDigits('::1.2.3.4:5')).toBeUndefined();
    expect(addressDigits(':1:2:3:4:5:6:7')).toBeUndefined();
    expect(addressDigits('192.0.2.1%eth0')).toBeUndefined();
  });

  it('are the moments they spell', () => {
    const moment = fc.record({
      seconds: fc.integer({ min: 0, max: 4_102_444_800 }),
      nanoseconds: fc.nat(999_999_999),
    });
    fc.assert(
      fc.property(moment, (time) => {
        expect(readTime(writeTime(time))).toEqual(time);
      }),
    );
    expect(readTime('2026-11-22 10:00:00 +0100')).toEqual(readTime('2026-11-22T09:00:00Z'));
    expect(readTime('2024-02-29')).toEqual({ seconds: Date.UTC(2024, 1, 29) / 1000, nanoseconds: 0 });
    for (const none of [
      '2026-11-22T24:00:00Z',
      '2026-02-29',
      '2026-13-01',
      '2026-11-22T10:60',
      '2026-11-22T10:00+24:00',
    ])
      expect(readTime(none)).toBeUndefined();
  });
});
