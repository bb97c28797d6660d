import fc from 'fast-check';
import type { Side } from '../../src/reassembly/flow.ts';
import { type WrittenMessage, writeMessage } from '../support/dvrip-writer.ts';
import { ACK, type Endpoint, FIN, SYN, writeSegment } from '../support/tcp-writer.ts';

/** DVRIP conversations, and the ways in which a network and a capture may treat their segments. */

export interface Conversation {
  /** What each side says. */
  readonly said: readonly [readonly WrittenMessage[], readonly WrittenMessage[]];
  readonly firstSequence: readonly [number, number];
  readonly port: number;
}

/** How the segments travel: each list of numbers is used in turn, from its beginning again when it ends. */
export interface Journey {
  /** Lengths of segments. */
  readonly cuts: readonly number[];
  /** Which side sends next. */
  readonly turns: readonly boolean[];
  /** By how many places a segment is late. */
  readonly delays: readonly number[];
  /** Whether it is captured again, and how many bytes before and behind it the repetition holds. */
  readonly repeats: readonly (readonly [again: boolean, before: number, behind: number])[];
}

/** A segment on its way: stream bytes from … to of a side, with what its sender had received by then. */
export interface Travelling {
  readonly side: Side;
  readonly from: number;
  readonly to: number;
  readonly received: number;
}

const CONTROL_IDS = [1000, 1006, 1020, 1042, 1400, 1440, 1500, 1530];
const MEDIA_IDS = [1412, 1426, 1432];
const word = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 0xffff_ffff }));
const byte = fc.integer({ min: 0, max: 255 });
const body = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 3000, size: 'max' }) },
);
const control = fc.record({ id: fc.constantFrom(...CONTROL_IDS), sessionId: word, sequence: word, body });
const media = fc.record({
  id: fc.constantFrom(...MEDIA_IDS),
  byte12: byte,
  byte13: byte,
  sequence: word,
  body,
});
const said = fc.array(fc.oneof(control, media), { maxLength: 12 });
/** Near the wrap more often than not: the few bytes of a conversation must run over it. */
const firstSequence = fc.oneof(fc.integer({ min: -2000, max: 50 }), fc.integer());

export const conversation: fc.Arbitrary<Conversation> = fc.record({
  said: fc.tuple(said, said),
  firstSequence: fc.tuple(firstSequence, firstSequence),
  port: fc.constantFrom(34_567, 34_567, 8888),
});

export const journey: fc.Arbitrary<Journey> = fc.record({
  cuts: fc.array(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 1460 })), {
    minLength: 1,
    maxLength: 20,
  }),
  turns: fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
  delays: fc.array(fc.nat(6), { minLength: 1, maxLength: 20 }),
  repeats: fc.array(fc.tuple(fc.boolean(), fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 20 }),
});

function inTurn<T>(values: readonly T[], otherwise: T): () => T {
  let at = 0;
  return () => values[at++ % values.length] ?? otherwise;
}

export class Wire {
  readonly streams: readonly [Buffer, Buffer];
  readonly #conversation: Conversation;
  readonly #ends: readonly [Endpoint, Endpoint];

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
    const { said, port } = conversation;
    this.streams = [Buffer.concat(said[0].map(writeMessage)), Buffer.concat(said[1].map(writeMessage))];
    this.#ends = [
      { address: '192.168.1.5', port: 50_123 },
      { address: '192.168.1.10', port },
    ];
  }

  /** The segments of both streams as they were sent. */
  cut(journey: Journey): Travelling[] {
    const nextLength = inTurn(journey.cuts, 1);
    const nextTurn = inTurn(journey.turns, true);
    const done: [number, number] = [0, 0];
    const sent: Travelling[] = [];
    while (done[0] < this.streams[0].length || done[1] < this.streams[1].length) {
      let side: Side = nextTurn() ? 1 : 0;
      if (done[side] >= this.streams[side].length) side = side === 0 ? 1 : 0;
      const from = done[side];
      const to = Math.min(from + nextLength(), this.streams[side].length);
      done[side] = to;
      sent.push({ side, from, to, received: done[side === 0 ? 1 : 0] });
    }
    return sent;
  }

  /** What the capture shows of them: repeated, overlapping, late. */
  travel(sent: readonly Travelling[], journey: Journey): Travelling[] {
    const nextDelay = inTurn(journey.delays, 0);
    const nextRepeat = inTurn(journey.repeats, [false, 0, 0]);
    const seen = sent.flatMap((segment) => {
      const [again, before, behind] = nextRepeat();
      if (!again) return [segment];
      // The sender repeats what it has sent before and may add what it sends next.
      const from = Math.max(0, segment.from - before);
      const to = Math.min(this.streams[segment.side].length, segment.to + behind);
      return [segment, { ...segment, from, to }];
    });
    return seen
      .map((segment, i) => ({ segment, place: i + nextDelay() }))
      .sort((a, b) => a.place - b.place)
      .map(({ segment }) => segment);
  }

  /** The packets of a whole connection around the segments: handshake, data, FINs. */
  packets(seen: readonly Travelling[]): Buffer[] {
    const [client, device] = this.streams;
    return [
      this.#packet(0, -1, SYN, 0),
      this.#packet(1, -1, SYN | ACK, 0),
      ...seen.map((segment) => this.data(segment)),
      this.#packet(0, client.length, FIN | ACK, device.length),
      this.#packet(1, device.length, FIN | ACK, client.length + 1),
    ];
  }

  data({ side, from, to, received }: Travelling): Buffer {
    return this.#packet(side, from, ACK, received, this.streams[side].subarray(from, to));
  }

  #packet(side: Side, at: number, flags: number, received: number, payload?: Uint8Array): Buffer {
    const other: Side = side === 0 ? 1 : 0;
    const { firstSequence } = this.#conversation;
    return writeSegment({
      from: this.#ends[side],
      to: this.#ends[other],
      sequence: firstSequence[side] + at,
      acknowledgement: firstSequence[other] + received,
      flags,
      ...(payload !== undefined && { payload }),
    });
  }
}

/** A message as both sides of a comparison can tell it. */
export interface Told {
  readonly id: number;
  readonly sequence: number;
  readonly sessionId: number;
  readonly body: string;
}

export function told({ id, sequence = 0, sessionId = 0, body }: WrittenMessage): Told {
  return { id, sequence, sessionId, body: Buffer.from(body ?? []).toString('latin1') };
}
