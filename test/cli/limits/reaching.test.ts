import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/analysis/limits.ts';
import { configuredLimits, RUN_LIMITS } from '../../../src/cli/config/run-limits.ts';
import { jsonBody } from '../../support/dvrip-writer.ts';
import type { FedPacket } from '../../support/packet-feed.ts';
import { runAnalysis } from '../../support/run-analysis.ts';
import { runRules } from '../../support/run-rules.ts';
import { Socket } from '../../support/socket.ts';

const LOGIN = jsonBody({ EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: 'kHj3x8Qa', UserName: 'a' });

function id(session: number): string {
  return `0x${session.toString(16).padStart(8, '0')}`;
}

/** A connection from a port of its own that logs in under this session, or is refused. */
function login(session: number, ret = 100): Socket {
  const reply = jsonBody({ AliveInterval: 20, Ret: ret, SessionID: id(session) });
  return new Socket(34_567, 50_000 + session)
    .client({ id: 1000, body: LOGIN })
    .device({ id: 1001, sessionId: ret === 100 ? session : 0, body: reply });
}

function packetsOf(...sockets: readonly Socket[]): readonly FedPacket[] {
  return sockets.flatMap(({ packets }) => packets);
}

function conversations(limits: Partial<typeof DEFAULT_LIMITS.conversations>) {
  return { limits: { ...DEFAULT_LIMITS, conversations: { ...DEFAULT_LIMITS.conversations, ...limits } } };
}

describe('beyond their limit', () => {
  it('refused logins are let go, and that is counted', () => {
    const packets = packetsOf(...[1, 2, 3, 4, 5].map((n) => login(n, 203).close(0)));
    const { sessions, limitsReached } = runAnalysis(packets, conversations({ refusedLogins: 2 })).analysis
      .conversations;
    expect(sessions.refusedLogins).toBe(5);
    expect(sessions.all.length).toBe(2);
    expect(limitsReached.refusedLogins).toBe(3);
  });

  it('connections of one session are not listed with it, and that is counted', () => {
    const claims = [60_001, 60_002, 60_003].map((port) =>
      new Socket(34_567, port).client({
        id: 1413,
        sessionId: 7,
        body: jsonBody({ Name: 'OPMonitor', SessionID: id(7) }),
      }),
    );
    const run = runAnalysis(packetsOf(login(7), ...claims), conversations({ flowsPerSession: 2 }));
    expect(run.analysis.conversations.limitsReached.flowsPerSession).toBeGreaterThan(0);
    expect(run.messages.map((m) => m.session)).toEqual([0, 1, 1, 1, 1]);
  });

  it('sessions whose media are remembered are no more, and that is counted', () => {
    const monitor = (n: number) => ({
      id: 1413,
      sessionId: n,
      body: jsonBody({
        Name: 'OPMonitor',
        OPMonitor: { Action: 'Claim', Parameter: { Channel: 0 } },
        SessionID: id(n),
      }),
    });
    const sockets = [1, 2, 3].map((n) => login(n).client(monitor(n)));
    const run = runAnalysis(packetsOf(...sockets), conversations({ mediaSessions: 1 }));
    expect(run.analysis.conversations.limitsReached.mediaSessions).toBe(2);
  });

  it('a socket carries 256 sessions: each login is still one, and the table finds them all', () => {
    const socket = new Socket(34_567);
    for (let n = 1; n <= 600; n++) {
      socket.client({ id: 1000, sequence: n, body: LOGIN });
      const reply = jsonBody({ AliveInterval: 20, Ret: 100, SessionID: id(n) });
      socket.device({ id: 1001, sequence: n, sessionId: n, body: reply });
    }
    socket.client({ id: 1006, sessionId: 3, body: jsonBody({ Name: 'KeepAlive', SessionID: id(3) }) });
    const ended: number[] = [];
    const run = runAnalysis(socket.packets, {}, { sessionEnded: ({ number }) => ended.push(number) });
    expect(run.analysis.conversations.sessions.count).toBe(600);
    expect(run.messages.at(-1)?.session).toBe(3);
    // 344 left the socket while it went on, the third of them came back, and all are over at the end.
    expect(new Set(ended).size).toBe(600);
    expect(ended.slice(0, 4)).toEqual([1, 2, 3, 4]);
  });

  it('kinds of findings, and findings of one kind, are only counted', () => {
    const socket = login(1);
    for (let n = 0; n < 8; n++)
      socket.client({ id: 1006, sessionId: 1, sequence: n, body: jsonBody({ [`Odd${n % 4}`]: 1 }) });
    const limits = { ...DEFAULT_LIMITS.rules, findingGroups: 3, samplesPerGroup: 1 };
    const all = runRules(socket.packets).ledger;
    const { ledger } = runRules(socket.packets, { limits });
    expect(all.groups.size).toBeGreaterThan(3);
    expect(ledger.groups.size).toBe(3);
    expect(ledger.leftOut).toBeGreaterThan(0);
    expect([...ledger.groups.values()].every(({ samples }) => samples.length === 1)).toBe(true);
    const counted = (groups: typeof all.groups) =>
      [...groups.values()].reduce((sum, { count }) => sum + count, 0);
    expect(counted(ledger.groups) + ledger.leftOut).toBe(counted(all.groups) + all.leftOut);
  });

  it('sessions that rules remember are let go, and that is counted', () => {
    const sockets = [1, 2, 3, 4].map((n) => login(n));
    expect(runRules(packetsOf(...sockets)).evicted).toBe(0);
    const limits = { ...DEFAULT_LIMITS.rules, ruleSessions: 1 };
    expect(runRules(packetsOf(...sockets), { limits }).evicted).toBeGreaterThan(0);
  });
});

describe('limits of a configuration', () => {
  it('change what they name and leave the rest', () => {
    const limits = configuredLimits({
      flows: { flows: 7 },
      conversations: { framing: { longestBody: 99 } },
      extract: { files: 3 },
    });
    expect(limits.flows.flows).toBe(7);
    expect(limits.conversations.framing).toEqual({
      ...DEFAULT_LIMITS.conversations.framing,
      longestBody: 99,
    });
    expect(limits.conversations.sessions).toBe(DEFAULT_LIMITS.conversations.sessions);
    expect(limits.extract).toEqual({ ...RUN_LIMITS.extract, files: 3 });
    expect(limits.reassembly).toEqual(DEFAULT_LIMITS.reassembly);
    expect(configuredLimits(undefined)).toEqual(RUN_LIMITS);
  });

  it('are no names that every object has', () => {
    const limits = configuredLimits(
      JSON.parse('{"__proto__": {"x": 1}, "flows": {"__proto__": {"flows": 1}}}'),
    );
    expect(limits).toEqual(RUN_LIMITS);
    expect(Object.keys(limits)).not.toContain('__proto__');
  });
});
