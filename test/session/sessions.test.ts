import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { SessionFindings, sessionRecord } from '../../src/report/records/session-record.ts';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { type AnalysisRun, runAnalysis } from '../support/run-analysis.ts';
import { Socket } from '../support/socket.ts';

const text = (id: number) => `0x${id.toString(16).toUpperCase().padStart(8, '0')}`;
const login: WrittenMessage = {
  id: 1000,
  body: jsonBody({ EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: 'x', UserName: 'admin' }),
};
const accepted = (sessionId: number, aliveInterval = 20): WrittenMessage => ({
  id: 1001,
  version: 1,
  sessionId,
  body: jsonBody({
    AliveInterval: aliveInterval,
    ChannelNum: 4,
    'DeviceType ': 'HVR',
    Ret: 100,
    SessionID: text(sessionId),
  }),
});
const refused = (ret: number, sessionId = 0): WrittenMessage => ({
  id: 1001,
  version: 1,
  sessionId,
  body: jsonBody({ Name: '', Ret: ret, SessionID: text(sessionId) }),
});
const about = (id: number, sessionId: number, more: object = {}): WrittenMessage => ({
  id,
  sessionId,
  body: jsonBody({ SessionID: text(sessionId), ...more }),
});
const keepalive = (sessionId: number) => about(1006, sessionId, { Name: 'KeepAlive' });
const logout = (sessionId: number) => about(1002, sessionId, { Name: '' });
const loggedOut = (sessionId: number) => about(1003, sessionId, { Name: '', Ret: 100 });
const claim = (sessionId: number) => about(1413, sessionId, { Name: 'OPMonitor' });

function run(...sockets: readonly Socket[]): AnalysisRun {
  return runAnalysis(sockets.flatMap((socket) => socket.packets));
}

/** Packets of several sockets, by time. */
function inTime(...sockets: readonly Socket[]): FedPacket[] {
  return sockets.flatMap((socket) => socket.packets).sort((a, b) => (a.seconds ?? 0) - (b.seconds ?? 0));
}

function records({ analysis }: AnalysisRun) {
  const findings = new SessionFindings();
  return analysis.conversations.sessions.all.map((session) =>
    sessionRecord(session, [], findings.of(session.number)),
  );
}

const short = (result: AnalysisRun) =>
  records(result).map(({ sessionId, state, flows, messages }) => ({ sessionId, state, flows, messages }));

