import { afterEach, describe, expect, it } from 'vitest';
import { type HarnessOptions, Session, sample } from './screen-harness.ts';

let session: Session | undefined;

async function open(name: string, options: HarnessOptions = {}): Promise<Session> {
  session = await Session.open([sample(name)], options);
  return session;
}

afterEach(async () => {
  await session?.close();
  session = undefined;
});

describe('the lists', () => {
  it('sessions are home: state, ends, user, model, messages, findings; what was lost is said at the top', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.sees(
      'logged-out',
      '192.0.2.20:50124',
      '192.0.2.10:34567',
      'admin',
      'HVR',
      / \d+ (?:note|error)s?/,
    );
    await dashboard.sees('273 packets, 181 messages', 'gaps 0', 'dropped 0', 'capture.pcapng', '1 of 1');
    await dashboard.sees(/1 Sessions 1 +2 Flows 2 +3 Findings \d+ +4 Messages 181 +5 Streams 1/);
  });

  it('flows say role, state, bytes both ways, gaps; Tab and numbers go from list to list', async () => {
    const dashboard = await open('loss-and-reordering');
    await dashboard.press('Tab');
    await dashboard.sees('control', 'media', 'closed', 'Received');
    await dashboard.sees(/\d \(\d+(\.\d)? kB\)/);
    await dashboard.press('BackTab');
    await dashboard.sees('logged-out');
    await dashboard.press('2');
    await dashboard.sees('Received');
  });

  it('findings are sorted by severity; Enter goes to the very line of the message', async () => {
    const dashboard = await open('configuration-get-set');
    await dashboard.press('3');
    await dashboard.sees('body/session-form', 'body/unknown-key', /1 of \d\d/, 'Severity▼');
    await dashboard.press('/');
    await dashboard.type('unknown-key');
    await dashboard.press('Enter');
    await dashboard.sees('body/unknown-key at');
    await dashboard.press('Enter');
    await dashboard.sees(
      'Message 27',
      'CONFIG_SET',
      '/General',
      'note body/unknown-key: the key "General.Nothing" is not known',
    );
    await dashboard.press('Esc');
    await dashboard.sees('body/unknown-key at');
  });

  it('findings are counted by rule, and a rule opens its findings', async () => {
    const dashboard = await open('configuration-get-set');
    await dashboard.press('3', 'x');
    await dashboard.sees(/note +13 +body\/session-form/);
    await dashboard.press('/');
    await dashboard.type('json-habit');
    await dashboard.press('Enter');
    await dashboard.settled();
    await dashboard.press('Enter');
    await dashboard.sees('filter: body/json-habit', '1 of 1', 'JSON but for a habit');
  });

  it('messages are folded into runs, and x shows each', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('4');
    await dashboard.sees(/1412 MONITOR_DATA .*× 161 in 4\.2 s 155 kB/, '1 of 21');
    await dashboard.press('x');
    await dashboard.sees('1 of 181', 'every message has its row');
    await dashboard.press('G');
    await dashboard.sees('181 of 181', 'LOGOUT_RSP');
    await dashboard.press('g');
    await dashboard.sees('1 of 181', 'LOGIN_REQ');
  });

  it('times are shown since the start, of the day, or since the row above', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('4');
    await dashboard.sees('0.009271');
    await dashboard.press('w');
    await dashboard.sees('07:17:08.677830', 'UTC');
    await dashboard.press('w');
    await dashboard.sees('0.002633', 'Since above');
  });

  it('streams have charts of bit rate and frame rate below', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('5');
    await dashboard.sees('monitor', 'h264 352×288', 'Bit rate, kbit/s', 'Video frames a second');
    // blessed-contrib is loaded with the first chart; it draws in braille.
    await dashboard.sees(/[\u2801-\u28ff]{20}/);
    await dashboard.press('Enter');
    await dashboard.sees('Stream 1', '3 key frames', 'Stalls', '12.0 of 12 fps', /[\u2801-\u28ff]{20}/);
    await dashboard.press('q', '1');
    await dashboard.until((screen) => !/[\u2801-\u28ff]/.test(screen), 'the charts to be gone');
  });

  it('are sorted by any column, backwards too, and the cursor stays on its row', async () => {
    const dashboard = await open('two-clients');
    await dashboard.press('2');
    await dashboard.sees('No▲', '1 of 4');
    await dashboard.press('z');
    await dashboard.sees('No▼', '4 of 4');
    await dashboard.press('>');
    await dashboard.sees(/Role▲/);
    // Round to the last column, which is shown though there was no room for it before.
    await dashboard.press('<', '<');
    await dashboard.sees(/Time▲/);
  });
});

