import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/compile.ts';
import type { FilterError } from '../../src/filter/span.ts';
import { renderFilterError } from '../../src/report/text/filter-error.ts';
import { TABLE } from './sample.ts';

function refusal(expression: string): FilterError {
  const result = compileFilter(expression, TABLE);
  if (result.kind !== 'error') throw new Error(`${expression} was accepted`);
  return result;
}

describe('a wrong expression', () => {
  it.each([
    ['dvrip.msgd == 1', 1, 10, "unknown field 'dvrip.msgd' at column 1; did you mean 'dvrip.msgid'?"],
    [
      'tcp.port and dvrip.nmae',
      14,
      10,
      "unknown field 'dvrip.nmae' at column 14; did you mean 'dvrip.name'?",
    ],
    ['zzz', 1, 3, "unknown field 'zzz' at column 1"],
    ['tcp.prot == tcp.srcport', 1, 8, "did you mean 'tcp.port'?"],
    ['tcp.port == "abc"', 13, 5, "'abc' is not a number at column 13"],
    ['tcp.port == "80"', 13, 4, 'write 80 without quotes'],
    ['tcp.port == 08', 13, 2, "'08' is not a number"],
    ['tcp.port == 99999999999999999999', 13, 20, 'is not a number'],
    ['tcp.port == tcp.prot', 13, 8, "'tcp.prot' is not a number"],
    ['dvrip.msgid == LOGIN_REQ', 16, 9, "did you mean 'LOGIN_REQ2'?"],
    ['dvrip.name > 5', 14, 1, 'text is expected, not the number \'5\' at column 14; quote it: "5"'],
    ['dvrip.msgid contains 5', 1, 11, "'dvrip.msgid' is a number"],
    ['ip.addr matches "1"', 1, 7, "'ip.addr' is an address"],
    ['dvrip.name matches LOGIN', 20, 5, 'between double quotes'],
    ['dvrip.name matches "a("', 20, 4, 'the pattern is refused: missing closing ) at column 20'],
    [String.raw`dvrip.name matches r"(a)\1"`, 20, 8, 'back-reference, look-around or atomic group'],
    ['dvrip.valid == 2', 16, 1, "'2' is neither true nor false"],
    ['ip.addr == 1.2.3', 12, 5, "'1.2.3' is not an IP address"],
    ['ip.addr == 010.1.1.1', 12, 9, 'is not an IP address'],
    ['ip.addr == 1.2.3.4/33', 12, 10, 'prefix length from 0 to 32'],
    ['ip.addr == ::1/129', 12, 7, 'prefix length from 0 to 128'],
    ['ip.addr == 1:2:3', 12, 5, 'is not an IP address'],
    ['frame.time > 2026', 14, 4, "'2026' is not a time"],
    ['frame.time > "2026-02-30 10:00:00"', 14, 21, 'is not a time'],
    ['dvrip.payload == xyz', 18, 3, 'is not a row of hex bytes'],
    ['tcp.port == dvrip.name', 13, 10, "'tcp.port' and 'dvrip.name' do not compare: a number and text"],
    ['5', 1, 1, "a field is expected, not the value '5' at column 1"],
    ['"text"', 1, 6, 'a field is expected, not a quoted text at column 1'],
    ['5 == 5', 1, 1, "a field is expected, not the value '5' at column 1"],
    ['len(dvrip.name)', 1, 15, "'len(dvrip.name)' is no test by itself at column 1; compare it with a value"],
    ['lenn(dvrip.name) > 1', 1, 4, "unknown function 'lenn' at column 1; did you mean 'len'?"],
    ['len(tcp.port) > 1', 5, 8, "'len' takes text or bytes, not a number"],
    ['len() > 1', 1, 5, "'len' takes one field"],
    ['len(dvrip.name, tcp.port) > 1', 17, 8, "'len' takes one field"],
    ['tcp.port = 22', 10, 1, "'=' is not understood at column 10; equality is '=='"],
    ['tcp.port & 1', 10, 1, "write 'and' or '&&'"],
    ["dvrip.name == 'x'", 15, 1, 'text goes between double quotes'],
    ['dvrip.name == “LOGIN”', 15, 1, "'“' is not understood at column 15; write the ASCII character"],
    ['（tcp.port）', 1, 1, 'write the ASCII character'],
    ['dvrip.payload[0:2] == 00', 14, 1, 'slices are not part of this filter language'],
    ['dvrip.name == "LOGIN', 15, 6, 'the closing quote is missing of the text that begins at column 15'],
    [String.raw`dvrip.name matches "\d"`, 21, 2, "'\\d' is no escape of a quoted text at column 21"],
    [String.raw`dvrip.name == "\ud800"`, 16, 2, 'is no escape'],
    [String.raw`dvrip.name == "\777"`, 16, 2, 'is no escape'],
    ['tcp.port ==', 12, 1, 'expected a value, but the expression ends at column 12'],
    ['tcp.port and', 13, 1, 'expected a field, but the expression ends at column 13'],
    ['(tcp.port', 10, 1, "expected a ')' for the '(' at column 1, but the expression ends at column 10"],
    ['tcp.port)', 9, 1, "expected and, or, or the end of the expression, not ')' at column 9"],
    ['tcp.port AND ip.addr', 10, 3, 'operators are written in small letters'],
    ['tcp.port == 1 2', 15, 1, "not '2' at column 15"],
    ['(tcp.port) == 3', 12, 2, "not '==' at column 12"],
    ['tcp.port in {}', 14, 1, 'expected a member of the set'],
    ['tcp.port in {1 2}', 16, 1, "expected ',' or '}' in the set, not '2'"],
    ['tcp.port in 1', 13, 1, 'expected a set in braces'],
    ['tcp.port in {5..3}', 14, 1, 'the range ends before it begins'],
    ['ip.addr in {10.0.0.1..::1}', 13, 8, 'a range needs ends of one kind'],
    ['tcp.port in {tcp.srcport}', 14, 11, 'a set holds values, not fields'],
    ['any tcp.port', 13, 1, "expected a comparison after 'any'"],
    ['tcp.port == 1 and\n  nope.field', 21, 10, "unknown field 'nope.field' at column 21"],
  ])('is refused at its column: %s', (expression, column, length, message) => {
    const error = refusal(expression);
    expect(error.message).toContain(message);
    expect({ column: error.column, length: error.length }).toEqual({ column, length });
  });

  it('is quoted shortly and without control characters in the message', () => {
    const error = refusal(`${'x'.repeat(5000)} == 1`);
    expect(error.message.length).toBeLessThan(120);
    expect(refusal('\u202etxt').message).toBe("unknown field '\ufffdtxt' at column 1");
  });
});

