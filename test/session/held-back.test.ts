import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { jsonBody, writeMessage } from '../support/dvrip-writer.ts';
import { type FedPacket, PacketFeed } from '../support/packet-feed.ts';
import { runAnalysis } from '../support/run-analysis.ts';
import { Socket } from '../support/socket.ts';
import { writeSegment } from '../support/tcp-writer.ts';

const PAIRS = 6;

/** Questions and answers in turn, behind a handshake of two packets; so many seconds apart. */
function conversation(pace = 1): readonly FedPacket[] {
  const socket = new Socket(34_567);
  const body = jsonBody({ Name: '', SessionID: '0x0000000B' });
  const reply = jsonBody({ Name: '', Ret: 100, SessionID: '0x0000000B' });
  for (let i = 0; i < PAIRS; i += 1) {
    socket.client({ id: 1020, sequence: i, sessionId: 11, body }, i * pace);
    socket.device({ id: 1021, sequence: i, version: 1, sessionId: 11, body: reply }, i * pace);
  }
  return socket.packets;
}

const swapped = (packets: readonly FedPacket[], at: number): readonly FedPacket[] => {
  const moved = [...packets];
  const [first, second] = moved.slice(at, at + 2);
  if (first !== undefined && second !== undefined) moved.splice(at, 2, second, first);
  return moved;
};

const told = (packets: readonly FedPacket[], limits = DEFAULT_LIMITS) =>
  runAnalysis(packets, { limits }).messages.map(({ id, replyTo }) => [id, replyTo]);

describe('an answer that is captured before its request', () => {
  it('is read behind it', () => {
    expect(told(swapped(conversation(), 4))).toEqual(told(conversation()));
  });

  it('is read at once where nothing may wait', () => {
    const limits = {
      ...DEFAULT_LIMITS,
      conversations: { ...DEFAULT_LIMITS.conversations, heldPieces: 0 },
    };
    expect(told(swapped(conversation(), 4), limits).slice(2, 4)).toEqual([
      [1021, 0],
      [1020, 0],
    ]);
  });

  it('is read in the end, should the request never come', () => {
    const packets = conversation().filter((_, place) => place !== 2 + 2 * (PAIRS - 1));
    expect(told(packets).at(-1)).toEqual([1021, 0]);
  });
});

describe('what waits while nothing more is captured', () => {
  /** The ids of the messages told until it is so late, without another packet. */
  function toldBy(now: number, packets: readonly FedPacket[]): readonly number[] {
    const ids: number[] = [];
    const analysis = new Analysis({}, { message: ({ header }) => ids.push(header.messageId) });
    const feed = new PacketFeed((packet) => analysis.push(packet));
    for (const packet of packets) feed.push(packet);
    analysis.passTime(now);
    return ids;
  }
  // The last answer is there, its request is not.
  const packets = conversation().filter((_, place) => place !== 2 + 2 * (PAIRS - 1));
  const answers = (ids: readonly number[]) => ids.filter((id) => id === 1021).length;

  it('is read once it has waited for long enough', () => {
    expect(answers(toldBy(PAIRS - 1 + 10, packets))).toBe(PAIRS);
  });

  it('and not before', () => {
    expect(answers(toldBy(PAIRS - 1 + 1, packets))).toBe(PAIRS - 1);
  });

  it('and only once', () => {
    const analysis = new Analysis({}, {});
    const feed = new PacketFeed((packet) => analysis.push(packet));
    for (const packet of packets) feed.push(packet);
    analysis.passTime(100);
    const { messages } = analysis.conversations;
    analysis.passTime(200);
    analysis.end();
    expect(analysis.conversations.messages).toBe(messages);
    expect(analysis.conversations.waiting.size).toBe(0);
  });
});

describe('what waits for a side that has said nothing', () => {
  it('is read when the flow ends', () => {
    const client = { address: '192.168.1.5', port: 50_000 };
    const device = { address: '192.168.1.10', port: 34_567 };
    const payload = writeMessage({ id: 1004, version: 1, sessionId: 11, body: Buffer.from('{}') });
    const run = runAnalysis([
      // The side that is seen first ends first.
      ...[...new Socket(34_567).packets].reverse(),
      // It has received a FIN, which the capture lacks.
      { bytes: writeSegment({ from: device, to: client, sequence: 1, acknowledgement: 2, payload }) },
    ]);
    expect(run.messages.map(({ id }) => id)).toEqual([1004]);
  });
});

describe('whatever is missing, doubled or moved', () => {
  it('each side says what was captured of it, once and in its order', () => {
    // All at one time: no hole is given up before what belongs there has come.
    const whole = conversation(0);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 2, max: whole.length - 1 }), fc.nat(4)), { maxLength: 12 }),
        fc.array(fc.integer({ min: 2, max: whole.length - 1 }), { maxLength: 3 }),
        (moves, lost) => {
          const packets = whole.map((packet, place) => ({ packet, place }));
          for (const [from, by] of moves) packets.splice(from + by, 0, ...packets.splice(from, 1));
          const kept = packets.filter(({ place }) => !lost.includes(place));
          const run = runAnalysis(kept.map(({ packet }) => packet));
          for (const id of [1020, 1021]) {
            const expected = [...Array(PAIRS).keys()].filter((i) => !lost.includes(2 + 2 * i + (id - 1020)));
            const seen = run.messages.filter((message) => message.id === id);
            expect(seen.map(({ sequence }) => sequence)).toEqual(expected);
          }
        },
      ),
    );
  });
});