describe('a session', () => {
  it('is a ladder with a lane for each socket, response times, folded runs, findings in the margin', async () => {
    const dashboard = await open('monitor-two-sockets', { columns: 160 });
    await dashboard.sees('admin');
    await dashboard.press('Enter');
    await dashboard.sees('client ─ flow 1', 'client ─ flow 2', 'logged-out, user admin, HVR, 4 channels');
    await dashboard.sees(
      /── LOGIN_REQ ─+▶/,
      /◀─ LOGIN_RSP 100 OK \(2\.6 ms\) ─/,
      /◀╌ MONITOR_DATA × 161 in 4\.2 s 155 kB/,
    );
    await dashboard.sees(/0\.011853 · ◀─ SYSINFO_RSP/);
  });

  it('shows the message under the cursor beside it, and Tab moves into that', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.sees('admin');
    await dashboard.press('Enter', 'Down');
    await dashboard.sees('1001 LOGIN_RSP  section §6.2.1', '"ChannelNum": 4', '2 of 21');
    await dashboard.press('Tab', 'Down', 'Down');
    await dashboard.sees('2 of 21');
    await dashboard.press('Tab', 'Down');
    await dashboard.sees('3 of 21', '1020 SYSINFO_REQ');
  });

  it('shows the lane of the message under the cursor where there is no room for all', async () => {
    const dashboard = await open('monitor-two-sockets', { columns: 44, rows: 30 });
    await dashboard.sees('logged-out');
    await dashboard.press('Enter');
    await dashboard.sees('flow 1', 'LOGIN_REQ');
    for (let i = 0; i < 10; i++) await dashboard.press('Down');
    await dashboard.sees('flow 2', 'MONITOR_CLAIM');
  });

  it('leads to its findings, and to its messages as a list', async () => {
    const dashboard = await open('configuration-get-set');
    await dashboard.sees('1 of 2');
    await dashboard.press('Down', 'i');
    await dashboard.sees('Findings of session 2', 'body/session-form');
    await dashboard.until((screen) => !screen.includes('body/unknown-key'), 'only those of session 2');
    await dashboard.press('q', 'v');
    await dashboard.sees('Messages of session 2', '1 of 6', 'LOGIN_REQ');
  });

  it('hides kinds of messages, here only', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.sees('admin');
    await dashboard.press('Enter');
    await dashboard.sees('1 of 21');
    await dashboard.press('m');
    await dashboard.sees('Kinds of messages', '[x]  1000 LOGIN_REQ, 1');
    await dashboard.press('Space');
    await dashboard.sees('[ ]  1000 LOGIN_REQ, 1', 'kinds are hidden');
    await dashboard.press('Enter');
    await dashboard.sees('of 20', '1 kinds hidden');
    await dashboard.press('Esc', '4');
    await dashboard.sees('1 of 21');
  });
});

