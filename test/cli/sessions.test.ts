import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { message, TcpConversation } from './conversation.ts';
import { dvrscope, isMissing, lines, sample, samples, scratchDirectory } from './dvrscope.ts';
import { messageRecords, sessionRecords, summaryRecord } from './records.ts';

const write = scratchDirectory();

describe('sessions --json', () => {
  it('prints a record of the published form for each session of every sample', () => {
    for (const path of samples()) {
      const { code, stderr, records } = sessionRecords([path]);
      expect([code, stderr]).toEqual([0, '']);
      expect(records.map(({ session }) => session)).toEqual(records.map((_, i) => i + 1));
      const { sessions, refusedLogins } = summaryRecord([path]).record;
      expect(records.length).toBe(sessions + refusedLogins);
      expect(records.filter(({ state }) => state === 'refused').length).toBe(refusedLogins);
    }
  });

  it('counts the messages that `messages` gives to the session, and those before its login', () => {
    const path = sample('two-clients');
    const { records } = sessionRecords([path]);
    const { records: messages } = messageRecords([path]);
    for (const { session, messages: count } of records) {
      const assigned = messages.filter((one) => one.session === session).length;
      // The login request has no id yet.
      expect(count).toBe(assigned + 1);
    }
  });
});

describe('sessions', () => {
  it('lists who logged in, how it ended, and the streams', () => {
    const { stdout } = dvrscope(['sessions', sample('two-clients')]);
    expect(stdout).toMatch(
      /1 {2}0x0000000B {2}192\.0\.2\.20:50124 {2}192\.0\.2\.10:34567 {2}admin {2}logged-out/,
    );
    expect(stdout).toContain('monitor, channel 1, Extra1, h264 176x144');
    expect(dvrscope(['sessions', sample('login-refused')]).stdout).toContain(
      'login refused: 203 WRONG_PASSWORD',
    );
  });

  it('says so where there are none', () => {
    expect(dvrscope(['sessions', sample('discovery')]).stdout).toBe('No sessions.\n');
  });

  it('shows a name from the capture as text, whatever it does to a terminal', () => {
    const login = message(1000, '{"UserName":"\\u001b[2J\\nroot"}\n', { sessionId: 0 });
    const reply = message(1001, '{"Ret":100,"SessionID":"0x0000000B"}\n\0');
    const path = write('name.pcapng', new TcpConversation().client(login).device(reply).bytes());
    const { stdout } = dvrscope(['sessions', path]);
    expect(stdout).toContain('\\x1b[2J\\x0aroot');
    expect(stdout).not.toContain('\u001b');
    expect(sessionRecords([path]).records[0]?.user).toBe('\u001b[2J\nroot');
  });

  it('are counted in the summary, refused logins beside them', () => {
    expect(dvrscope(['summary', sample('login-refused')]).stdout).toMatch(/Sessions +0; 3 logins refused/);
    expect(dvrscope(['summary', sample('upgrade')]).stdout).toMatch(/Sessions +2 \(1 cut, 1 logged-out\)/);
  });
});