describe('a session', () => {
  it('has what its login says of both ends, and how it ended', () => {
    const socket = new Socket(34_567)
      .client(login, 100)
      .device(accepted(0x0b), 101)
      .client(keepalive(0x0b), 110)
      .device(about(1007, 0x0b, { Ret: 100 }), 110)
      .client(logout(0x0b), 125)
      .device(loggedOut(0x0b), 126);
    expect(records(run(socket))).toEqual([
      {
        schema: 'dvrscope.session/1',
        session: 1,
        sessionId: '0x0000000B',
        state: 'logged-out',
        dialect: 'field',
        client: { address: '192.168.1.5', port: 50_000 },
        device: { address: '192.168.1.10', port: 34_567 },
        user: 'admin',
        loginType: 'DVRIP-Web',
        loginRet: 100,
        loginText: 'OK',
        deviceType: 'HVR',
        channels: 4,
        aliveInterval: 20,
        encrypted: false,
        startTime: '1970-01-01T00:01:40.000000000Z',
        endTime: '1970-01-01T00:02:06.000000000Z',
        flows: [1],
        messages: 6,
        keepalives: { count: 1, longestSilenceSeconds: 15 },
        exchanges: {
          answered: 3,
          unanswered: 0,
          unasked: 0,
          meanResponseSeconds: 0.666666667,
          longestResponseSeconds: 1,
        },
        streams: [],
        findings: { error: 0, warning: 0, note: 0 },
      },
    ]);
  });

  it('spans the data sockets that carry its id, and its client is who logged in', () => {
    const control = new Socket(34_567, 50_001).client(login).device(accepted(9));
    const media = new Socket(34_567, 50_002).client(claim(9)).device(about(1414, 9, { Ret: 100 }));
    const [session] = records(run(control, media));
    expect(session).toMatchObject({ flows: [1, 2], messages: 4, client: { port: 50_001 } });
  });

  it('is whole where its data socket was seen before the answer to its login', () => {
    const control = new Socket(34_567, 50_001).client(login, 1).device(accepted(9), 3);
    const media = new Socket(34_567, 50_002).client(claim(9), 2);
    const result = runAnalysis(inTime(control, media));
    expect(short(result)).toEqual([
      { sessionId: '0x00000009', state: 'logged-in', flows: [1, 2], messages: 3 },
    ]);
    expect(records(result)[0]?.client.port).toBe(50_001);
  });

  it('is each login, though they share a device, a client or a socket', () => {
    const one = new Socket(34_567, 50_001)
      .client(login)
      .device(accepted(1))
      .client(logout(1))
      .device(loggedOut(1));
    one.client(login).device(accepted(2));
    const other = { client: '192.168.1.6' };
    const two = new Socket(34_567, 50_001, true, other).client(login).device(accepted(3));
    const elsewhere = { device: '192.168.1.11' };
    const three = new Socket(34_567, 50_002, true, elsewhere).client(login).device(accepted(1));
    expect(short(run(one, two, three))).toEqual([
      { sessionId: '0x00000001', state: 'logged-out', flows: [1], messages: 4 },
      { sessionId: '0x00000002', state: 'logged-in', flows: [1], messages: 2 },
      { sessionId: '0x00000003', state: 'logged-in', flows: [2], messages: 2 },
      { sessionId: '0x00000001', state: 'logged-in', flows: [3], messages: 2 },
    ]);
  });

  it('goes on when the same socket logs in again and gets the same id', () => {
    // Field notes §4: a second login on a socket returns the id of the first.
    const socket = new Socket(34_567).client(login).device(accepted(1)).client(login).device(accepted(1));
    expect(short(run(socket))).toEqual([
      { sessionId: '0x00000001', state: 'logged-in', flows: [1], messages: 4 },
    ]);
  });

  it('is a new one when its id is given out again', () => {
    const first = new Socket(34_567, 50_001)
      .client(login)
      .device(accepted(7))
      .client(logout(7))
      .device(loggedOut(7));
    const second = new Socket(34_567, 50_002).client(login).device(accepted(7)).client(keepalive(7));
    const media = new Socket(34_567, 50_003).client(claim(7));
    const result = run(first, second, media);
    expect(short(result)).toEqual([
      { sessionId: '0x00000007', state: 'logged-out', flows: [1], messages: 4 },
      { sessionId: '0x00000007', state: 'logged-in', flows: [2, 3], messages: 4 },
    ]);
    expect(result.messages.at(-1)?.session).toBe(2);
    expect(result.flows.map(({ dvrip }) => dvrip?.session)).toEqual([1, 2, 2]);
  });

  it('is a new one when a device that restarted gives out an id that was in use', () => {
    const before = new Socket(34_567, 50_001).client(keepalive(7), 1);
    const after = new Socket(34_567, 50_002).client(login, 50).device(accepted(7), 51);
    expect(short(runAnalysis(inTime(before, after)))).toEqual([
      { sessionId: '0x00000007', state: 'unknown', flows: [1], messages: 1 },
      { sessionId: '0x00000007', state: 'logged-in', flows: [2], messages: 2 },
    ]);
  });

  it('has the negotiation that came before its login under the fixed number of mobile clients', () => {
    const hello = about(1010, 99_999);
    const socket = new Socket(34_567)
      .client(hello, 5)
      .device(about(1011, 99_999, { Ret: 100 }), 6)
      .client({ ...login, sessionId: 99_999 }, 7)
      .device(accepted(0x0b), 8);
    const result = run(socket);
    expect(result.messages.map((m) => m.session)).toEqual([0, 0, 0, 1]);
    expect(records(result)).toMatchObject([
      { sessionId: '0x0000000B', messages: 4, startTime: '1970-01-01T00:00:05.000000000Z' },
    ]);
  });

  it('is logged in where the answer cannot be read and the client goes on under its id', () => {
    const unread: WrittenMessage = { id: 1001, version: 1, sessionId: 6, body: Buffer.from('U0VDUkVU\0') };
    const socket = new Socket(34_567).client(login).device(unread);
    expect(records(run(socket))[0]).toMatchObject({ state: 'unknown', user: 'admin' });
    expect(records(run(socket.client(keepalive(6))))[0]).toMatchObject({ state: 'logged-in', messages: 3 });
  });

  it('has messages without an id on the socket that logged in', () => {
    const socket = new Socket(34_567).client(login).device(accepted(3)).client(about(1042, 0));
    expect(run(socket).messages.map((m) => m.session)).toEqual([0, 1, 1]);
  });

  it('whose login was before the capture is known by its id, and its client by the control socket', () => {
    const media = new Socket(34_567, 50_002, false).client(claim(5));
    const control = new Socket(34_567, 50_001, false).client(keepalive(5));
    const [session] = records(run(media, control));
    expect(session).toMatchObject({ state: 'unknown', flows: [1, 2], client: { port: 50_001 } });
    expect(session?.user).toBeUndefined();
  });
});

