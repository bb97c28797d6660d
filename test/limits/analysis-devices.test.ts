import { describe, expect, it } from 'vitest';
import { RUN_LIMITS } from '../../src/cli/config/run-limits.ts';
import { jsonBody } from '../support/dvrip-writer.ts';
import { keyChunk } from '../support/media-writer.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';
import { reaches } from './reaching.ts';
import { runLimited } from './run-limited.ts';

const LOGIN = { EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: 'kHj3x8Qa', UserName: 'u' };
const FRAME = keyChunk(2, Buffer.from('000000016588aabb', 'hex'));

function idOf(session: number): string {
  return `0x${session.toString(16).padStart(8, '0')}`;
}

function accepted(session: number) {
  const body = jsonBody({ AliveInterval: 20, Name: 'Login', Ret: 100, SessionID: idOf(session) });
  return { id: 1001, version: 1, sessionId: session, body };
}

describe('devices that log in by themselves', () => {
  /** Device `n` opens a connection to its client and logs in (§4.1.2), then one for media, which it claims (§4.8.2). */
  function registered(n: number): readonly FedPacket[] {
    const ends = { client: `10.0.0.${n}`, device: '10.0.1.1' };
    const claim = { Name: 'OPMonitor', OPMonitor: { Action: 'Claim' }, SessionID: idOf(n) };
    const control = new Socket(34_567, 50_000 + n, true, ends)
      .client({ id: 1000, body: jsonBody({ ...LOGIN, DeviceType: 'DVR', DeviceID: n, ChannelNum: 4 }) })
      .device(accepted(n));
    const data = new Socket(34_567, 51_000 + n, true, ends)
      .client({ id: 1413, sessionId: n, body: jsonBody(claim) })
      .client({ id: 1412, sessionId: n, body: FRAME });
    return [...control.packets, ...data.packets];
  }
  const packets = [1, 2, 3].flatMap(registered);
  const senders = (run: ReturnType<typeof runLimited>) =>
    run.messages.filter(({ id }) => id === 1412).map(({ from }) => from);

  it('are known again on the sockets that they claim', () => {
    expect(senders(runLimited(packets, RUN_LIMITS))).toEqual(['device', 'device', 'device']);
  });

  reaches('conversations.registeredDevices', 1, 'further ones are not known again', ({ limits }) => {
    const run = runLimited(packets, limits);
    expect(senders(run)).toEqual(['device', 'client', 'client']);
    expect(run.reached).toEqual({ registeredDevices: 2 });
    expect(run.check.quality.limits).toEqual([{ limit: 'registeredDevices', reached: 2 }]);
    expect(run.check.quality.lacks).toContain('limits');
  });
});

describe('what rules remember', () => {
  /** A login at each of three devices, from one client, whose connections go on. */
  const sockets = [1, 2, 3].map((n) =>
    new Socket(34_567, 50_000 + n, true, { client: '10.0.1.1', device: `10.0.0.${n}` })
      .client({ id: 1000, body: jsonBody(LOGIN) })
      .device(accepted(n)),
  );
  const packets = sockets.flatMap((socket) => socket.packets);

  reaches('rules.ruleDevices', 1, 'of the oldest device is forgotten', ({ limits }) => {
    const { check } = runLimited(packets, limits);
    expect(check.quality.limits).toEqual([{ limit: 'ruleScopes', reached: 2 }]);
    expect(check.quality).toMatchObject({ complete: false, lacks: ['limits'] });
  });

  reaches('rules.ruleFlows', 1, 'of the oldest flow is forgotten', ({ limits }) => {
    const { check } = runLimited(packets, limits);
    expect(check.quality.limits).toEqual([{ limit: 'ruleScopes', reached: 2 }]);
    expect(check.quality).toMatchObject({ complete: false, lacks: ['limits'] });
  });

  reaches('rules.ruleSessions', 1, 'of the oldest session is forgotten', ({ limits }) => {
    const { check } = runLimited(packets, limits);
    expect(check.quality.limits).toEqual([{ limit: 'ruleScopes', reached: 2 }]);
    expect(check.quality).toMatchObject({ complete: false, lacks: ['limits'] });
  });
});
