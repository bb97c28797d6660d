import { readCaptures } from '../../src/capture/read-captures.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { brokenGroups, runRules } from '../support/run-rules.ts';

/** A number in [0, 1), the next of a fixed row. */
export type Dice = () => number;

/** The same row for the same seed (mulberry32). */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** One way to spoil a capture. */
export interface Spoiling {
  readonly title: string;
  spoil(packets: readonly FedPacket[], roll: Dice): readonly FedPacket[];
}

const keep = (
  title: string,
  wanted: (roll: Dice, count: number) => (place: number) => boolean,
): Spoiling => ({
  title,
  spoil(packets, roll) {
    const isKept = wanted(roll, packets.length);
    return packets.filter((_, place) => isKept(place));
  },
});

const randomDrops = (rate: number) => keep(`${rate * 100} % lost`, (roll) => () => roll() >= rate);

const burst = (length: number) =>
  keep(`${length} in a row lost`, (roll, count) => {
    const from = Math.floor(roll() * count);
    return (place) => place < from || place >= from + length;
  });

/** Source address of a packet, as far as it tells directions apart. */
const sourceOf = ({ bytes }: FedPacket) => Buffer.from(bytes.subarray(26, 30)).toString('hex');

/** What a capture may lack. */
export const LOSSES: readonly Spoiling[] = [
  ...[0.01, 0.03, 0.1, 0.3].map(randomDrops),
  burst(1),
  burst(2),
  burst(5),
  burst(20),
  keep('begins late', (roll, count) => {
    const from = Math.floor(roll() * count);
    return (place) => place >= from;
  }),
  keep('ends early', (roll, count) => {
    const until = Math.floor(roll() * count);
    return (place) => place < until;
  }),
  {
    title: 'one direction only',
    spoil(packets, roll) {
      const sources = [...new Set(packets.map(sourceOf))];
      const source = sources[Math.floor(roll() * sources.length)];
      return packets.filter((packet) => sourceOf(packet) === source);
    },
  },
  {
    title: 'one direction with loss',
    spoil(packets, roll) {
      const sources = [...new Set(packets.map(sourceOf))];
      const source = sources[Math.floor(roll() * sources.length)];
      return packets.filter((packet) => sourceOf(packet) !== source || roll() >= 0.2);
    },
  },
  {
    title: 'snap length',
    spoil(packets, roll) {
      const longest = 60 + Math.floor(roll() * roll() * 1500);
      return packets.map((packet) => ({
        ...packet,
        bytes: packet.bytes.subarray(0, longest),
        wireLength: packet.wireLength ?? packet.bytes.length,
      }));
    },
  },
];

/** How far a packet may come before or behind its place. */
const FARTHEST = 5;

/** What changes nothing. */
export const TRAVEL: readonly Spoiling[] = [
  { title: 'every packet twice', spoil: (packets) => packets.flatMap((packet) => [packet, packet]) },
  {
    title: 'some packets twice',
    spoil: (packets, roll) => packets.flatMap((packet) => (roll() < 0.3 ? [packet, packet] : [packet])),
  },
  {
    title: 'segments of a direction change places',
    spoil(packets, roll) {
      const moved = [...packets];
      for (let at = 0; at + 1 < moved.length; at += 1) {
        const other = at + 1 + Math.floor(roll() * (FARTHEST - 1));
        const a = moved[at];
        const b = moved[other];
        if (roll() > 0.2 || a === undefined || b === undefined || sourceOf(a) !== sourceOf(b)) continue;
        // The clock is that of the capture: it goes on whatever comes.
        moved[at] = atTimeOf(b, a);
        moved[other] = atTimeOf(a, b);
        at = other;
      }
      return moved;
    },
  },
  {
    title: 'packets come within five of their place',
    spoil(packets, roll) {
      const order = packets.map((packet, place) => ({ packet, key: place + roll() * FARTHEST }));
      order.sort((a, b) => a.key - b.key);
      return order.map(({ packet }, place) => atTimeOf(packet, packets[place] ?? packet));
    },
  },
];

function atTimeOf(packet: FedPacket, { seconds = 0, nanoseconds = 0 }: FedPacket): FedPacket {
  return { ...packet, seconds, nanoseconds };
}

/** The packets of a capture file. */
export async function packetsOf(path: string): Promise<readonly FedPacket[]> {
  const packets: FedPacket[] = [];
  await readCaptures([path], {
    packet: ({ bytes, start, end, seconds, nanoseconds, wireLength }) => {
      packets.push({ bytes: Buffer.from(bytes.subarray(start, end)), seconds, nanoseconds, wireLength });
    },
    drained: () => undefined,
  });
  return packets;
}

/** What rules object to, as `severity rule (message)`, with the first of each in words. */
export function objections(packets: readonly FedPacket[]): ReadonlyMap<string, string> {
  return brokenGroups(runRules(packets));
}
