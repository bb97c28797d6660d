import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { SaveRequest } from '../../src/dashboard/model/contract.ts';
import { allRows, loadedModel } from '../dashboard/model-harness.ts';
import { Session } from '../dashboard/screen-harness.ts';
import { message, TcpConversation } from './conversation.ts';
import { dvrscope, lines, scratchDirectory } from './dvrscope.ts';
import { messageRecords } from './records.ts';

const write = scratchDirectory();
const folder = mkdtempSync(join(tmpdir(), 'dvrscope-everywhere-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The CommunicateKey of an encrypted session, as it is given on the command line. */
const KEY = 'Hush-Key-0123456';
let made = 0;
const SECRETS: string[] = [];

/** A secret of its own for each place. */
function secret(): string {
  made += 1;
  SECRETS.push(`Hush${made}Hush`);
  return `Hush${made}Hush`;
}

const SessionID = '0x0000000B';

/** Who says what: each with a secret, some where it is expected and some where a rule or a schema stumbles over it. */
const SAID: readonly (readonly [id: number, body: string])[] = [
  [1000, json({ EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: secret(), UserName: 'admin' })],
  [1001, json({ AdminToken: secret(), AliveInterval: 20, DeviceType: 'DVR', Ret: 100, SessionID })],
  [
    1000,
    json({
      EncryptType: 'NONE',
      LoginType: 'X',
      PassWord: secret(),
      UserName: 'admin',
      CommunicateKey: secret(),
    }),
  ],
  [1001, json({ Ret: 100, SessionID, 'Pass Word ': secret(), passwd: [secret()], PWD: { a: secret() } })],
  [1042, json({ Name: 'NetWork.Wifi', SessionID })],
  [
    1043,
    json({
      Name: 'NetWork.Wifi',
      Ret: 100,
      SessionID,
      'NetWork.Wifi': { Keys: secret(), KeyType: 99, SSID: 'home' },
    }),
  ],
  [1042, json({ Name: 'NetWork.NetEmail', SessionID })],
  [
    1043,
    json({
      Name: 'NetWork.NetEmail',
      Ret: 100,
      SessionID,
      'NetWork.NetEmail': { Server: { Password: secret(), Port: 'x' } },
    }),
  ],
  [1042, json({ Name: 'NetWork.Wifi', SessionID })],
  [
    1043,
    json({
      Name: 'NetWork.Wifi',
      Ret: 100,
      SessionID,
      'NetWork.Wifi': { Keys: [secret(), { Keys: secret() }], Password: 1 },
    }),
  ],
  [
    1040,
    `{ "Name" : "System.ExUserMap", "PassWord" : "${secret()}", "PassWord" : "${secret()}", "SessionID" : "${SessionID}" }`,
  ],
  [1041, json({ Name: 'System.ExUserMap', Ret: 100, SessionID })],
  [
    1488,
    `{ EncryptType: 'MD5', "NewPassWord":'${secret()}',, "PassWord":"${secret()}" "SessionID":"${SessionID}"}`,
  ],
  [1489, json({ Ret: 100, SessionID })],
  [1660, json({ Name: 'GetRandomUser', SessionID })],
  [1661, json({ Name: 'GetRandomUser', Ret: 100, SessionID, GetRandomUser: { Info: secret() } })],
  [
    1660,
    json({ Name: 'ChangeRandomUser', SessionID, ChangeRandomUser: { old: { p1: secret() }, new: secret() } }),
  ],
  [1661, json({ Name: 'ChangeRandomUser', Ret: 100, SessionID })],
  [1042, json({ Name: 'Users', SessionID })],
  [1043, json({ Name: 'Users', Ret: 100, SessionID, Users: [{ NoMD5: { any: secret() }, acme: secret() }] })],
  [1472, json({ SessionID })],
  [1473, json({ Ret: 100, SessionID, Users: [{ Name: 'admin', Password: secret(), PasswordV2: secret() }] })],
  [
    1488,
    `{"NewPassWord":"${secret().repeat(200)}","PassWord":"\\u0048${secret()}","SessionID":"${SessionID}"`,
  ],
  [1489, `no JSON "PassWord" : "${secret()}"`],
];

function json(body: object): string {
  return JSON.stringify(body);
}

function conversation(): TcpConversation {
  const talk = new TcpConversation();
  for (const [i, [id, body]] of SAID.entries()) {
    const bytes = message(id, body, { sequence: Math.floor(i / 2), sessionId: i === 0 ? 0 : 0x0b });
    if (id % 2 === 0) talk.client(bytes);
    else talk.device(bytes);
  }
  return talk;
}

const CAPTURE = write('secrets.pcapng', conversation().bytes());

/** The secrets in an output; also as hex, in a dump or in a row, and with the width of a screen between their halves. */
function leaked(output: string): string[] {
  const hex = output
    .replace(/^ {2}[0-9a-f]{6} {2}(.{49}).*\n/gm, '$1')
    .replace(/[\s:]+/g, '')
    .toLowerCase();
  return [...SECRETS, KEY].filter(
    (one) => output.includes(one) || hex.includes(Buffer.from(one).toString('hex')),
  );
}

const NUMBERS = SAID.map((_, i) => String(i + 1));

it('the capture holds them all, and whoever asks for them sees them', () => {
  const shown = NUMBERS.map((number) => dvrscope(['show', CAPTURE, number, '--show-secrets']).stdout).join(
    '',
  );
  expect(SECRETS.length).toBeGreaterThan(18);
  expect(SECRETS.filter((one) => !leaked(shown).includes(one))).toEqual([]);
  expect(messageRecords([CAPTURE]).records).toHaveLength(SAID.length);
});

const COMMANDS = [
  'summary',
  'summary --json',
  'flows',
  'flows --json --digest',
  'sessions',
  'sessions --json',
  'sessions --ladder 1',
  'sessions --ladder 1 --svg',
  'messages',
  'messages --body',
  'messages --json --body',
  'messages --fields dvrip.number,dvrip.body,dvrip.name',
  'follow --flow 1',
  'doctor --json',
  ...['field', 'spec'].flatMap((dialect) =>
    ['text', 'json', 'junit', 'sarif', 'markdown'].map(
      (format) => `check --fail-on never --verbose --dialect ${dialect} --format ${format}`,
    ),
  ),
];

describe('no secret is in', () => {
  it.each(COMMANDS)('%s', (command) => {
    const key = command.startsWith('doctor') ? [] : ['--key', KEY];
    const { stdout, stderr, code } = dvrscope([...command.split(' '), CAPTURE, ...key]);
    expect({ stderr, code, leaked: leaked(stdout) }).toEqual({ stderr: '', code: 0, leaked: [] });
    expect(stdout.length).toBeGreaterThan(200);
  });

  it('show, of any message', () => {
    for (const number of NUMBERS) {
      const { stdout, code } = dvrscope(['show', CAPTURE, number, '--key', KEY]);
      expect([number, code, leaked(stdout)]).toEqual([number, 0, []]);
      expect(stdout.length).toBeGreaterThan(200);
    }
  });

  it.each([
    'live -i - --body --lines',
    'live -i - --body --json',
    'check --live -i - --fail-on never',
    'check --live -i - --fail-on never --format json',
  ])('%s', (command) => {
    const { stdout, stderr, code } = dvrscope([...command.split(' '), '--key', KEY], {
      input: readFileSync(CAPTURE),
    });
    expect([code, leaked(stdout + stderr)]).toEqual([0, []]);
    expect(stdout).toContain('LOGIN_R');
  });

  it('a baseline, a manifest, or what is said of a report', () => {
    const baseline = join(folder, 'baseline.json');
    const report = join(folder, 'report.sarif');
    const out = join(folder, 'out');
    const written = [
      dvrscope(['check', CAPTURE, '--write-baseline', baseline, '-o', report]),
      dvrscope(['extract', CAPTURE, '-o', out]),
    ];
    const texts = [baseline, report, ...readdirSync(out).map((name) => join(out, name))].map((path) =>
      readFileSync(path, 'latin1'),
    );
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) expect(text.length).toBeGreaterThan(20);
    expect(
      leaked([...texts, ...written.flatMap(({ stdout, stderr }) => [stdout, stderr])].join('\n')),
    ).toEqual([]);
  });

  it('an expectation, though it asks for one', () => {
    const path = write(
      'expected.yaml',
      SECRETS.map(
        (one, i) => `- { name: number ${i}, filter: 'dvrip.body contains "${one}"', count: 0 }\n`,
      ).join(''),
    );
    const { stdout } = dvrscope(['check', CAPTURE, '--expect', path, '--fail-on', 'never']);
    expect(stdout).not.toContain('expected 0');
    expect(leaked(stdout)).toEqual([]);
  });

  it('an error about the key', () => {
    for (const wrong of [`${KEY}x`, `${KEY}'\x1b`, '']) {
      const { stderr, code } = dvrscope(['summary', CAPTURE, '--key', wrong]);
      expect(stderr).toContain('--key');
      expect([code, leaked(stderr)]).toEqual([2, []]);
    }
  });

  it.each(['ndjson', 'text', 'svg'] as const)('what the dashboard saves as %s', async (format) => {
    const model = await loadedModel(CAPTURE);
    const [session] = await allRows(model, 'sessions');
    const what: SaveRequest['what'] =
      format === 'svg' ? { what: 'sessions', numbers: [session?.number ?? 0] } : { what: 'all' };
    const path = join(folder, `saved.${format}`);
    expect(await model.save({ what, format, path })).toMatchObject({ kind: 'done' });
    const saved = readFileSync(path, 'utf8');
    expect(lines(saved).length).toBeGreaterThan(10);
    expect(leaked(saved)).toEqual([]);
  });
});

describe('the dashboard', () => {
  let dashboard: Session | undefined;
  afterEach(() => dashboard?.close());

  it('shows no secret on any panel, in no dialog, and finds none', async () => {
    dashboard = await Session.open([CAPTURE], { columns: 220, rows: 70 });
    await dashboard.sees('admin');
    const seen: string[] = [];
    const look = async (...keys: readonly string[]) => {
      await dashboard?.press(...keys);
      await dashboard?.settled();
      seen.push(dashboard?.tty.lines().join('\n') ?? '');
    };
    for (const keys of [['1'], ['Enter'], ['q', '2'], ['3'], ['3', 'Enter'], ['q', '5'], ['q', '4']])
      await look(...keys);
    await look('g', 'Enter');
    for (const _ of SAID) {
      await look('Tab');
      await look('Tab');
      await look('Down');
    }
    await look('q');
    await look('?');
    expect(seen.join('\n')).toContain('‹redacted›');
    expect(leaked(seen.join('\n'))).toEqual([]);
    expect(leaked(dashboard.tty.sent())).toEqual([]);
  });
});
