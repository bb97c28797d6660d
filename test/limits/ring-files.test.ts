import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { Packet } from '../../dissectors/core/packet.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { OPEN_FILES, PIECE_BYTES, READ_BYTES, type RingLimits } from '../../src/capture/ring/limits.ts';
import { PacketRing, type Rotation } from '../../src/capture/ring/packet-ring.ts';
import { placeOf } from '../../src/capture/ring/ring-place.ts';
import { openRing } from '../../src/cli/live/open-ring.ts';
import { reaches, reachesFixed } from './reaching.ts';

const START = Date.UTC(2026, 10, 22, 10, 34) / 1000;
const BYTES = Buffer.alloc(1 << 20, 0x5a);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-ring-limits-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Collects what a ring tells. */
function events() {
  const told: string[] = [];
  return {
    told,
    trouble: (_path: string, why: string) => told.push(why),
    resumed: () => told.push('resumed'),
    enough: () => told.push('enough'),
  };
}

/** Hands packets to a ring, all of one second. */
class Feeder {
  readonly #ring: PacketRing;
  readonly #packet = new Packet();

  constructor(ring: PacketRing) {
    this.#ring = ring;
    Object.assign(this.#packet, { linkType: 1, bytes: BYTES, seconds: START });
  }

  packets(many: number, length = 100): void {
    const packet = this.#packet;
    for (let n = 0; n < many; n++) {
      packet.number += 1;
      packet.end = packet.wireLength = length;
      this.#ring.packet(packet);
    }
  }
}

/** A ring in the folder of the test. */
function ringOf(limits: RingLimits, rotation: Rotation = {}) {
  const heard = events();
  const ring = new PacketRing(placeOf(folder, true), rotation, {}, heard, limits);
  return { ring, feeder: new Feeder(ring), told: heard.told };
}

/** The ring that `live` makes for `-w write`, or without it. */
function ringOfLive(limits: RingLimits, write: string | undefined) {
  const options = {
    dialect: 'auto',
    color: false,
    quiet: true,
    ...(write !== undefined && { write }),
  } as const;
  const opened = openRing(options, events(), limits);
  if (opened === undefined) throw new Error('a ring was asked for');
  return { ...opened, feeder: new Feeder(opened.ring) };
}

function sizes(): number[] {
  return readdirSync(folder)
    .sort()
    .map((name) => statSync(join(folder, name)).size);
}

describe('a temporary ring', () => {
  reaches('ring.temporaryFileBytes', 10_000, 'the next file begins', async ({ limits }) => {
    const { ring, feeder } = ringOfLive(limits.ring, undefined);
    feeder.packets(150);
    await ring.finish();
    const { files, packets, leftOut } = ring.statistics();
    ring.discard();
    expect([files, packets, leftOut]).toEqual([2, 150, 0]);
  });

  reaches(
    'ring.temporaryFiles',
    2,
    'the oldest file is removed, and what it held is said to be gone',
    async (given) => {
      const { ring, feeder } = ringOfLive({ ...given.limits.ring, temporaryFileBytes: 10_000 }, undefined);
      feeder.packets(300);
      await ring.finish();
      const { oldest } = ring;
      const { files, removedFiles, packets } = ring.statistics();
      ring.discard();
      expect([files, packets]).toEqual([2, 300]);
      expect(removedFiles).toBe(2);
      expect(oldest?.first).toBeGreaterThan(100);
    },
  );
});

reaches('ring.folderFileBytes', 10_000, 'the next file begins, and all are kept', async ({ limits }) => {
  const { ring, feeder } = ringOfLive(limits.ring, folder);
  feeder.packets(300);
  await ring.end();
  expect(ring.statistics()).toMatchObject({ files: 4, removedFiles: 0, packets: 300, leftOut: 0 });
  expect(sizes()).toHaveLength(4);
});

reaches(
  'ring.waitingBytes',
  500_000,
  'the file is ended, and packets that are left out are counted',
  async ({ limits }) => {
    const { ring, feeder, told } = ringOf(limits.ring);
    // All at once: the disk gets no turn in between.
    feeder.packets(20, 100_000);
    await ring.end();
    expect(told).toEqual(['the disk is too slow']);
    const { packets, leftOut } = ring.statistics();
    expect(packets).toBeLessThan(10);
    expect(packets + leftOut).toBe(20);
  },
);

reaches(
  'ring.retrySeconds',
  2,
  'it is tried again, and packets were left out until then',
  async ({ limits }) => {
    const { ring, feeder, told } = ringOf(limits.ring);
    renameSync(folder, `${folder}.away`);
    feeder.packets(4);
    while (told.length === 0) {
      ring.tick();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    mkdirSync(folder);
    rmSync(`${folder}.away`, { recursive: true });
    ring.tick();
    feeder.packets(3);
    expect(ring.statistics()).toMatchObject({ state: 'trouble', packets: 0 });
    ring.tick();
    feeder.packets(5);
    await ring.end();
    expect(told).toEqual(['the folder is not there', 'resumed']);
    expect(ring.statistics()).toMatchObject({ packets: 5, leftOut: 7 });
  },
);

reaches('ring.nameAttempts', 3, 'the ring gives up for now, and says so', async ({ limits }) => {
  for (let number = 1; number <= 6; number++) {
    writeFileSync(join(folder, `dvrscope_0000${number}_20261122103400.pcapng`), 'taken');
  }
  const { ring, feeder, told } = ringOf(limits.ring);
  feeder.packets(5);
  await ring.end();
  expect(told).toHaveLength(1);
  expect(ring.statistics()).toMatchObject({ files: 0, packets: 0, leftOut: 5 });
});

describe('the buffers of a ring lose nothing:', () => {
  const noBreak = { signal: new AbortController().signal, onProgress: () => undefined };

  reachesFixed(
    'ring.PIECE_BYTES',
    'what is longer than one goes in several, a packet that is longer in its own',
    async () => {
      const { ring, feeder } = ringOf({ ...RING_WIDE });
      feeder.packets(100, Math.floor(PIECE_BYTES / 10));
      feeder.packets(2, PIECE_BYTES);
      await ring.end();
      const paths = readdirSync(folder).map((name) => join(folder, name));
      const [read] = await readCaptures(paths, { packet: () => undefined, drained: () => undefined });
      expect([read?.error, read?.packets]).toEqual([undefined, 102]);
    },
  );

  reachesFixed('ring.READ_BYTES', 'a file that is longer is read in several', async () => {
    const { ring, feeder } = ringOf({ ...RING_WIDE });
    feeder.packets(30, 50_000);
    expect(30 * 50_000).toBeGreaterThan(3 * READ_BYTES);
    const numbers: number[] = [];
    const { missing } = await ring.read(1, 30, ({ number }) => numbers.push(number), noBreak);
    await ring.end();
    expect([numbers, missing]).toEqual([Array.from({ length: 30 }, (_, n) => n + 1), []]);
  });

  reachesFixed('ring.OPEN_FILES', 'further files are opened when one before them has been read', async () => {
    const files = 2 * OPEN_FILES + 3;
    const { ring, feeder } = ringOf({ ...RING_WIDE }, { packets: 2 });
    feeder.packets(2 * files);
    const numbers: number[] = [];
    const { missing } = await ring.read(1, 2 * files, ({ number }) => numbers.push(number), noBreak);
    await ring.end();
    expect([numbers.length, numbers.at(-1), missing]).toEqual([2 * files, 2 * files, []]);
  });
});

/** Nothing but the buffers is in the way. */
const RING_WIDE: RingLimits = {
  temporaryFiles: 1000,
  temporaryFileBytes: 1 << 30,
  folderFileBytes: 1 << 30,
  waitingBytes: 1 << 28,
  retrySeconds: 1,
  nameAttempts: 1000,
};
