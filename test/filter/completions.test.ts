import { describe, expect, it } from 'vitest';
import { completions } from '../../src/filter/completions.ts';
import { editDistance, nearest } from '../../src/filter/suggest.ts';
import { TABLE } from './sample.ts';

function offered(text: string): readonly string[] {
  return completions(text, text.length + 1, TABLE).items.map((item) => item.text);
}

describe('completion', () => {
  it.each([
    ['', ['frame.number', 'dvrip.name', 'upper(']],
    ['tcp.', ['tcp.port', 'tcp.srcport', 'tcp.dstport']],
    ['not tcp.port == 1 and DVRIP.N', ['dvrip.name']],
    ['dvrip.name ', ['contains', 'matches', '==', 'and']],
    ['dvrip.name con', ['contains']],
    ['dvrip.msgid == ', ['LOGIN_REQ2', 'LOGIN_RSP', 'MONITOR_REQ']],
    ['dvrip.msgid == LOGIN', ['LOGIN_REQ2', 'LOGIN_RSP']],
    ['dvrip.msgid in ', ['{']],
    ['dvrip.msgid in {LOGIN_RSP, mon', ['MONITOR_REQ']],
    ['dvrip.msgid not in {', ['LOGIN_REQ2']],
    ['tcp.port in {1} and dvrip.valid == ', ['true', 'false']],
    ['tcp.port == 1 ', ['and', 'or', 'xor']],
    ['(tcp.port) ', ['and', 'or', 'xor']],
  ])('after %j offers what may follow', (text, expected) => {
    expect(offered(text)).toEqual(expect.arrayContaining(expected));
  });

  it('offers nothing inside a quoted text or where only a free value fits', () => {
    expect(offered('dvrip.name == "LOG')).toEqual([]);
    expect(offered('tcp.port == ')).toEqual([]);
  });

  it('tells which part of the text a completion replaces', () => {
    expect(completions('tcp.port and dvr', 17, TABLE).column).toBe(14);
    expect(completions('tcp.port and dvr', 13, TABLE).column).toBe(10);
    expect(completions('tcp.port ', 10, TABLE).column).toBe(10);
  });
});

describe('the nearest name', () => {
  it('counts an exchange of neighbours as one change', () => {
    expect(editDistance('nmae', 'name')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('is none when nothing is near, or the word is too long to compare', () => {
    expect(nearest('udp.length', ['tcp.port', 'ip.addr'])).toBeUndefined();
    expect(nearest('x'.repeat(65), ['x'.repeat(64)])).toBeUndefined();
  });
});