describe('sessions --ladder', () => {
  it('draws a column for each socket and a line for each message, runs of media as one', () => {
    const path = sample('two-clients');
    const drawn = lines(dvrscope(['sessions', path, '--ladder', '1']).stdout);
    expect(drawn[1]).toMatch(/Time +No\. +flow 1 {2}192\.0\.2\.20:50124 +flow 2 {2}192\.0\.2\.20:50125/);
    const said = drawn.slice(2).map((line) => line.replace(/^ *[\d.]+ +\d+ +/, '').trim());
    expect(said[0]).toMatch(/^──▶ 1000 LOGIN_REQ +│$/);
    expect(said[1]).toMatch(/^◀── 1001 LOGIN_RSP 100 OK \([\d.]+ ms\) +│$/);
    const { records } = messageRecords([path]);
    const media = records.filter((one) => one.session === 1 && one.id === 1412).length;
    expect(said.find((line) => line.includes('1412'))).toContain(`◀── 1412 MONITOR_DATA × ${media} in`);
  });

  it('folds keepalives with their count', () => {
    const { stdout } = dvrscope(['sessions', sample('login-and-keepalive'), '--ladder', '1']);
    expect(stdout).toMatch(/──▶ 1006 KEEPALIVE_REQ × 4 in/);
    expect(stdout).toMatch(/◀── 1007 KEEPALIVE_RSP × 4 in/);
  });

  it('heads each column with the end that opened the socket, the device in active registration', () => {
    const { stdout } = dvrscope(['sessions', sample('active-registration'), '--ladder', '1']);
    expect(lines(stdout)[0]).toMatch(/^Session 1, client 192\.0\.2\.20:34567 /);
    expect(lines(stdout)[1]).toMatch(/flow 1 {2}192\.0\.2\.10:\d+ +flow 2 {2}192\.0\.2\.10:\d+$/);
    expect(stdout).toMatch(/◀── 1000 LOGIN_REQ/);
  });

  it('draws a refused login', () => {
    const { stdout } = dvrscope(['sessions', sample('login-refused'), '--ladder', '2']);
    expect(
      lines(stdout)
        .map((line) => line.trim().split(/ +/).slice(2).join(' '))
        .slice(2),
    ).toEqual(['──▶ 1000 LOGIN_REQ', expect.stringMatching(/^◀── 1001 LOGIN_RSP 205 USER_LOCKED/)]);
  });

  it('needs a session that is there', () => {
    const { code, stdout, stderr } = dvrscope(['sessions', sample('two-clients'), '--ladder', '9']);
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      'dvrscope: no session 9: the capture has 2 sessions, numbered from 1\n',
    ]);
    expect(dvrscope(['sessions', sample('two-clients'), '--ladder', '0']).code).toBe(2);
    expect(dvrscope(['sessions', sample('two-clients'), '--ladder', '1', '--json']).code).toBe(2);
    expect(dvrscope(['sessions', sample('two-clients'), '--svg']).stderr).toBe(
      'dvrscope: --svg draws a ladder: it needs --ladder N\n',
    );
  });

  it('is an SVG that stands alone', () => {
    for (const path of samples()) {
      const { stdout, code } = dvrscope(['sessions', path, '--ladder', '1', '--svg']);
      if (code !== 0) continue;
      expect(stdout.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
      expect(stdout).not.toMatch(/href|<script|<image|@import|url\(/);
    }
  });

  it.skipIf(isMissing('xmllint'))(
    'is well-formed to xmllint, with an arrow for each line of the text',
    () => {
      const path = sample('monitor-two-sockets');
      const svg = dvrscope(['sessions', path, '--ladder', '1', '--svg']).stdout;
      const checked = spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: svg });
      expect([checked.status, checked.stderr.toString()]).toEqual([0, '']);
      const counted = spawnSync('xmllint', ['--xpath', 'count(//*[local-name()="path"])', '-'], {
        input: svg,
      });
      const drawn = lines(dvrscope(['sessions', path, '--ladder', '1']).stdout).length - 2;
      expect(Number(counted.stdout.toString())).toBe(drawn);
    },
  );
});

describe('the filter', () => {
  it('knows the session, the request and the response time of a message', () => {
    const path = sample('two-clients');
    const { records } = messageRecords([path, '-Y', 'dvrip.session_number == 2 && dvrip.response_time >= 0']);
    expect(records.length).toBe(sessionRecords([path]).records[1]?.exchanges.answered);
    for (const { replyTo, id } of records) {
      const [request] = messageRecords([path, '-Y', `dvrip.number == ${replyTo}`]).records;
      expect(request?.id).toBe(id - 1);
      expect(
        messageRecords([path, '-Y', `dvrip.reply_to == ${replyTo}`]).records.map((one) => one.id),
      ).toEqual([id]);
    }
  });
});

describe('show', () => {
  it('tells which message is answered, and after how long', () => {
    const path = sample('two-clients');
    const { records } = messageRecords([path]);
    const reply = records.find(({ id }) => id === 1414);
    const request = records.find(({ id }) => id === 1413);
    expect(reply?.replyTo).toBe(request?.number);
    const { stdout } = dvrscope(['show', path, String(reply?.number)]);
    expect(stdout).toMatch(new RegExp(`Answers +message ${request?.number}, [\\d.]+ ms after it`));
  });
});
