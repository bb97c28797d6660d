import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checkCaptures, checked, RULE } from './check-runs.ts';
import { message, TcpConversation } from './conversation.ts';
import { dvrscope, lines, sample, shell, startDvrscope } from './dvrscope.ts';

const { write, clean, silent, gap, cut } = checkCaptures();

describe('the exit code', () => {
  it('is 0 where nothing is wrong, and the page says that it passed', () => {
    const { code, stdout, stderr } = dvrscope(['check', clean]);
    expect(stderr).toBe('');
    expect(lines(stdout).at(-1)).toBe('PASS');
    expect(code).toBe(0);
  });

  it('is 1 where an error was found, and the page names rule, message and what to do', () => {
    const { code, stdout, stderr } = dvrscope(['check', silent]);
    expect(stderr).toBe('');
    expect(stdout).toContain(RULE);
    expect(stdout).toContain('1006 KEEPALIVE_REQ from the client');
    expect(stdout).toContain("-Y 'dvrip.number == 5'");
    expect(lines(stdout).at(-1)).toBe('FAIL');
    expect(code).toBe(1);
  });

  it.each([
    ['never', '{}', 0],
    ['error', `{"rules":{"${RULE}":"warning"}}`, 0],
    ['warning', `{"rules":{"${RULE}":"warning"}}`, 1],
    ['warning', `{"rules":{"${RULE}":"note"}}`, 0],
    ['note', `{"rules":{"${RULE}":"note"}}`, 1],
  ])('with --fail-on %s and the configuration %s is %i', (level, config, expected) => {
    const path = write('levels.json', config);
    expect(dvrscope(['check', silent, '--fail-on', level, '--config', path]).code).toBe(expected);
  });

  it('is 2 for a command line that makes no sense, and nothing is read or written', () => {
    const { code, stdout, stderr } = dvrscope(['check', silent, '--fail-on', 'errors']);
    expect(stdout).toBe('');
    expect(stderr).toContain('Allowed choices are error, warning, note, never');
    expect(code).toBe(2);
  });

  it('is 3 for a damaged capture, after what could be read was judged', () => {
    const { code, stdout, stderr } = dvrscope(['check', cut]);
    expect(stderr).toMatch(
      /cut\.pcapng: truncated at byte [\d,]+: .*; \d+ packets before that could be read\n$/,
    );
    expect(stdout).toContain('could not be read to its end');
    expect(lines(stdout).at(-1)).toMatch(/^(?:PASS|FAIL)$/);
    expect(code).toBe(3);
  });

  it('is 3 for what is no capture: text has nothing to say, a report for programs has', () => {
    const path = write('picture.jpg', Buffer.from('ffd8ffe000104a46494600010100', 'hex'));
    expect(dvrscope(['check', path])).toMatchObject({ code: 3, stdout: '' });
    const { code, record } = checked([path]);
    expect(code).toBe(3);
    expect(record.files[0]?.error?.code).toBe('not-a-capture');
    expect(record.verdict).toBe('not-observed');
  });

  it('is 4 where a gate was not met, whatever was found', () => {
    const { code, record } = checked([silent, '--require-coverage', 'MONITOR_REQ, 1000']);
    expect(record.gates).toContainEqual({
      gate: 'coverage',
      met: false,
      detail: 'not seen: 1410 MONITOR_REQ',
    });
    expect(record.verdict).toBe('fail');
    expect(code).toBe(4);
  });

  it('of a gate comes behind that of a damaged input', () => {
    expect(dvrscope(['check', cut, '--require-complete']).code).toBe(3);
  });

  it('is 0 and quiet where nobody takes the report', () => {
    const { stdout, stderr } = shell('$DVRSCOPE check $1 | true; echo $PIPESTATUS', silent);
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });

  it('is 130 after SIGINT, when what was read has been judged and printed', async () => {
    const child = startDvrscope(['check', '-']);
    const output = text(child.stdout);
    child.stdin.write(readFileSync(silent));
    await pause(1000);
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(await output).toContain(RULE);
    expect(code).toBe(130);
  });
});

