import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecretKey } from '../../schemas/secret-keys.ts';
import { REDACTED, redact, redactText, SecretMasker, secretRanges } from '../../src/report/redact.ts';

/** Text with every quote behind as many backslashes as a JSON string inside of JSON strings has. */
function inString(text: string, levels: number): string {
  return levels === 0 ? text : inString(JSON.stringify(text).slice(1, -1), levels - 1);
}

const secretText = fc.string({
  unit: fc.constantFrom('"', '\\', ' ', '}', ']', 'a', '中', '\n'),
  minLength: 1,
});
const key = fc.constantFrom(
  'PassWord',
  'password',
  ' NewPassWord ',
  'Keys',
  'AdminToken',
  'DDNSKey',
  'ARSPKey',
);

describe('secret keys', () => {
  it.each([
    'PassWord',
    'Password',
    'NewPassWord',
    'PassWordV2',
    'wifi_pwd',
    'Keys',
    'CommunicateKey',
    'PSK',
    'Pass\\u0057ord',
  ])('%s is one', (name) => expect(isSecretKey(name)).toBe(true));

  it.each([
    'UserName',
    'SessionID',
    'OPNetKeyboard',
    'KeyUp',
    'EncryptType',
    'PublicKey',
    'AuthorityList',
    '',
  ])('%s is none', (name) => expect(isSecretKey(name)).toBe(false));
});

describe('redacting a JSON value', () => {
  it('replaces secrets at any depth, of any type, and leaves the rest', () => {
    const value = { A: [{ PassWord: 'x', Name: 'n' }], Keys: ['x', 'y'], Token: 7, Password: '', psk: null };
    expect(redact(value)).toEqual({
      A: [{ PassWord: REDACTED, Name: 'n' }],
      Keys: REDACTED,
      Token: REDACTED,
      Password: '',
      psk: null,
    });
  });

  it('keeps a key __proto__ a member', () => {
    const copy = redact(JSON.parse('{ "__proto__" : { "PassWord" : "x" } }'));
    expect(JSON.stringify(copy)).toBe(`{"__proto__":{"PassWord":"${REDACTED}"}}`);
  });

  it('looks into JSON that a string holds', () => {
    expect(redact({ Log: '{"PassWord":"x","a":1}' })).toEqual({ Log: `{"PassWord":"${REDACTED}","a":1}` });
  });
});

describe('redacting text', () => {
  it.each([
    ['{ "PassWord" : "x", "a" : 1 }', '{ "PassWord" : "‹redacted›", "a" : 1 }'],
    ['{"PassWord":"","a":"b"}', '{"PassWord":"","a":"b"}'],
    ['{"Keys":["a",["b]"]],"c":"d"}', '{"Keys":‹redacted›,"c":"d"}'],
    ['{"Token":123,"c":"d"}', '{"Token":‹redacted›,"c":"d"}'],
    ['"PassWord" is not here, "PassWord', '"PassWord" is not here, "PassWord'],
    ['a stray " and "PassWord":"x"!', 'a stray " and "PassWord":"‹redacted›"!'],
    ['"PassWord":"cut off', '"PassWord":"‹redacted›'],
    // Slips that the tolerant reader mends.
    ['{“PassWord” : “abc”, “a”:“b”}', '{“PassWord” : “‹redacted›”, “a”:“b”}'],
    ["{'PassWord':'a\"b','c':'d'}", "{'PassWord':'‹redacted›','c':'d'}"],
    ['{"a":1, PassWord : "abc", b:2}', '{"a":1, PassWord : "‹redacted›", b:2}'],
    ['{PassWord:abc,b:2}', '{PassWord:‹redacted›,b:2}'],
    ['{"PassWord"："abc"}', '{"PassWord"："‹redacted›"}'],
    ['"Token":{"cut":[1\0\xff{"a":"b"}', '"Token":‹redacted›\0\xff{"a":"b"}'],
    [`"${'k'.repeat(70)}PassWord":"x"`, `"${'k'.repeat(70)}PassWord":"x"`],
  ])('%s', (text, expected) => expect(redactText(text)).toBe(expected));

  it('hides every JSON string that is the value of a secret key, and nothing else, also inside of strings', () => {
    fc.assert(
      fc.property(key, secretText, fc.nat(2), fc.constantFrom(' ', ''), (name, secret, levels, blank) => {
        const member = (value: string) =>
          inString(`{"a":"b","${name}"${blank}:${blank}"${value}","c":"d"}`, levels);
        const inside = JSON.stringify(secret).slice(1, -1);
        const hidden = redactText(member(inside));
        // The backslash of the closing quote goes with the secret.
        const closing = '\\'.repeat(2 ** levels - 1);
        expect(hidden).toBe(member(REDACTED).replace(`${REDACTED}${closing}`, REDACTED));
      }),
    );
  });

  it('gives the same for text in pieces as for the whole', () => {
    const text = fc.array(
      fc.constantFrom('"', '\\', ':', '{', '}', '[', ']', ' ', '"PassWord" : "', '"Keys":[', 'x', '\0', ','),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(text, (parts) => {
        const masker = new SecretMasker();
        expect(parts.map((part) => masker.push(part)).join('')).toBe(redactText(parts.join('')));
      }),
    );
  });

  it('marks in bytes just what it hides in text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), key, (noise, name) => {
        const text = `${noise}"${name}":"hidden"${noise}`;
        const bytes = Buffer.from(text, 'latin1');
        let shown = '';
        let at = 0;
        for (const [from, to] of secretRanges(bytes)) {
          shown += bytes.toString('latin1', at, from) + REDACTED;
          at = to;
        }
        expect(shown + bytes.toString('latin1', at)).toBe(redactText(text));
        expect(shown).not.toContain('hidden');
      }),
    );
  });

  it('finds curly quotes by their bytes too', () => {
    const bytes = Buffer.from('{“PassWord” : “abc”}');
    const [range] = secretRanges(bytes);
    expect(bytes.subarray(...(range ?? [0, 0])).toString()).toContain('abc');
  });

  it('takes time in proportion to the text, whatever it holds', () => {
    for (const part of ['"', '"psk":"', '"psk" ', '\\', '[', '"a', '{"psk":[']) {
      const started = performance.now();
      redactText(part.repeat(300_000));
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});
