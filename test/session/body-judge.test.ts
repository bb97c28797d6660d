import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../dissectors/core/finding.ts';
import { Analysis, type AnalysisOptions } from '../../src/analysis/analysis.ts';
import { jsonBody, type WrittenMessage, writeMessage } from '../support/dvrip-writer.ts';
import { PacketFeed } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';

interface Judged {
  readonly name: string;
  readonly dialect: string;
  readonly valid: boolean;
  readonly encrypted: boolean;
  readonly ret: number | undefined;
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/** What the analysis makes of messages that a client (or the device) says on port 34567. */
function judge(
  said: readonly (WrittenMessage & { readonly device?: true })[],
  options: AnalysisOptions = {},
): readonly Judged[] {
  const socket = new Socket(34_567);
  for (const { device, ...message } of said) {
    if (device === true) socket.device({ version: 1, ...message });
    else socket.client(message);
  }
  return judgeSocket(socket, options);
}

function judgeSocket(socket: Socket, options: AnalysisOptions = {}): readonly Judged[] {
  const judged: Judged[] = [];
  const analysis = new Analysis(options, {
    message: ({ name, dialect, valid, encrypted, ret, content, findings }) => {
      const value = content?.kind === 'json' ? content.value : undefined;
      judged.push({ name, dialect, valid, encrypted, ret, value, findings });
    },
  });
  const feed = new PacketFeed((packet) => analysis.push(packet));
  for (const packet of socket.packets) feed.push(packet);
  analysis.end();
  return judged;
}

function only(said: WrittenMessage & { readonly device?: true }, options: AnalysisOptions = {}): Judged {
  const [message] = judge([said], options);
  if (message === undefined) throw new Error('no message came out');
  return message;
}

const body = (text: string) => Buffer.from(text);
const codes = ({ findings }: Judged) => findings.map(({ code }) => code);

const KEEPALIVE = '{ "Name" : "KeepAlive", "SessionID" : "0x0000000B" }\n';

describe('a body', () => {
  it('that is what its message must carry is valid, without a finding', () => {
    const message = only({ id: 1006, sessionId: 11, body: body(KEEPALIVE) });
    expect(message).toMatchObject({ name: 'KEEPALIVE_REQ', valid: true, findings: [] });
  });

  it('with a wrong member is invalid, and the finding points at its very bytes', () => {
    const text =
      '{ "Name" : "OPMonitor",\n  "OPMonitor" : { "Action" : "Dance", "Parameter" : { "Channel" : 0, "CombinMode" : "NONE", "StreamType" : "Main", "TransMode" : "TCP" } }, "SessionID" : "0x0000000B" }\n';
    const message = only({ id: 1410, sessionId: 11, body: body(text) });
    expect(message.valid).toBe(false);
    const finding = message.findings.find(({ code }) => code === 'body/wrong-value');
    const at = text.indexOf('"Dance"');
    expect(finding).toMatchObject({ pointer: '/OPMonitor/Action', offset: at, length: 7, line: 2 });
    expect(finding?.column).toBe(at - text.indexOf('\n'));
  });

  it('that lacks a required key points at the object that lacks it', () => {
    const text =
      '{ "Name" : "OPMonitor", "OPMonitor" : { "Action" : "Start" }, "SessionID" : "0x0000000B" }\n';
    const message = only({ id: 1410, sessionId: 11, body: body(text) });
    expect(message.valid).toBe(false);
    const missing = message.findings.find(({ code }) => code === 'body/missing-key');
    expect(missing).toMatchObject({ pointer: '/OPMonitor/Parameter', offset: text.indexOf('{ "Action"') });
  });

  it('over several segments has findings that name the records which carry their bytes', () => {
    const text = '{ "Name" : "KeepAlive", "Extra" : 1, "SessionID" : "0x0000000C" }\n';
    const whole = writeMessage({ id: 1006, sessionId: 11, body: body(text) });
    const cuts = [0, 20 + text.indexOf('tra"'), 20 + text.indexOf('"0x') + 3, whole.length];
    const socket = new Socket(34_567);
    for (let i = 0; i + 1 < cuts.length; i++) socket.client(whole.subarray(cuts[i], cuts[i + 1]));
    const [message] = judgeSocket(socket);
    // Records 1 and 2 are the handshake.
    expect(message?.findings.map(({ code, packets }) => [code, packets])).toEqual([
      ['body/unknown-key', [3, 4]],
      ['body/other-session', [4, 5]],
    ]);
  });

  it('after Chinese text has its offsets in bytes, not in characters', () => {
    const text = '{ "Name" : "通道", "SessionID" : "0x0000000C" }\n';
    const message = only({ id: 1006, sessionId: 11, body: body(text) });
    const finding = message.findings.find(({ code }) => code === 'body/other-session');
    expect(finding?.offset).toBe(Buffer.from(text).indexOf('"0x0000000C"'));
    expect(message.valid).toBe(false);
  });

  it.each([
    ['0xb', 'body/session-form'],
    ['0x000000000B', 'body/session-form'],
    ['11', 'body/session-form'],
    ['0000000b', 'body/session-form'],
  ])('may write the session id as %s, which is noted', (written, code) => {
    const message = only({
      id: 1006,
      sessionId: 11,
      body: jsonBody({ Name: 'KeepAlive', SessionID: written }),
    });
    expect(codes(message)).toEqual([code]);
    expect(message.valid).toBe(true);
  });

  it('with a key of another kind or spelling is odd, not wrong', () => {
    const value = { Name: 'KeepAlive', ' SessionID ': '0x0000000B', Ret: 100, Extra: 1 };
    const message = only({ id: 1007, sessionId: 11, device: true, body: jsonBody(value) });
    expect(message.valid).toBe(true);
    expect(codes(message)).toContain('body/unknown-key');
    expect(codes(message)).toContain('body/padded-key');
  });

  it('with a return code that no table lists has a note, and 1524 counts percents instead', () => {
    const reply = { Name: 'KeepAlive', SessionID: '0x0000000B', Ret: 4711 };
    expect(codes(only({ id: 1007, sessionId: 11, device: true, body: jsonBody(reply) }))).toEqual([
      'body/unknown-return-code',
    ]);
    const progress = { Name: 'OPSystemUpgrade', SessionID: '0x0000000B', Ret: 42 };
    const message = only({ id: 1524, sessionId: 11, device: true, body: jsonBody(progress) });
    expect(codes(message)).toEqual([]);
  });

  it('with a key twice is read as JSON.parse reads it, and the second key is pointed at', () => {
    const text = '{ "Name" : "KeepAlive", "SessionID" : "0x1", "SessionID" : "0x0000000B" }\n';
    const message = only({ id: 1006, sessionId: 11, body: body(text) });
    expect(message.findings).toEqual([
      expect.objectContaining({ code: 'body/duplicate-key', offset: text.lastIndexOf('"SessionID"') }),
    ]);
  });

  it('with curly quotes is read, with a finding a slip', () => {
    const text = '{ “Name” : "KeepAlive", "SessionID" : "0x0000000B" }\n';
    const message = only({ id: 1006, sessionId: 11, body: body(text) });
    expect(message.value).toEqual({ Name: 'KeepAlive', SessionID: '0x0000000B' });
    expect(message.findings.map(({ code, offset }) => [code, offset])).toEqual([
      ['body/json-slip', 2],
      ['body/json-slip', Buffer.from(text).indexOf('”')],
    ]);
  });

  it('too deep to be read is a finding, not a crash', () => {
    const message = only({ id: 1006, sessionId: 11, body: body('['.repeat(50_000)) });
    expect(message).toMatchObject({ valid: false });
    expect(message.findings[0]).toMatchObject({ code: 'body/not-json', params: { reason: 'too-deep' } });
  });

  it('never shows a secret in its findings', () => {
    const value = { EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: ['geheim'], UserName: 'admin' };
    const message = only({ id: 1000, body: jsonBody(value) });
    expect(message.valid).toBe(false);
    expect(JSON.stringify(message.findings)).not.toContain('geheim');
  });
});

describe('the numbering of the login messages', () => {
  const login = {
    id: 1000,
    body: jsonBody({ EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: 'x', UserName: 'a' }),
  };
  const done = {
    AliveInterval: 20,
    ChannelNum: 4,
    'DeviceType ': 'DVR',
    ExtraChannel: 0,
    Ret: 100,
    SessionID: '0x0000000B',
  };

  it('is the field’s where 1001 is the reply', () => {
    const messages = judge([login, { id: 1001, sessionId: 11, device: true, body: jsonBody(done) }]);
    expect(messages.map(({ name, dialect }) => [name, dialect])).toEqual([
      ['LOGIN_REQ', 'field'],
      ['LOGIN_RSP', 'field'],
    ]);
  });

  it('is the specification’s where the device answers with 1000, and 1005 and 1006 then keep the session alive', () => {
    const alive = { Name: 'KeepAlive', SessionID: '0x0000000B' };
    const messages = judge([
      login,
      { id: 1000, sessionId: 11, device: true, body: jsonBody(done) },
      { id: 1005, sessionId: 11, body: jsonBody(alive) },
      { id: 1006, sessionId: 11, device: true, body: jsonBody({ ...alive, Ret: 100 }) },
      { id: 1001, sessionId: 11, body: jsonBody({ Name: '', SessionID: '0x0000000B' }) },
    ]);
    expect(messages.slice(1).map(({ name, dialect }) => [name, dialect])).toEqual([
      ['LOGIN_RSP', 'spec'],
      ['KEEPALIVE_REQ', 'spec'],
      ['KEEPALIVE_RSP', 'spec'],
      ['LOGOUT_REQ', 'spec'],
    ]);
  });

  it('is what the user says, where he says it', () => {
    const alive = { id: 1006, sessionId: 11, body: jsonBody({ Name: 'KeepAlive', SessionID: '0x0000000B' }) };
    expect(only(alive, { dialect: 'spec' })).toMatchObject({ name: 'KEEPALIVE_RSP', dialect: 'spec' });
    expect(only(alive)).toMatchObject({ name: 'KEEPALIVE_REQ', dialect: 'field' });
  });
});

describe('an encrypted body', () => {
  /** As newer firmware writes it (field notes §8): NULs to whole blocks, AES-128-CBC, base64, a NUL. */
  function encrypt(text: string, key: string): Buffer {
    const padded = Buffer.alloc(Math.ceil((text.length + 1) / 16) * 16);
    padded.write(text);
    const cipher = createCipheriv('aes-128-cbc', Buffer.from(key), Buffer.alloc(16)).setAutoPadding(false);
    const closed = Buffer.concat([cipher.update(padded), cipher.final()]);
    return Buffer.from(`${closed.toString('base64')}\0`);
  }
  const SESSION_KEY = '0123456789abcdef';
  const ask = '{"Name":"SystemInfo","SessionID":"0x0000000B"}';

  it('is shown as encrypted, and not judged as broken JSON', () => {
    const message = only({ id: 1020, sessionId: 11, body: encrypt(ask, SESSION_KEY) });
    expect(message).toMatchObject({ encrypted: true, valid: true, findings: [], value: undefined });
  });

  it('is opened with the session’s key, and stays marked', () => {
    const key = Buffer.from(SESSION_KEY);
    const message = only({ id: 1020, sessionId: 11, body: encrypt(ask, SESSION_KEY) }, { key });
    expect(message).toMatchObject({ encrypted: true, valid: true, value: JSON.parse(ask) });
  });

  it('stays closed where the key is another one', () => {
    const key = Buffer.from('fedcba9876543210');
    const message = only({ id: 1020, sessionId: 11, body: encrypt(ask, SESSION_KEY) }, { key });
    expect(message).toMatchObject({ encrypted: true, valid: true, value: undefined, findings: [] });
  });

  it('of a login that byte 12 marks is opened with the published key, without asking', () => {
    const text =
      '{"EncryptType":"MD5","LoginType":"DVRIP-Xm030","UserName":"745B64","PassWord":"745B64","CommunicateKey":"745B64"}';
    const message = only({
      id: 1000,
      byte12: 0x63,
      sessionId: 99_999,
      body: encrypt(text, 'dashoiahfarqdasr'),
    });
    expect(message.value).toMatchObject({ LoginType: 'DVRIP-Xm030' });
    expect(message).toMatchObject({ encrypted: true, valid: true });
  });
});