describe('a login that is refused', () => {
  it('is a session of its own with the reason, and is not counted among the sessions', () => {
    // A failed login may carry an id that will never be one (field notes §2).
    const socket = new Socket(34_567)
      .client(login)
      .device(refused(203))
      .client(login)
      .device(refused(205, 77));
    socket.client(login).device(accepted(8));
    const result = run(socket);
    expect(records(result).map(({ state, loginRet, user }) => [state, loginRet, user])).toEqual([
      ['refused', 203, 'admin'],
      ['refused', 205, 'admin'],
      ['logged-in', 100, 'admin'],
    ]);
    const { sessions } = result.analysis.conversations;
    expect([sessions.count, sessions.refusedLogins]).toEqual([1, 2]);
    expect(result.messages.map((m) => m.session)).toEqual([0, 1, 0, 2, 0, 3]);
  });

  it('beyond the limit takes the place of the oldest, and that is counted', () => {
    const conversations = { ...DEFAULT_LIMITS.conversations, refusedLogins: 1 };
    const socket = new Socket(34_567).client(login).device(refused(203)).client(login).device(refused(203));
    const result = runAnalysis(socket.client(login).device(accepted(8)).packets, {
      limits: { ...DEFAULT_LIMITS, conversations },
    });
    expect(records(result).map(({ session, state }) => [session, state])).toEqual([
      [2, 'refused'],
      [3, 'logged-in'],
    ]);
    expect(result.analysis.conversations.limitsReached.refusedLogins).toBe(1);
    expect(result.analysis.conversations.sessions.refusedLogins).toBe(2);
  });
});