describe('gates', () => {
  it('--require-complete holds a whole capture for complete, and says what one with a gap lacks', () => {
    expect(dvrscope(['check', clean, '--require-complete']).code).toBe(0);
    const { code, record } = checked([gap, '--require-complete']);
    expect(record.gates).toContainEqual({ gate: 'complete', met: false, detail: '1 gap' });
    expect(record.rules.find(({ id }) => id === RULE)).toMatchObject({ verdict: 'inconclusive' });
    expect(code).toBe(4);
  });

  it('--require-coverage takes ids, names in any letter case, and a file of them with comments', () => {
    expect(dvrscope(['check', clean, '--require-coverage', 'login_req,1006']).code).toBe(0);
    const path = write('wanted.txt', '# the login\n1000, LOGIN_RSP\n\n1006 # sign of life\n');
    expect(dvrscope(['check', clean, '--require-coverage', path]).code).toBe(0);
    const more = write('more.txt', '1000\n1412\n');
    const { code, record } = checked([clean, '--require-coverage', more]);
    expect(record.coverage.missing).toEqual([{ id: 1412, name: 'MONITOR_DATA' }]);
    expect(code).toBe(4);
  });

  it('a configuration can ask for coverage, and the command line for another', () => {
    const config = write('coverage.json', '{"requireCoverage":["MONITOR_DATA",1000]}');
    expect(dvrscope(['check', clean, '--config', config]).code).toBe(4);
    expect(dvrscope(['check', clean, '--config', config, '--require-coverage', '1000']).code).toBe(0);
  });

  it.each([
    ['1000,LOGIN_RQ', "no message is called 'LOGIN_RQ'; did you mean 'LOGIN_REQ'?"],
    ['nowhere.txt', 'and no such file is there'],
    ['70000', 'a message id is at most 65535'],
    [',', 'names no message'],
  ])('a list that makes no sense, %s, is refused before a capture is read', (list, words) => {
    const { code, stdout, stderr } = dvrscope(['check', '/nowhere/field.pcap', '--require-coverage', list]);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('a file of messages is refused with line and column', () => {
    const path = write('wrong.txt', '1000\n  LOGIN_RSP, MONITR_DATA\n');
    const { code, stderr } = dvrscope(['check', clean, '--require-coverage', path]);
    expect(stderr).toContain(
      `${path}:2:14: no message is called 'MONITR_DATA'; did you mean 'MONITOR_DATA'?`,
    );
    expect(code).toBe(2);
  });
});

it('several captures are judged as one', () => {
  const { record } = checked([sample('login-and-keepalive'), silent]);
  expect(record.files).toHaveLength(2);
  expect(record.quality.sessions).toBe(2);
  expect(record.findings.map(({ rule }) => rule)).toContain(RULE);
});

it('-d and the ports of the configuration both expect DVRIP where its content alone would not show it', () => {
  const odd = (devicePort: number) =>
    new TcpConversation({ devicePort }).client(message(64_000, '{ }')).bytes();
  const [one, other] = [write('one.pcapng', odd(8000)), write('other.pcapng', odd(9000))];
  const config = write('ports.json', '{"ports":[9000]}');
  const seen = (...args: readonly string[]) => checked([one, other, ...args]).record.coverage.messages;
  expect(seen()).toBe(0);
  expect(seen('--config', config)).toBe(1);
  expect(seen('--config', config, '-d', 'tcp.port==8000,dvrip')).toBe(2);
});

it('--dialect spec judges by the letter; the configuration can ask for it, and the command line for another', () => {
  const config = write('spec.json', '{"dialect":"spec"}');
  expect(checked([clean, '--dialect', 'spec']).record.dialect).toBe('spec');
  expect(checked([clean, '--config', config]).record.dialect).toBe('spec');
  expect(checked([clean, '--config', config, '--dialect', 'auto']).record.dialect).toBe('field');
});
