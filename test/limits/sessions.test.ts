import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { RUN_LIMITS } from '../../src/cli/config/run-limits.ts';
import { jsonBody } from '../support/dvrip-writer.ts';
import { type FedPacket, PacketFeed } from '../support/packet-feed.ts';
import { runAnalysis } from '../support/run-analysis.ts';
import { Socket } from '../support/socket.ts';
import { reaches } from './reaching.ts';
import { type LimitedRun, runLimited } from './run-limited.ts';

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

describe('beyond their limit', () => {
  reaches(
    'conversations.sessions',
    2,
    'a new one gets no number where none has ended, and is counted',
    (given) => {
      const { reached, summary, messages, check } = runLimited(
        packetsOf(...[1, 2, 3, 4].map((n) => login(n))),
        given.limits,
      );
      expect([reached, summary.sessions]).toEqual([{ sessions: 2 }, 2]);
      expect(messages.map(({ session }) => session)).toEqual([0, 1, 0, 2, 0, 0, 0, 0]);
      expect(check.quality.lacks).toContain('limits');
    },
  );

  reaches('conversations.refusedLogins', 2, 'refused logins are let go, and counted', ({ limits }) => {
    const packets = packetsOf(...[1, 2, 3, 4, 5].map((n) => login(n, 203).close(0)));
    expect(runLimited(packets, limits).reached).toEqual({ refusedLogins: 3 });
    const { sessions } = runAnalysis(packets, { limits }).analysis.conversations;
    expect([sessions.refusedLogins, sessions.all.length]).toEqual([5, 2]);
  });

  reaches(
    'conversations.flowsPerSession',
    2,
    'connections are not listed with their session',
    ({ limits }) => {
      const claims = [60_001, 60_002, 60_003].map((port) =>
        new Socket(34_567, port).client({
          id: 1413,
          sessionId: 7,
          body: jsonBody({ Name: 'OPMonitor', SessionID: id(7) }),
        }),
      );
      const { reached, messages } = runLimited(packetsOf(login(7), ...claims), limits);
      expect(reached.flowsPerSession).toBeGreaterThan(0);
      expect(messages.map(({ session }) => session)).toEqual([0, 1, 1, 1, 1]);
    },
  );

  reaches('conversations.mediaSessions', 1, 'sessions have their media not remembered', ({ limits }) => {
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
    expect(runLimited(packetsOf(...sockets), limits).reached).toEqual({ mediaSessions: 2 });
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

  const odd = login(1);
  for (let n = 0; n < 8; n++) {
    odd.client({ id: 1006, sessionId: 1, sequence: n, body: jsonBody({ [`Odd${n % 4}`]: 1 }) });
  }
  const counted = ({ findings, notListed }: LimitedRun['check']) =>
    findings.reduce((sum, { count }) => sum + count, 0) + notListed.findings;
  const all = counted(runLimited(odd.packets, RUN_LIMITS).check);

  reaches('rules.findingGroups', 3, 'kinds of findings are only counted', ({ limits }) => {
    const { check } = runLimited(odd.packets, limits);
    expect(check.findings).toHaveLength(3);
    expect(check.notListed.findings).toBeGreaterThan(0);
    expect(counted(check)).toBe(all);
  });

  reaches('rules.samplesPerGroup', 1, 'findings of one kind are only counted', ({ limits }) => {
    const { check } = runLimited(odd.packets, limits);
    expect(check.findings.every(({ samples }) => samples.length === 1)).toBe(true);
    expect(check.findings.some(({ count }) => count > 1)).toBe(true);
    expect(counted(check)).toBe(all);
  });

  reaches(
    'conversations.sessionsPerSocket',
    2,
    'the oldest session leaves the socket, and comes back',
    (given) => {
      const socket = new Socket(34_567);
      for (const n of [1, 2, 3]) {
        socket.client({ id: 1000, sequence: n, body: LOGIN });
        const reply = jsonBody({ AliveInterval: 20, Ret: 100, SessionID: id(n) });
        socket.device({ id: 1001, sequence: n, sessionId: n, body: reply });
      }
      socket.client({ id: 1006, sessionId: 1, body: jsonBody({ Name: 'KeepAlive', SessionID: id(1) }) });
      const told: string[] = [];
      const analysis = new Analysis(given, {
        message: ({ name, session }) => told.push(`${name} ${session}`),
        sessionEnded: ({ number }) => told.push(`end ${number}`),
      });
      const feed = new PacketFeed((packet) => analysis.push(packet));
      for (const packet of socket.packets) feed.push(packet);
      // The oldest has left before the third login was told; with the message of the first the second leaves.
      expect(told.slice(-5)).toEqual(['LOGIN_REQ 0', 'end 1', 'LOGIN_RSP 3', 'end 2', 'KEEPALIVE_REQ 1']);
      analysis.end();
      expect(told.slice(-1)).toEqual(['end 3']);
    },
  );
});
