import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LocalModel } from '../../src/dashboard/model/local-model.ts';
import { message, TcpConversation } from '../cli/conversation.ts';
import { type HarnessOptions, Session, sample } from './screen-harness.ts';

const HOSTILE = '\x1b[2J\x1b]0;owned\x07\u202e\u2066{red-fg}{bold}{/}\u009b31m\u200b\r\b';
const CHANNELS = ['大门', '停车场 北', 'Lager', '一楼走廊'];

let folder = '';
let hostile = '';
let chinese = '';
let session: Session | undefined;

/** A login and what a device says after it. */
function conversation(user: string, ...said: readonly unknown[]): TcpConversation {
  const talk = new TcpConversation()
    .client(
      message(
        1000,
        JSON.stringify({ EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: 'x', UserName: user }),
        { sessionId: 0 },
      ),
    )
    .device(
      message(
        1001,
        JSON.stringify({
          AliveInterval: 20,
          ChannelNum: 4,
          DeviceType: user,
          Ret: 100,
          SessionID: '0x0000000B',
        }),
      ),
    );
  for (const [i, body] of said.entries()) {
    talk.client(
      message(1048, JSON.stringify({ Name: 'ChannelTitle', SessionID: '0x0000000B' }), { sequence: i + 1 }),
    );
    talk.device(message(1049, JSON.stringify(body), { sequence: i + 1 }));
  }
  return talk;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-test-'));
  hostile = join(folder, `field${HOSTILE.replaceAll('/', '')}.pcapng`);
  writeFileSync(
    hostile,
    conversation(HOSTILE, {
      Name: HOSTILE,
      [HOSTILE]: [HOSTILE],
      ChannelTitle: ['{bold}', '🟢', '\u0e33\u0301'],
      Ret: 100,
    }).bytes(),
  );
  chinese = join(folder, '现场.pcapng');
  writeFileSync(
    chinese,
    conversation('管理员', {
      ChannelTitle: CHANNELS,
      Name: 'ChannelTitle',
      Ret: 100,
      SessionID: '0x0000000B',
    }).bytes(),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(async () => {
  await session?.close();
  session = undefined;
});

async function open(path: string, options: HarnessOptions = {}): Promise<Session> {
  session = await Session.open([path], options);
  return session;
}

const ESC = '\x1b';
/** Every escape sequence that the dashboard itself has use for. */
const OWN = new RegExp(`${ESC}(?:\\[[?>]?[\\d;]*[A-Za-z]|[78=>]|\\([B0]|\\]0;test\x07)`, 'g');

describe('bytes that would steer a terminal never leave', () => {
  it('on no panel, in no dialog', async () => {
    const dashboard = await open(hostile, { columns: 140 });
    await dashboard.sees('\\x1b[2J');
    for (const keys of [
      ['2'],
      ['3'],
      ['3', 'Enter'],
      ['Esc', '4'],
      ['G', 'Enter'],
      ['G', 'Up', 'Up'],
      ['r', 'q', 'Space', 'Up', 'Space', 'c'],
      ['q', '1', 'Enter'],
      ['q', 's', 'Esc', '/', 'x', 'Enter'],
      ['4', 'f', 'x', 'Enter', 'Esc', 'm', 'Esc', '?'],
    ]) {
      await dashboard.press(...keys);
      await dashboard.settled();
    }
    const left = dashboard.tty
      .sent()
      .replace(OWN, '')
      .replace(/[\r\n]/g, '');
    const unsafe = [...left].filter((character) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(character));
    expect(unsafe.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
    expect(dashboard.tty.sent()).not.toContain('owned\x07');
  });

  it('and tags of blessed are text like any other', async () => {
    const dashboard = await open(hostile, { columns: 160 });
    await dashboard.press('4', 'G', 'Enter');
    await dashboard.sees('{red-fg}{bold}{/}', '\\x1b[2J', '\\u202e');
    await dashboard.sees('"{bold}"');
  });

  it('characters whose width terminals dispute are replaced, so that what follows stays in its column', async () => {
    const dashboard = await open(hostile, { columns: 160, rows: 60 });
    await dashboard.press('4', 'G', 'Enter');
    await dashboard.sees('"{bold}"');
    await dashboard.settled();
    const rows = dashboard.tty.lines();
    const y = rows.findIndex((row) => row.trimStart().startsWith('"{bold}"'));
    expect(rows[y + 1]).toMatch(/^ *"\ufffd ",/);
    const separator = dashboard.tty.columnOf(y, '│');
    expect(separator).toBeGreaterThan(20);
    for (const row of [y + 1, y + 2]) expect(dashboard.tty.columnOf(row, '│')).toBe(separator);
  });
});

describe('Chinese text', () => {
  it('stands in its columns', async () => {
    const dashboard = await open(chinese, { columns: 140 });
    await dashboard.sees('管理员', '现场.pcapng');
    await dashboard.settled();
    const rows = dashboard.tty.lines();
    const title = rows.findIndex((row) => row.includes('User'));
    expect(dashboard.tty.columnOf(title + 1, '管理员')).toBe(dashboard.tty.columnOf(title, 'User'));
    const right = dashboard.tty.columnOf(title, 'Time') + 'Time'.length;
    expect(dashboard.tty.columnOf(title + 1, ' ms') + ' ms'.length).toBe(right);
  });

  it('of channel titles is shown, cut between characters, and the pane beside it does not move', async () => {
    const dashboard = await open(chinese, { columns: 120 });
    await dashboard.press('4', 'G', 'Enter');
    await dashboard.sees(...CHANNELS.map((channel) => `"${channel}"`));
    await dashboard.settled();
    const rows = dashboard.tty.lines();
    const y = rows.findIndex((row) => row.includes('大门'));
    const columns = [0, 1, 2, 3].map((i) => dashboard.tty.columnOf(y + i, '│'));
    expect(new Set(columns).size).toBe(1);
    expect(columns[0]).toBeGreaterThan(20);
  });

  it('is typed into a filter and found', async () => {
    const dashboard = await open(chinese);
    await dashboard.press('4', 'f');
    await dashboard.type('dvrip.body contains "停车场"');
    await dashboard.sees('停车场');
    await dashboard.press('Enter');
    await dashboard.sees('1 of 1', 'CONFIG_CHANNELTITLE_GET_RSP');
  });
});

describe('the screen', () => {
  it.each([
    [80, 24],
    [100, 30],
    [200, 60],
    [300, 100],
  ])('of %i × %i shows every panel, nothing beyond its edge', async (columns, rows) => {
    const dashboard = await open(sample('monitor-two-sockets'), { columns, rows });
    await dashboard.sees('logged-out');
    for (const [keys, sign] of [
      [['Enter'], 'LOGIN_REQ'],
      [['q', '2'], 'control'],
      [['3'], 'body/session-form'],
      [['3', 'Enter'], 'Header  session id'],
      [['q', '4'], 'MONITOR_CLAIM'],
      [['5'], 'Bit rate'],
      [['?'], 'Everywhere'],
    ] as const) {
      await dashboard.press(...keys);
      await dashboard.sees(sign, 'dvrscope  capture.pcapng', 'dropped 0');
      const lines = dashboard.tty.lines();
      expect(lines).toHaveLength(rows);
      expect(lines.at(-1)).toMatch(/Esc Back|q Quit|\? Help/);
    }
  });

  it('follows the terminal when that changes its size', async () => {
    const dashboard = await open(sample('monitor-two-sockets'), { columns: 160, rows: 40 });
    await dashboard.press('4');
    await dashboard.sees('Session id');
    await dashboard.resize(80, 24);
    await dashboard.sees('LOGIN_REQ');
    expect(dashboard.tty.text()).not.toContain('Session id');
    await dashboard.resize(30, 8);
    await dashboard.sees('The dashboard needs');
    await dashboard.resize(160, 40);
    await dashboard.sees('Session id', 'dropped 0');
  });

  it('has no colours where none are wanted', async () => {
    const dashboard = await open(sample('monitor-two-sockets'), { coloured: false });
    await dashboard.sees('logged-out');
    await dashboard.press('4', '5');
    await dashboard.sees(/[\u2801-\u28ff]{20}/);
    await dashboard.press('3', 'Enter');
    await dashboard.sees('magic');
    const parameters = [...dashboard.tty.sent().matchAll(new RegExp(`${ESC}\\[([\\d;]*)m`, 'g'))].flatMap(
      ([, list = '']) => list.split(';'),
    );
    expect(parameters.filter((value) => Number(value) >= 30)).toEqual([]);
    expect(parameters).toContain('7');
  });

  it('takes the mouse: a click moves the cursor, a second one opens, the wheel scrolls, tabs and footer are pressed', async () => {
    const dashboard = await open(sample('monitor-two-sockets'), { rows: 20 });
    const click = async (x: number, y: number, button = 0) => {
      await dashboard.press(`\x1b[<${button};${x + 1};${y + 1}M`, `\x1b[<${button};${x + 1};${y + 1}m`);
      await dashboard.settled();
    };
    await dashboard.sees('4 Messages 181');
    await click(dashboard.tty.columnOf(2, 'Messages'), 2);
    await dashboard.sees('1 of 21');
    await click(40, 8);
    await dashboard.sees('5 of 21', 'CONFIG_CHANNELTITLE_GET');
    await click(40, 8);
    await dashboard.sees('Message 5', 'Header  session id');
    await dashboard.press('q');
    await click(40, 8, 65);
    await click(40, 8, 65);
    await dashboard.sees('LOGOUT_RSP');
    await click(dashboard.tty.columnOf(19, 'Help'), 19);
    await dashboard.sees('Everywhere');
  });

  it('says why when the analysis breaks', async () => {
    class Breaking extends LocalModel {
      override onBroken(listener: (message: string) => void): void {
        setTimeout(() => listener('made to break'), 50);
      }
    }
    const model = new Breaking({ paths: [sample('alarms')], temporaryFolder: tmpdir() });
    session = await Session.on(model, [sample('alarms')]);
    await session.settled();
    await session.until(() => session?.left !== undefined, 'the dashboard to be left');
    expect(session.left).toEqual({ error: 'made to break' });
  });

  it('stops reading with Esc, and leaves with q, F10 and Ctrl-C', async () => {
    const dashboard = await open(sample('alarms'));
    await dashboard.sees('logged');
    await dashboard.press('Esc');
    await dashboard.sees('q leaves');
    expect(dashboard.left).toBeUndefined();
    await dashboard.press('q');
    await dashboard.settled();
    expect(dashboard.left).toEqual({ error: undefined });
    for (const key of ['F10', 'C-c']) {
      await session?.close();
      const next = await open(sample('alarms'));
      await next.press('4', 'f', key);
      await next.settled();
      expect(next.left).toEqual({ error: undefined });
    }
  });
});