describe('the limits of an expression', () => {
  it('end a text that is too long at the first unit beyond', () => {
    const error = refusal(`${'tcp.port or '.repeat(2000)}tcp.port`);
    expect(error.column).toBe(16_385);
    expect(error.message).toContain('longer than 16384 characters');
  });

  it('end brackets and calls that are nested too deep', () => {
    expect(refusal(`${'('.repeat(8000)}tcp.port${')'.repeat(8000)}`)).toMatchObject({ column: 201 });
    expect(refusal(`${'len('.repeat(4000)}`)).toMatchObject({ column: 801 });
  });

  it('refuse a hundred thousand brackets or negations without running out of stack', () => {
    expect(refusal('('.repeat(100_000)).message).toContain('longer than');
    expect(refusal('!'.repeat(100_000)).message).toContain('longer than');
  });

  it('let thousands of negations, and 200 brackets, through', () => {
    const negated = compileFilter(`${'!'.repeat(16_001)}tcp.port`, TABLE);
    expect(negated.kind === 'filter' && negated.test({ ports: [1, 2] })).toBe(false);
    const nested = compileFilter(`${'('.repeat(200)}tcp.port${')'.repeat(200)}`, TABLE);
    expect(nested.kind === 'filter' && nested.test({ ports: [1, 2] })).toBe(true);
  });

  it('refuse a set with too many members', () => {
    expect(refusal(`tcp.port in {${'1,'.repeat(5000)}1}`).message).toContain('more than 4096 members');
  });
});

describe('a rendered error', () => {
  function rendered(expression: string): readonly string[] {
    return renderFilterError(expression, refusal(expression)).split('\n');
  }

  it('marks the fault under the expression', () => {
    expect(rendered('tcp.port == "abc" and ip.addr')).toEqual([
      "'abc' is not a number at column 13",
      '  tcp.port == "abc" and ip.addr',
      '              ^~~~~',
    ]);
  });

  it('counts two cells for a Chinese character', () => {
    expect(rendered('dvrip.user == "管理员" and 登录')).toEqual([
      "unknown field '登录' at column 25",
      '  dvrip.user == "管理员" and 登录',
      `  ${' '.repeat(27)}^~~~`,
    ]);
  });

  it('points behind the end of an expression that ends too soon', () => {
    expect(rendered('tcp.port ==')[2]).toBe(`  ${' '.repeat(11)}^`);
  });

  it('shows a window of a long expression', () => {
    const lines = rendered(`${'tcp.port == 1 or '.repeat(300)}nope ${'or tcp.port == 1 '.repeat(300)}`);
    expect(lines).toHaveLength(3);
    const [, shown = '', mark = ''] = lines;
    expect(shown.length).toBeLessThan(140);
    expect(shown.slice(mark.indexOf('^'), mark.indexOf('^') + 4)).toBe('nope');
  });

  it('lets no control character through to the terminal', () => {
    const lines = rendered('tcp.port ==\t\u001b[31m\u0007\n zzz');
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
    expect(lines).toHaveLength(3);
  });
});