describe('when there are more sessions than are kept', () => {
  const conversations = { ...DEFAULT_LIMITS.conversations, sessions: 2 };
  const told = (...sockets: readonly Socket[]) => {
    const letGo: string[] = [];
    const ended: number[] = [];
    const { analysis } = runAnalysis(
      inTime(...sockets),
      { limits: { ...DEFAULT_LIMITS, conversations } },
      {
        sessionLetGo: (session) => letGo.push(`${session.number} ${session.state}`),
        sessionEnded: ({ number }) => ended.push(number),
      },
    );
    const { sessions } = analysis.conversations;
    return { letGo, ended, kept: sessions.all.map(({ number }) => number), sessions };
  };

  it('the one that ended first makes room, and is told of', () => {
    const running = new Socket(34_567, 50_000).client(login, 0).device(accepted(1), 0);
    const others = [2, 3, 4].map((id) =>
      new Socket(34_567, 50_000 + id)
        .client(login, id * 10)
        .device(accepted(id), id * 10)
        .client(logout(id), id * 10 + 1)
        .device(loggedOut(id), id * 10 + 1)
        .close(0, id * 10 + 2),
    );
    const { letGo, ended, kept, sessions } = told(running, ...others);
    expect(letGo).toEqual(['2 logged-out', '3 logged-out']);
    expect(ended).toEqual([2, 3, 4, 1]);
    expect(kept).toEqual([1, 4]);
    expect(sessions.count).toBe(4);
    expect(Object.fromEntries(sessions.states())).toEqual({ 'logged-in': 1, 'logged-out': 3 });
    expect(sessions.left.letGo).toBe(2);
  });

  it('new ones stay without a number as long as all go on', () => {
    const sockets = [1, 2, 3].map((id) =>
      new Socket(34_567, 50_000 + id).client(login, id).device(accepted(id), id),
    );
    const { letGo, kept, sessions } = told(...sockets);
    expect(letGo).toEqual([]);
    expect(kept).toEqual([1, 2]);
    expect(sessions.left.sessions).toBe(1);
  });

  it('one socket may log in and out for weeks', () => {
    const socket = new Socket(34_567);
    for (let id = 1; id <= 200; id += 1) {
      socket.client(login, id).device(accepted(id), id).client(logout(id), id).device(loggedOut(id), id);
    }
    const { letGo, kept, sessions } = told(socket);
    expect(letGo).toHaveLength(198);
    expect(kept).toEqual([199, 200]);
    expect(sessions.count).toBe(200);
  });
});

describe('the end of a session', () => {
  const state = (socket: Socket) => records(run(socket))[0]?.state;
  const begun = () => new Socket(34_567).client(login, 0).device(accepted(4, 20), 0).client(keepalive(4), 10);

  it('is a logout that was answered, or one that was asked for before the socket closed', () => {
    expect(state(begun().client(logout(4), 11).device(loggedOut(4), 11))).toBe('logged-out');
    expect(state(begun().client(logout(4), 11).close(0, 12))).toBe('logged-out');
  });

  it('is not a logout that was refused, or asked for on another socket', () => {
    const denied = about(1003, 4, { Ret: 106 });
    expect(state(new Socket(34_567).client(login).device(accepted(4)).client(logout(4)).device(denied))).toBe(
      'logged-in',
    );
    const stranger = new Socket(34_567, 50_009).client(logout(4));
    expect(records(run(begun().close(0, 12), stranger))[0]?.state).toBe('cut');
  });

  it('is forced by the device', () => {
    expect(state(begun().device(about(1004, 4), 12).close(1, 12))).toBe('forced-out');
  });

  it('is a timeout where the device closes after a silence longer than AliveInterval', () => {
    const result = run(begun().close(1, 45));
    expect(records(result)[0]).toMatchObject({
      state: 'timed-out',
      keepalives: { longestSilenceSeconds: 35 },
    });
  });

  it('is a cut where the client closes, and where the silence was short', () => {
    expect(state(begun().close(0, 45))).toBe('cut');
    expect(state(begun().close(1, 30))).toBe('cut');
  });

  it('is not there where the capture ends before the connection', () => {
    expect(state(begun().client(keepalive(4), 45))).toBe('logged-in');
  });
});

