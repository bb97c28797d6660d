import { describe, expect, it } from 'vitest';
import { RUN_LIMITS, type RunLimits } from '../../src/cli/config/run-limits.ts';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';
import { reaches } from './reaching.ts';
import { type LimitedRun, runLimited } from './run-limited.ts';

const NOTHING_MISSING = { quality: { limits: [] }, reassembly: { gaps: 0, gapBytes: 0 } };
const shape = ({ messages }: LimitedRun) => messages.map(({ id, replyTo }) => [id, replyTo]);

describe('answers that were captured before their requests', () => {
  const ask = (sequence: number): WrittenMessage => ({
    id: 1020,
    sequence,
    sessionId: 11,
    body: jsonBody({ Name: '', SessionID: '0x0000000B' }),
  });
  const answer = (sequence: number): WrittenMessage => ({
    id: 1021,
    sequence,
    version: 1,
    sessionId: 11,
    body: jsonBody({ Name: '', Ret: 100, SessionID: '0x0000000B' }),
  });

  /** So many answers, so many seconds apart, and behind all of them the requests. */
  function lateRequests(count: number, apart: number): readonly FedPacket[] {
    const socket = new Socket(34_567);
    for (let n = 0; n < count; n++) socket.client(ask(n), count * apart).device(answer(n), n * apart);
    const said = socket.packets.slice(2);
    const ofSide = (side: 0 | 1) => said.filter((_, place) => place % 2 === side);
    return [...socket.packets.slice(0, 2), ...ofSide(1), ...ofSide(0)];
  }

  /** A hole is not given up before its requests have come. */
  const patient = (limits: RunLimits): RunLimits => ({
    ...limits,
    reassembly: { ...limits.reassembly, acknowledgedHoleSeconds: 100 },
  });
  const captured = (...ids: readonly number[]) => ids.map((id) => [id, 0]);

  it('wait for them', () => {
    const paired = [1, 3, 5, 7].flatMap((request) => [
      [1020, 0],
      [1021, request],
    ]);
    expect(shape(runLimited(lateRequests(4, 0.4), patient(RUN_LIMITS)))).toEqual(paired);
  });

  reaches('conversations.heldPieces', 2, 'are then read as they were captured', ({ limits }) => {
    const run = runLimited(lateRequests(3, 0), patient(limits));
    expect(run.summary).toMatchObject(NOTHING_MISSING);
    expect(shape(run)).toEqual(captured(1021, 1021, 1021, 1020, 1020, 1020));
  });

  reaches('conversations.heldSeconds', 0.5, 'are then read as they were captured', ({ limits }) => {
    const run = runLimited(lateRequests(4, 0.4), patient(limits));
    expect(run.summary).toMatchObject(NOTHING_MISSING);
    expect(shape(run)).toEqual(captured(1021, 1021, 1021, 1021, 1020, 1020, 1020, 1020));
  });
});

describe('a direction that is met in mid-stream', () => {
  const body = jsonBody({ Name: 'KeepAlive', SessionID: '0x0000000B' });
  const alive = (sequence: number): WrittenMessage => ({ id: 1006, sequence, sessionId: 11, body });
  /** The first to be sent is captured last, 0.9 s behind the second. */
  const [first, ...others] = new Socket(34_567, 50_000, false)
    .client(alive(0), 10.9)
    .client(alive(1), 10)
    .client(alive(2), 10.8).packets;
  const packets = first === undefined ? [] : [...others, first];

  it('waits for what was sent before the first segment of it', () => {
    const { messages } = runLimited(packets.map(atItsTime), RUN_LIMITS);
    expect(messages.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
  });

  reaches(
    'reassembly.openingSeconds',
    0.5,
    'begins with that one then, and no hole is told',
    ({ limits }) => {
      const { messages, summary } = runLimited(packets.map(atItsTime), limits);
      expect(summary).toMatchObject(NOTHING_MISSING);
      expect(messages.map(({ sequence }) => sequence)).toEqual([1, 2]);
      // What comes too late counts as sent again.
      expect(summary.reassembly.retransmittedBytes).toBe(20 + body.length);
    },
  );
});

/** Whole seconds and nanoseconds apart, as records have them. */
function atItsTime({ bytes, seconds = 0 }: FedPacket): FedPacket {
  const whole = Math.floor(seconds);
  return { bytes, seconds: whole, nanoseconds: Math.round((seconds - whole) * 1e9) };
}
