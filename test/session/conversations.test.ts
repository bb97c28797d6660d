import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import type { ConversationLimits } from '../../src/session/conversation-limits.ts';
import { jsonBody, writeChunk, writeMessage } from '../support/dvrip-writer.ts';
import { runAnalysis } from '../support/run-analysis.ts';
import { Socket } from '../support/socket.ts';
import { writeDatagram } from '../support/tcp-writer.ts';

const DEVICE = '192.168.1.10';
const CLIENT = '192.168.1.5';

const login = { id: 1000, body: jsonBody({ EncryptType: 'MD5', UserName: 'admin' }) };
const loggedIn = (sessionId: number, ret = 100) => ({
  id: 1001,
  version: 1,
  sessionId,
  body: jsonBody({ Ret: ret, SessionID: `0x${sessionId.toString(16)}` }),
});
const keepalive = (sessionId: number) => ({ id: 1006, sessionId, body: jsonBody({ Name: 'KeepAlive' }) });
const config = (value: unknown) => ({ id: 1042, body: jsonBody(value) });
const HTTP = Buffer.from('GET / HTTP/1.1\r\nHost: camera\r\n\r\n');

function limited(conversations: Partial<ConversationLimits>) {
  return { ...DEFAULT_LIMITS, conversations: { ...DEFAULT_LIMITS.conversations, ...conversations } };
}

describe('DVRIP is recognised', () => {
  it('on its own port, and what cannot be read there is reported', () => {
    const { messages, findings, flows } = runAnalysis(new Socket(34_567).client(HTTP).client(login).packets);
    expect(messages.map((m) => m.name)).toEqual(['LOGIN_REQ']);
    expect(findings).toEqual([
      { code: 'framing/skipped-bytes', params: { skipped: HTTP.length, after: 'start' } },
    ]);
    expect(flows[0]?.dvrip?.role).toBe('control');
  });

  it('on a port that is named', () => {
    const socket = new Socket(9000).client(HTTP).client(login);
    expect(runAnalysis(socket.packets).messages).toEqual([]);
    const { messages, findings } = runAnalysis(socket.packets, { ports: [9000] });
    expect([messages.length, findings.length]).toEqual([1, 1]);
  });

  it('by its content on any port, in both directions once one is certain', () => {
    const greeting = Buffer.from('220 ready\r\n');
    const { messages, findings, flows } = runAnalysis(
      new Socket(80).device(greeting).client(login).device(loggedIn(5)).packets,
    );
    expect(messages.map((m) => [m.name, m.from])).toEqual([
      ['LOGIN_REQ', 'client'],
      ['LOGIN_RSP', 'device'],
    ]);
    expect(findings).toEqual([{ code: 'framing/skipped-bytes', params: { skipped: 11, after: 'start' } }]);
    expect(flows[0]?.dvrip?.recognised).toBe(true);
  });

  it('by its content in mid-stream', () => {
    const socket = new Socket(8888, 50_000, false).device(Buffer.from('the end of a frame'));
    const { messages } = runAnalysis(
      socket.client(keepalive(7)).device(keepalive(7)).device(config({})).packets,
    );
    expect(messages).toHaveLength(3);
  });

  it('not in another protocol, of which nothing is said', () => {
    const { messages, findings, flows } = runAnalysis(
      new Socket(80).client(HTTP).device(HTTP).client(HTTP).packets,
    );
    expect([messages, findings, flows[0]?.dvrip?.recognised]).toEqual([[], [], false]);
  });

  it('with a hint where the older protocol of Dahua speaks on its port', () => {
    const dahua = Buffer.alloc(32);
    dahua.set([0xa0, 5]);
    dahua.set([5, 2, 1, 1, 0, 0, 0xa1, 0xaa], 24);
    const { findings } = runAnalysis(new Socket(34_567).client(dahua).packets);
    expect(findings.map((f) => f.code)).toEqual(['framing/dahua-header', 'framing/skipped-bytes']);
  });
});

