import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FedPacket } from '../support/packet-feed.ts';
import { brokenGroups, type DroppedHere, runRules } from '../support/run-rules.ts';
import { type Dice, dice, packetsOf } from './losses.ts';

const CAPTURES = new URL('../../captures/', import.meta.url);
const samples = readdirSync(CAPTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => [name, new URL(`${name}/capture.pcapng`, CAPTURES).pathname] as const);

const timeOf = ({ seconds = 0, nanoseconds = 0 }: FedPacket) => seconds + nanoseconds / 1e9;

/** The capture without some packets in a row, at some places; behind each it says so, as epb_dropcount does. */
function withHoles(
  packets: readonly FedPacket[],
  holes: number,
  longest: number,
  roll: Dice,
): readonly (FedPacket | DroppedHere)[] {
  const lost = new Set<number>();
  for (let hole = 0; hole < holes; hole += 1) {
    const from = Math.floor(roll() * packets.length);
    const length = 1 + Math.floor(roll() * longest);
    for (let place = from; place < from + length; place += 1) lost.add(place);
  }
  const parts: (FedPacket | DroppedHere)[] = [];
  let before: number | undefined;
  let missing = false;
  for (const [place, packet] of packets.entries()) {
    if (lost.has(place)) {
      missing = true;
      continue;
    }
    const time = timeOf(packet);
    if (missing) parts.push({ from: before ?? time, to: time });
    parts.push(packet);
    before = time;
    missing = false;
  }
  if (missing) parts.push({ from: before ?? 0, to: Number.POSITIVE_INFINITY });
  return parts;
}

describe('where a capture says when it dropped packets, nothing is found that the whole of it does not show', () => {
  it.each(samples)('%s', async (_, path) => {
    const packets = await packetsOf(path);
    const whole = brokenGroups(runRules(packets));
    const alarms: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const roll = dice(104_729 + round);
      const parts = withHoles(packets, 1 + (round % 3), round % 2 === 0 ? 3 : 30, roll);
      for (const [found, words] of brokenGroups(runRules(parts))) {
        if (!whole.has(found)) alarms.push(`round ${round}: ${found}: ${words}`);
      }
    }
    expect(alarms).toEqual([]);
  });
});
