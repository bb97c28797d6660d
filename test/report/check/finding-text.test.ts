import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkJson } from '../../../src/report/check/check-json.ts';
import { shownText } from '../../../src/report/check/finding-text.ts';
import { runCheck } from './run-check.ts';

describe('secrets in findings', () => {
  it.each([
    ['expected string, found "hunter2"', '/Ftp/Password', 'expected string, found ‹redacted›'],
    [
      'a number, 123456, where text is expected',
      '/NetWork/0/WifiKey',
      'a number, ‹redacted›, where text is expected',
    ],
    ['expected 0, found -1.5e3', '/Token', 'expected ‹redacted›, found ‹redacted›'],
    ['found "cut \\" here…', '/PassWord', 'found ‹redacted›'],
    ['found "inside"', '/Secret/List/3/Name', 'found ‹redacted›'],
    ['the key "Pass~/word " is padded; expected "pass~/word"', '/Pass~0~1word ', undefined],
    ['the key "PassWord" is there twice', '/PassWord', undefined],
    ['expected 8, found 9', '/Channel', undefined],
    ['expected 8, found 9', undefined, undefined],
    ['found {"PassWord":"hunter2"}', '/Log/Line', 'found {"PassWord":"‹redacted›"}'],
  ])('%s at %s', (text, pointer, shown) => {
    expect(shownText(text, pointer, false)).toBe(shown ?? text);
    expect(shownText(text, pointer, true)).toBe(text);
  });

  it('never show a value below a secret key, however it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), (secret) => {
        const value = `S3cr3t${secret}`;
        const shown = shownText(`expected integer, found ${JSON.stringify(value)}`, '/A/1/PassWord', false);
        expect(shown).toBe('expected integer, found ‹redacted›');
      }),
    );
  });

  it('stay out of the report of a check, unless they are asked for', () => {
    const shown = (showSecrets: boolean) => {
      const record = runCheck([], {
        options: { showSecrets },
        meddle({ ledger }) {
          const place = '/NetWork.Wifi/*/Keys';
          const at = { messageId: 1042, name: 'CONFIG_GET_RSP', from: 'device', place } as const;
          ledger.add({ ...at, rule: 'body/wrong-type', severity: 'error' }, () => ({
            message: 4,
            packets: [9, 9],
            flow: 1,
            session: 1,
            seconds: 1,
            nanoseconds: 0,
            text: 'expected string, found 8675309',
            pointer: '/NetWork.Wifi/0/Keys',
          }));
        },
      });
      return [...checkJson(record)].join('\n');
    };
    expect(shown(true)).toContain('8675309');
    expect(shown(false)).not.toContain('8675309');
    expect(shown(false)).toContain('expected string, found ‹redacted›');
  });
});

it('cuts a long text without cutting a character in two', () => {
  const long = shownText('📷'.repeat(1000), undefined, false);
  expect(long.length).toBeLessThanOrEqual(600);
  expect(long.endsWith('…')).toBe(true);
  expect(long).not.toMatch(/\p{Cs}/u);
});