describe('a datagram', () => {
  const at = (address: string, port: number) => ({ address, port });
  const search = writeMessage({ id: 1530 });
  const answer = writeMessage({
    id: 1531,
    version: 1,
    body: jsonBody({ 'NetWork.NetCommon': {}, Ret: 100 }),
  });

  it('of discovery is read on the discovery port, whose two sides use the same', () => {
    const { messages, flows } = runAnalysis([
      { bytes: writeDatagram(at(CLIENT, 34_569), at('255.255.255.255', 34_569), search) },
      { bytes: writeDatagram(at(DEVICE, 34_569), at('255.255.255.255', 34_569), answer) },
      { bytes: writeDatagram(at(DEVICE, 34_569), at(CLIENT, 34_569), answer) },
    ]);
    expect(messages.map((m) => [m.id, m.from, m.complete])).toEqual([
      [1530, 'client', true],
      [1531, 'device', true],
      [1531, 'device', true],
    ]);
    expect(flows.map((f) => f.dvrip?.role)).toEqual(['discovery', 'discovery', 'discovery']);
  });

  it('on another port counts only when it is one message from its first byte to its last', () => {
    const to = at(DEVICE, 7000);
    const { messages, flows } = runAnalysis([
      { bytes: writeDatagram(at(CLIENT, 1), to, answer.subarray(0, -1)) },
      { bytes: writeDatagram(at(CLIENT, 2), to, Buffer.concat([answer, Buffer.alloc(1)])) },
      { bytes: writeDatagram(at(CLIENT, 3), to, answer) },
      { bytes: writeDatagram(at(CLIENT, 3), to, answer.subarray(0, 40)) },
    ]);
    expect(messages.map((m) => [m.flow, m.complete])).toEqual([
      [3, true],
      [3, false],
    ]);
    expect(flows.map((f) => f.dvrip?.recognised)).toEqual([undefined, undefined, true]);
  });

  it('that is no message is reported on the discovery port', () => {
    const junk = writeDatagram(at(CLIENT, 34_569), at(DEVICE, 34_569), Buffer.alloc(30, 0x41));
    const { findings } = runAnalysis([
      { bytes: junk },
      { bytes: writeDatagram(at(CLIENT, 34_569), at(DEVICE, 34_569), search) },
      { bytes: junk },
    ]);
    expect(findings).toEqual([
      { code: 'framing/skipped-bytes', params: { skipped: 30, after: 'start' } },
      { code: 'framing/skipped-bytes', params: { skipped: 30, after: 'garbage' } },
    ]);
  });
});

describe('a message of several packets', () => {
  const parts = ['{"Name":"Detect",', '"Ret":100,', '"SessionID":"0x1"}'];
  const piece = (index: number) => ({
    id: 1043,
    byte12: 3,
    byte13: index,
    body: Buffer.from(parts[index] ?? ''),
  });

  it('is one message with its body joined', () => {
    const { messages } = runAnalysis(
      new Socket(34_567).device(piece(1)).device(piece(0)).device(piece(2)).packets,
    );
    expect(messages).toMatchObject([
      { id: 1043, fragments: 3, body: parts.join(''), complete: true, packets: [3, 5] },
    ]);
    expect(messages[0]?.findings).toEqual([]);
  });

  it('that lacks a packet is reported when the stream ends', () => {
    const { messages } = runAnalysis(
      new Socket(34_567).device(piece(0)).device(piece(2)).device(config({})).packets,
    );
    expect(messages.map((m) => [m.id, m.findings])).toEqual([
      [1042, []],
      [1043, [{ code: 'framing/missing-fragments', params: { have: 2, total: 3 } }]],
    ]);
  });

  it('that lacks bytes inside a packet says so', () => {
    const first = writeMessage(piece(0));
    const socket = new Socket(34_567).device(first.subarray(0, 24)).lose(1, first.length - 24);
    const { messages } = runAnalysis(socket.device(piece(1)).device(piece(2)).packets);
    const missing = parts[0]?.length === undefined ? 0 : parts[0].length - 4;
    expect(messages).toMatchObject([{ fragments: 3, complete: false, length: parts.join('').length }]);
    expect(messages[0]?.findings).toEqual([{ code: 'framing/gap-in-message', params: { missing } }]);
  });
});

describe('the sender', () => {
  it('is told by the port, whoever opened the connection and whatever the id', () => {
    const { messages } = runAnalysis(new Socket(34_567).device(login).client(loggedIn(3)).packets);
    expect(messages.map((m) => m.from)).toEqual(['device', 'client']);
  });

  it('is told on another port by the first message that only one side may send', () => {
    // In active registration the device opens the connection and logs in (§4.1.2).
    const { messages } = runAnalysis(
      new Socket(8000).client(login).device(loggedIn(3)).device(keepalive(3)).client(config({})).packets,
    );
    expect(messages.map((m) => m.from)).toEqual(['client', 'device', 'client', 'device']);
  });

  it('of a login numbered as in the specification is who opened the connection', () => {
    const answer = { id: 1000, body: jsonBody({ Ret: 100 }) };
    const { messages } = runAnalysis(new Socket(8000).client(login).device(answer).packets, {
      dialect: 'spec',
    });
    expect(messages.map((m) => [m.name, m.from])).toEqual([
      ['LOGIN_REQ', 'client'],
      ['LOGIN_RSP', 'device'],
    ]);
  });
});

