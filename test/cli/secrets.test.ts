import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { message, pieces, TcpConversation } from './conversation.ts';
import { dvrscope, dvrscopeBytes, sample, samples, scratchDirectory } from './dvrscope.ts';
import { flowRecords, messageRecords } from './records.ts';

const write = scratchDirectory();

/** Hashes of the passwords in the samples (field notes §5). */
const SAMPLE_SECRETS = ['tlJwpbo6', '6V0Y4HLF'];

/** What each body of the capture below must keep to itself. */
const SECRETS = Array.from({ length: 15 }, (_, i) => `Secret${String(i).padStart(2, '0')}q`);

function bodies(): Buffer[] {
  const s = SECRETS;
  return [
    message(1000, `{ "EncryptType" : "MD5", "PassWord" : "${s[0]}", "UserName" : "admin" }\n\0`),
    message(1488, `{"NewPassWord":"${s[1]}","PassWord":"${s[2]}","SessionID":"0x0000000B"}`),
    message(1473, `{ "Users" : [ { "Name" : "admin", "Password" : "${s[3]}" } ], "Ret" : 100 }\n\0`),
    message(1043, `{ "NetWork.Wifi" : { "Keys" : [ "${s[4]}", "x]${s[5]}" ], "SSID" : "home" } }\n\0`),
    message(1043, `{ "NetWork.Wifi" : { "keys " : { "a" : { "b" : "${s[6]}" } }, "Ret" : 100 } }`),
    message(1001, `{ "AdminToken" : "a\\"${s[7]}", "DDNSKey": "${s[8]}\\\\", "Ret" : 100 }`),
    message(1040, `{ "Json" : "{\\"PassWord\\":\\"${s[9]}\\"}", "CommunicateKey" : "${s[10]}" }`),
    message(1040, `{ "Pass\\u0057ord" : "${s[11]}", "EnableKey" : 1${s[12]} }`),
    // Cut inside the string; and, as the last, without an end.
    message(1040, `{ "Name" : "x, "PassWord" : "${s[13]} }`),
    message(1000, `{ "PassWord" :\n\t"${s[14]}`),
  ];
}

/** A conversation that says all of them, in segments of a few bytes. */
const SPLIT = write(
  'split.pcapng',
  new TcpConversation().client(...pieces(Buffer.concat(bodies()), 7)).bytes(),
);
const NUMBERS = bodies().map((_, i) => String(i + 1));

function shown(output: string, secrets: readonly string[]): string[] {
  const hexless = output.replace(/^ {2}[0-9a-f]{6} .*$/gm, '');
  return secrets.filter((secret) => {
    const bytes = Buffer.from(secret).toString('hex').replace(/../g, '$& ').trim();
    // In a hex dump a secret may lie across two rows; its halves do not.
    const hex = output.replace(/^ {2}[0-9a-f]{6} {2}(.{49}) .*\n/gm, '$1').replace(/ +/g, ' ');
    return hexless.includes(secret) || output.includes(secret) || hex.includes(bytes);
  });
}

describe('no output of the samples shows a password:', () => {
  it.each([
    ['summary'],
    ['summary', '--json'],
    ['flows', '--json', '--digest'],
    ['messages', '--body'],
    ['messages', '--json', '--body'],
    ['messages', '--fields', 'dvrip.number,dvrip.body'],
  ])('%s %s %s', (...command) => {
    const { stdout, code } = dvrscope([...command, ...samples()]);
    expect(shown(stdout, SAMPLE_SECRETS)).toEqual([]);
    expect(code).toBe(0);
    expect(stdout.includes('‹redacted›')).toBe(command.some((word) => word.includes('body')));
  });

  it('show and follow', () => {
    const login = sample('login-and-keepalive');
    const { stdout } = dvrscope(['show', login, '1']);
    expect(stdout).toContain('"PassWord": "‹redacted›"');
    expect(stdout).toContain('** ** **');
    expect(shown(stdout, SAMPLE_SECRETS)).toEqual([]);
    const followed = dvrscope(['follow', login, '--flow', '1']).stdout;
    expect(followed).toContain('"PassWord" : "‹redacted›"');
    expect(shown(followed, SAMPLE_SECRETS)).toEqual([]);
    for (const { flow } of flowRecords([sample('discovery')]).records) {
      const seen = dvrscope(['follow', sample('discovery'), '--flow', String(flow)]).stdout;
      expect(shown(seen, SAMPLE_SECRETS)).toEqual([]);
    }
  });

  it('with --show-secrets they are there', () => {
    const login = sample('login-and-keepalive');
    for (const command of [
      ['messages', '--body'],
      ['messages', '--json', '--body'],
      ['follow', '--flow', '1'],
    ]) {
      expect(dvrscope([...command, login, '--show-secrets']).stdout).toContain('tlJwpbo6');
    }
    const { stdout } = dvrscope(['show', login, '1', '--show-secrets']);
    expect(stdout).toContain('"PassWord": "tlJwpbo6"');
    expect(stdout).not.toContain('**');
    expect(dvrscopeBytes(['follow', login, '--flow', '1', '--raw']).includes('tlJwpbo6')).toBe(true);
  });
});

describe('a secret in an unusual place, over several segments, is hidden in', () => {
  it('the capture holds all of them', () => {
    const whole = dvrscope(['follow', SPLIT, '--flow', '1', '--show-secrets']).stdout;
    expect(SECRETS.filter((secret) => !whole.includes(secret))).toEqual([]);
    expect(messageRecords([SPLIT]).records).toHaveLength(NUMBERS.length);
    expect(readFileSync(SPLIT).includes(String(SECRETS[0]))).toBe(false);
  });

  it('follow', () => {
    const { stdout } = dvrscope(['follow', SPLIT, '--flow', '1']);
    expect(shown(stdout, SECRETS)).toEqual([]);
    for (const harmless of ['"UserName" : "admin"', '"SSID" : "home"', '"SessionID":"0x0000000B"']) {
      expect(stdout).toContain(harmless);
    }
  });

  it('show', () => {
    for (const number of NUMBERS) {
      const { stdout, code } = dvrscope(['show', SPLIT, number]);
      expect(shown(stdout, SECRETS)).toEqual([]);
      expect(stdout).toContain('** **');
      expect(code).toBe(0);
    }
  });

  it('messages, as text, JSON and fields', () => {
    for (const options of [['--body'], ['--body', '--json'], ['--fields', 'dvrip.body']]) {
      const { stdout } = dvrscope(['messages', SPLIT, ...options]);
      expect(shown(stdout, SECRETS)).toEqual([]);
      expect(stdout).toContain('home');
    }
  });

  it('filters: a body cannot be searched for what it hides', () => {
    const filter = SECRETS.map((secret) => `dvrip.body contains "${secret}"`).join(' or ');
    expect(messageRecords([SPLIT, '-Y', filter]).records).toEqual([]);
    expect(messageRecords([SPLIT, '-Y', filter, '--show-secrets']).records.length).toBeGreaterThan(8);
  });
});
