import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import { runAnalysis } from '../support/run-analysis.ts';
import { Socket } from '../support/socket.ts';

const login: WrittenMessage = {
  id: 1000,
  body: jsonBody({ EncryptType: 'MD5', PassWord: 'kHj3x8Qa', UserName: 'viewer' }),
};
const accepted: WrittenMessage = {
  id: 1001,
  version: 1,
  sessionId: 11,
  body: jsonBody({ AliveInterval: 20, Ret: 100, SessionID: '0x0000000B' }),
};
const loggedIn = () => new Socket(34_567).client(login).device(accepted, 1);
const closingOf = (socket: Socket) =>
  runAnalysis(socket.packets, { limits: DEFAULT_LIMITS }).analysis.conversations.sessions.all[0]?.closing;

describe('the end of a session’s control socket', () => {
  it('says who closed it, when, and how long the client had been silent', () => {
    const about = { sessionId: 11, body: jsonBody({ Name: 'KeepAlive', SessionID: '0x0000000B' }) };
    const socket = loggedIn()
      .client({ id: 1006, ...about }, 5)
      .close(1, 30);
    expect(closingOf(socket)).toEqual({ by: 'device', seconds: 30, nanoseconds: 0, silence: 25 });
    expect(closingOf(loggedIn().close(0, 3))?.by).toBe('client');
  });

  it('is not there while the socket lasts', () => {
    expect(closingOf(loggedIn())).toBeUndefined();
  });

  it.each([0, 1] as const)('is laid to side %i although bytes of it were lost before', (side) => {
    const socket = loggedIn().lose(side, 40).close(side, 9);
    expect(closingOf(socket)?.by).toBe(side === 0 ? 'client' : 'device');
  });
});

describe('who is who', () => {
  it('is settled by a client that logs in on the device’s port: a request of the device stays one', () => {
    const odd = { id: 1020, sessionId: 11, body: jsonBody({ Name: 'SystemInfo', SessionID: '0x0000000B' }) };
    const { messages } = runAnalysis(
      loggedIn()
        .device(odd)
        .client({ ...odd, id: 1021 })
        .device(odd).packets,
    );
    expect(messages.map(({ from }) => from)).toEqual(['client', 'device', 'device', 'client', 'device']);
  });
});
