import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Packet } from '../../../dissectors/core/packet.ts';
import { PacketRing } from '../../../src/capture/ring/packet-ring.ts';
import { placeOf } from '../../../src/capture/ring/ring-place.ts';
import { copyRecord, type SeenRecord } from '../../capture/collect.ts';
import type { Corpus } from '../corpus.ts';
import { feed } from '../pcap.ts';
import { must, mustAgree, type Target } from '../target.ts';
import { contentOf } from './live.ts';
import { scratchFolder } from './readers.ts';

/** How a ring turns; the input's own length chooses. */
function rotationFor({ length }: Buffer) {
  return {
    ...(length % 2 === 0 && { packets: 1 + (length % 50) }),
    ...(length % 3 === 0 && { bytes: 500 + (length % 4000) }),
    ...(length % 5 === 0 && { seconds: 1 + (length % 7) }),
    ...(length % 7 === 0 && { intervalSeconds: 60 }),
    ...(length % 4 === 1 && { files: 1 + (length % 5) }),
  };
}

async function ring(input: Buffer): Promise<void> {
  const folder = mkdtempSync(join(scratchFolder(), 'ring-'));
  try {
    const troubles: string[] = [];
    const events = {
      trouble: (_path: string, why: string) => troubles.push(why),
      resumed: () => undefined,
      enough: () => undefined,
    };
    const kept = new PacketRing(placeOf(join(folder, 'x.pcapng'), true), rotationFor(input), {}, events);
    const before = new Map<number, SeenRecord>();
    feed(input, (packet) => {
      before.set(packet.number, copyRecord(packet));
      kept.packet(packet);
      if (packet.number % 40 === 0) kept.tick();
    });
    await kept.finish();
    must(troubles.length === 0, `the ring is in trouble: ${troubles[0]}`);
    const { packets, leftOut, files } = kept.statistics();
    must(packets === before.size && leftOut === 0, 'packets were left out');
    must(readdirSync(folder).length === files, 'other files than are counted');
    const from = 1 + (input.length % Math.max(1, before.size));
    await readAgain(kept, before, from, Math.min(before.size, from + 30));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Packets that are still there come back as they were, once, in order. */
async function readAgain(
  kept: PacketRing,
  before: ReadonlyMap<number, SeenRecord>,
  from: number,
  to: number,
): Promise<void> {
  const back: SeenRecord[] = [];
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  const read = await kept.read(from, to, (packet: Packet) => back.push(copyRecord(packet)), options);
  mustAgree(read.missing, [], 'files are missing');
  for (const [place, record] of back.entries()) {
    must(place === 0 || record.number === (back[place - 1]?.number ?? 0) + 1, 'packets out of their order');
    const sent = before.get(record.number);
    mustAgree(contentOf(record), sent && contentOf(sent), 'another packet comes back');
  }
  const wanted = back.filter(({ number }) => number >= from && number <= to).map(({ number }) => number);
  const oldest = kept.oldest?.first ?? Number.POSITIVE_INFINITY;
  const there = [...before.keys()].filter((number) => number >= Math.max(from, oldest) && number <= to);
  mustAgree(wanted, there, 'packets that are there do not come back');
}

export function ringTargets({ conversations, publicOnes }: Corpus): readonly Target[] {
  return [
    {
      name: 'ring',
      about: 'ring files that turn by packets, bytes and time, read again: packets come back as they were',
      kind: 'capture',
      seeds: [...conversations, ...(publicOnes.get('tcp') ?? [])],
      run: ring,
    },
  ];
}