describe('active registration', () => {
  const register: WrittenMessage = {
    id: 1000,
    body: jsonBody({
      EncryptType: 'MD5',
      PassWord: 'x',
      UserName: 'dvr7',
      DeviceType: 'DVR',
      DeviceID: 7,
      ChannelNum: 16,
    }),
  };
  const welcome = { ...about(1001, 0x21, { Name: 'Login', Ret: 100 }), version: 1 };
  // The device opens the connections: it is the socket's «client».
  const ends = { client: '10.0.0.7', device: '10.0.0.1' };

  it.each([9400, 34_567])('turns the ends around on port %i, from the first message on', (port) => {
    const control = new Socket(port, 50_001, true, ends)
      .client(register)
      .device(welcome)
      .device(about(1042, 0x21, { Name: 'General' }))
      .client(about(1043, 0x21, { Name: 'General', Ret: 100 }));
    const media = new Socket(port, 50_002, true, ends)
      .client(claim(0x21))
      .device(about(1414, 0x21, { Ret: 100 }))
      .client({ id: 1412, sessionId: 0x21, body: Buffer.alloc(40) });
    const result = run(control, media);
    expect(result.messages.map((m) => [m.id, m.from])).toEqual([
      [1000, 'device'],
      [1001, 'client'],
      [1042, 'client'],
      [1043, 'device'],
      [1413, 'device'],
      [1414, 'client'],
      [1412, 'device'],
    ]);
    expect(records(result)).toMatchObject([
      {
        user: 'dvr7',
        deviceType: 'DVR',
        channels: 16,
        client: { address: '10.0.0.1', port },
        device: { address: '10.0.0.7', port: 50_001 },
        flows: [1, 2],
      },
    ]);
  });

  it('keeps devices apart to which one client gave the same id', () => {
    const one = new Socket(9400, 50_001, true, ends).client(register).device(welcome);
    const other = { client: '10.0.0.8', device: '10.0.0.1' };
    const two = new Socket(9400, 50_001, true, other).client(register).device(welcome);
    expect(records(run(one, two)).map(({ device }) => device.address)).toEqual(['10.0.0.7', '10.0.0.8']);
  });

  it('is named as what it is in the dialect of the specification, whose 1000 is request and reply', () => {
    const socket = new Socket(9400, 50_001, true, ends).client(register).device({ ...welcome, id: 1000 });
    expect(run(socket).messages.map((m) => [m.name, m.from, m.replyTo])).toEqual([
      ['LOGIN_REQ', 'device', 0],
      ['LOGIN_RSP', 'client', 1],
    ]);
  });

  it('is seen without its login when both sides say what only the other may', () => {
    const socket = new Socket(34_567, 50_001, false, ends)
      .device(about(1042, 0x21))
      .client(about(1043, 0x21, { Ret: 100 }))
      .device(about(1042, 0x21));
    expect(run(socket).messages.map((m) => m.from)).toEqual(['device', 'device', 'client']);
  });
});

describe('whatever is said', () => {
  const ids = fc.constantFrom(0, 1, 2, 99_999);
  const turn = fc.record({
    socket: fc.nat(2),
    client: fc.boolean(),
    id: fc.constantFrom(1000, 1001, 1002, 1003, 1004, 1006, 1010, 1042, 1412, 1413, 1414),
    sessionId: ids,
    body: fc.constantFrom<object>(
      {},
      { Ret: 100 },
      { Ret: 203 },
      { UserName: 'u' },
      { UserName: 'u', DeviceType: 'x' },
    ),
  });

  it('each message belongs to one session at most, and the sessions count them all once', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 80 }), fc.integer({ min: 1, max: 4 }), (turns, limit) => {
        const sockets = [0, 1, 2].map((i) => new Socket(34_567, 50_000 + i));
        turns.forEach(({ socket, client, id, sessionId, body }, i) => {
          const said = { id, sessionId, body: jsonBody(body) };
          if (client) sockets[socket]?.client(said, i);
          else sockets[socket]?.device(said, i);
        });
        const conversations = { ...DEFAULT_LIMITS.conversations, sessions: limit, refusedLogins: limit };
        const letGo: number[] = [];
        const result = runAnalysis(
          inTime(...sockets),
          { limits: { ...DEFAULT_LIMITS, conversations } },
          { sessionLetGo: ({ number }) => letGo.push(number) },
        );
        const { all, count, refusedLogins } = result.analysis.conversations.sessions;
        expect(all.length).toBeLessThanOrEqual(2 * limit);
        const numbers = [...letGo, ...all.map(({ number }) => number)].sort((a, b) => a - b);
        expect(numbers).toEqual(Array.from({ length: count + refusedLogins }, (_, i) => i + 1));
        const counted = all.reduce((sum, { messages }) => sum + messages, 0);
        expect(counted).toBeLessThanOrEqual(result.messages.length);
        for (const session of all) {
          const own = result.messages.filter((message) => message.session === session.number);
          expect(session.messages).toBeGreaterThanOrEqual(own.length);
          for (const { flow } of own) expect(session.flows).toContain(flow);
          expect(session.longestSilence).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 100 },
    );
  });
});