describe('a message', () => {
  it('has header fields, JSON, what the schema says of the key under the cursor, and hex with its bytes lit', async () => {
    const dashboard = await open('configuration-get-set', { columns: 160 });
    await dashboard.press('4', 'Enter');
    await dashboard.sees(
      '1000 LOGIN_REQ',
      'magic',
      '"LoginType": "DVRIP-Web"',
      '7b 20 22 45 6e 63 72 79 70 74',
    );
    await dashboard.press('/');
    await dashboard.type('logintype');
    await dashboard.press('Enter');
    await dashboard.sees('/LoginType', 'text: kind of client; DVRIP-Web');
    await dashboard.settled();
    // The bytes of `"LoginType" : "DVRIP-Web"` are lit: inverse, in another colour.
    const { active } = dashboard.tty.emulator.buffer;
    const y = dashboard.tty.lines().findIndex((line) => line.includes('70 65 22 20 3a 20 22 44'));
    const x = dashboard.tty.columnOf(y, '70 65 22 20 3a');
    const lit = active.getLine(y)?.getCell(x);
    expect(lit?.isInverse()).toBeTruthy();
    const dark = active.getLine(y - 3)?.getCell(x);
    expect(dark?.isInverse()).toBeFalsy();
  });

  it('is long: keys typed before it is there are not lost, and a line that was cut is written out below', async () => {
    const dashboard = await open('configuration-get-set', { columns: 60, rows: 24 });
    await dashboard.press('4');
    for (let i = 0; i < 11; i++) await dashboard.press('Down');
    await dashboard.press('Enter', 'G', 'Up', 'Up', 'Up');
    await dashboard.sees('Message 12', '"Ret": 100');
    await dashboard.press('g', 'Down', 'Down');
    await dashboard.sees('07:16:40.739416 UTC, 0.058189 s after the fi…', '\nfirst packet');
  });

  it('never shows a password, in no form', async () => {
    const dashboard = await open('configuration-get-set', { columns: 160 });
    await dashboard.press('4', 'Enter');
    await dashboard.sees('‹redacted›', '** ** ** ** ** ** ** **', '"********"');
  });

  it('folds an object, and opens it for a search', async () => {
    const dashboard = await open('configuration-get-set');
    await dashboard.press('4', 'Down', 'Down', 'Down', 'Enter');
    await dashboard.sees('SYSINFO_RSP', '"BuildTime"');
    await dashboard.press('/');
    await dashboard.type('"systeminfo": {');
    await dashboard.press('Enter', 'Left');
    await dashboard.until((screen) => !screen.includes('"BuildTime"'), 'the object to be folded');
    await dashboard.sees('"SystemInfo": { …');
    await dashboard.press('/', 'C-u');
    await dashboard.type('buildtime');
    await dashboard.press('Enter');
    await dashboard.sees('"BuildTime"');
  });

  it('leads to its answer and back', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('4', 'Enter');
    await dashboard.sees('Answer         message 2 LOGIN_RSP 2.6 ms later');
    await dashboard.press('/');
    await dashboard.type('answer  ');
    await dashboard.press('Enter', 'Enter');
    await dashboard.sees('Messages › Message 1 › Message 2', 'Answers        message 1 LOGIN_REQ');
    await dashboard.press('q', 'q');
    await dashboard.sees('1 of 21');
  });

  it('of media is read again from the file', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('4');
    await dashboard.sees('MONITOR_DATA');
    await dashboard.press('/');
    await dashboard.type('monitor_data');
    await dashboard.press('Enter');
    await dashboard.sees('15 of 21');
    await dashboard.press('Enter');
    await dashboard.sees('00 00 01 fc', 'Body, its first');
  });

  it('switches to hex on a narrow screen', async () => {
    const dashboard = await open('monitor-two-sockets', { columns: 80, rows: 24 });
    await dashboard.press('4', 'Enter');
    await dashboard.sees('Header  session id');
    await dashboard.press('r');
    await dashboard.sees('Header bytes', 'Body bytes', '000010  64 00 00 00');
    await dashboard.press('Tab');
    await dashboard.sees('Header  session id');
    // The fields of the header are folded where there is little room.
    await dashboard.press('/');
    await dashboard.type('header  ');
    await dashboard.press('Enter', 'Right');
    await dashboard.sees('magic');
  });
});

describe('a comparison', () => {
  it('shows two marked messages side by side with a sign at each line that differs', async () => {
    const dashboard = await open('configuration-get-set');
    await dashboard.press('4');
    await dashboard.sees('1 of 36');
    await dashboard.press('c');
    await dashboard.sees('mark two messages with Space first');
    await dashboard.press('Down', 'Down', 'Space', 'Down', 'Space', 'c');
    await dashboard.sees(
      'Messages 3 and 5',
      'lines differ',
      '≠ sequence: 2',
      '"SystemInfo"',
      '"StorageInfo"',
    );
    await dashboard.press('n', 'n');
    await dashboard.press('q');
    await dashboard.sees('2 marked');
    await dashboard.press('u');
    await dashboard.until((screen) => !screen.includes('marked'), 'the marks to be gone');
  });

  it('shows two marked sessions message by message', async () => {
    const dashboard = await open('configuration-get-set');
    await dashboard.sees('1 of 2');
    await dashboard.press('Space', 'Space', 'c');
    await dashboard.sees('Sessions 1 and 2', 'LOGIN_REQ', 'LOGOUT_REQ');
  });
});

it('help lists the keys that are in force, those of the configuration too', async () => {
  const dashboard = await open('alarms', { keys: { save: ['S'] }, rows: 90 });
  await dashboard.press('?');
  await dashboard.sees(
    'Help',
    /S +save packets, messages or a ladder/,
    /q +back; on the first screen leave/,
    'Ctrl-F',
  );
  await dashboard.until((screen) => !/s F2 +save/.test(screen), 'the old key to be gone');
  await dashboard.press('q', 'S');
  await dashboard.sees('Save', 'Format');
});