describe('a session', () => {
  it('spans the sockets of one device that carry its id', () => {
    const control = new Socket(34_567, 50_001).client(login).device(loggedIn(9)).client(keepalive(9));
    const media = new Socket(34_567, 50_002).client({ id: 1413, sessionId: 9, body: jsonBody({}) });
    const second = new Socket(34_567, 50_003).client(login).device(loggedIn(10));
    const run = runAnalysis([...control.packets, ...media.packets, ...second.packets]);
    expect(run.messages.map((m) => m.session)).toEqual([0, 1, 1, 1, 0, 2]);
    expect(run.analysis.conversations.sessions.count).toBe(2);
  });

  it('does not begin with a refused login', () => {
    const run = runAnalysis(new Socket(34_567).client(login).device(loggedIn(9, 203)).packets);
    const { sessions } = run.analysis.conversations;
    expect([sessions.count, sessions.refusedLogins]).toEqual([0, 1]);
  });

  it('beyond the limit has no number, and that is counted', () => {
    const socket = new Socket(34_567).client(keepalive(1)).client(keepalive(2)).client(keepalive(1));
    const run = runAnalysis(socket.packets, { limits: limited({ sessions: 1 }) });
    expect(run.messages.map((m) => m.session)).toEqual([1, 0, 1]);
    expect(run.analysis.conversations.limitsReached.sessions).toBe(1);
  });
});

describe('media streams', () => {
  const frame = (channel: number) => ({
    id: 1412,
    byte12: channel,
    body: writeChunk(0xfd, Buffer.alloc(100)),
  });

  it('are followed by channel, each over its own messages', () => {
    const bytes = writeChunk(0xfc, Buffer.alloc(100));
    const half = (channel: number, from: number, to: number) => ({
      id: 1412,
      byte12: channel,
      body: bytes.subarray(from, to),
    });
    const socket = new Socket(34_567)
      .device(half(0, 0, 50))
      .device(half(1, 0, 70))
      .device(half(0, 50, 116));
    const { analysis } = runAnalysis(socket.device(half(1, 70, 116)).packets);
    expect(analysis.conversations.media.totals).toMatchObject({
      videoFrames: 2,
      videoBytes: 200,
      cutFrames: 0,
    });
  });

  it('beyond the limit of a direction, or of all, are not followed, and that is counted', () => {
    const sockets = [1, 2].map((port) =>
      new Socket(34_567, port).device(frame(0)).device(frame(1)).device(frame(2)),
    );
    const packets = sockets.flatMap((socket) => socket.packets);
    const run = runAnalysis(packets, { limits: limited({ mediaStreams: 2, mediaStreamsInAll: 3 }) });
    expect(run.messages).toHaveLength(6);
    expect(run.analysis.conversations.media.totals.videoFrames).toBe(3);
    expect(run.analysis.conversations.limitsReached).toMatchObject({ mediaStreams: 1, mediaStreamsInAll: 2 });
  });

  it('make room when their flow closes', () => {
    const packets = Array.from(
      { length: 20 },
      (_, i) => new Socket(34_567, i + 1).device(frame(0)).packets,
    ).flat();
    const limits = { ...limited({ mediaStreamsInAll: 2 }), flows: { flows: 2 } };
    const run = runAnalysis(packets, { limits });
    expect(run.analysis.conversations.media.totals.videoFrames).toBe(20);
    expect(run.analysis.conversations.limitsReached.mediaStreamsInAll).toBe(0);
  });
});

describe('an incomplete body', () => {
  const bytes = writeMessage(config('x'.repeat(500)));

  it('is not kept beyond the limit over all flows: the message is reported incomplete, and the limit counted', () => {
    const one = new Socket(34_567, 1).client(bytes.subarray(0, 400)).packets;
    const two = new Socket(34_567, 2).client(bytes.subarray(0, 400)).client(bytes.subarray(400)).packets;
    const run = runAnalysis([...one, ...two], { limits: limited({ keptBodyBytes: 600 }) });
    expect(run.messages.map((m) => m.findings)).toEqual([
      [{ code: 'framing/body-not-kept', params: { unkept: 504 } }],
      [{ code: 'framing/cut-message', params: { have: 380, need: 504 } }],
    ]);
    expect(run.analysis.conversations.limitsReached.keptBodyBytes).toBe(1);
  });

  it('cut off by the end says so with the time of its flow, not with that of the end of the capture', () => {
    const cut = new Socket(34_567, 1).client(bytes.subarray(0, 100), 5).device(keepalive(1), 6).packets;
    const later = new Socket(34_567, 2).client(keepalive(1), 70).packets;
    const { messages } = runAnalysis([...cut, ...later]);
    expect(messages.map((m) => [m.id, m.seconds])).toEqual([
      [1006, 6],
      [1006, 70],
      [1042, 6],
    ]);
  });

  it('with a gap and an end says both', () => {
    const socket = new Socket(34_567)
      .client(bytes.subarray(0, 100))
      .lose(0, 50)
      .client(bytes.subarray(150, 200));
    const { messages } = runAnalysis(socket.packets);
    expect(messages[0]?.findings).toEqual([
      { code: 'framing/gap-in-message', params: { missing: 50 } },
      { code: 'framing/cut-message', params: { have: 130, need: 504 } },
    ]);
  });
});
