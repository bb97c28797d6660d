import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Packet } from '../../../dissectors/core/packet.ts';
import { readCaptures } from '../../../src/capture/read-captures.ts';
import { RING_LIMITS } from '../../../src/capture/ring/limits.ts';
import { type Enough, PacketRing, type Rotation } from '../../../src/capture/ring/packet-ring.ts';
import { placeOf, type RingPlace, temporaryPlace } from '../../../src/capture/ring/ring-place.ts';

const START = Date.UTC(2026, 10, 22, 10, 34) / 1000;
const BYTES = Buffer.alloc(1 << 20, 0x5a);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-ring-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A ring, and what it told. */
class Watched {
  readonly ring: PacketRing;
  readonly told: string[] = [];
  readonly #packet = new Packet();

  constructor(place: RingPlace, rotation: Rotation = {}, enough: Enough = {}) {
    this.ring = new PacketRing(place, rotation, enough, {
      trouble: (_path, why) => this.told.push(why),
      resumed: () => this.told.push('resumed'),
      enough: () => this.told.push('enough'),
    });
    this.#packet.linkType = 1;
    this.#packet.bytes = BYTES;
  }

  /** So many packets, `apart` seconds from each other. */
  packets(many: number, apart = 0, length = 100): this {
    for (let n = 0; n < many; n++) {
      this.#packet.number += 1;
      this.#packet.seconds ||= START;
      this.#packet.end = this.#packet.wireLength = length;
      this.ring.packet(this.#packet);
      this.#packet.seconds += apart;
    }
    return this;
  }

  seconds(many: number): this {
    for (let n = 0; n < many; n++) this.ring.tick();
    return this;
  }

  async until(told: string): Promise<void> {
    while (!this.told.includes(told)) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function names(): string[] {
  return readdirSync(folder).sort();
}

/** Packets in each file, read as captures; fails where one is damaged. */
async function counts(...paths: readonly string[]): Promise<number[]> {
  const read = await readCaptures(paths, { packet: () => undefined, drained: () => undefined });
  expect(read.map(({ error }) => error)).toEqual(paths.map(() => undefined));
  return read.map(({ packets }) => packets);
}

function paths(): string[] {
  return names().map((name) => join(folder, name));
}

describe('ring files', () => {
  it('begin anew after so many packets, and are named by number and time', async () => {
    const { ring } = new Watched(placeOf(folder, true), { packets: 10 }).packets(25, 1);
    await ring.end();
    expect(names()).toEqual([
      'dvrscope_00001_20261122103400.pcapng',
      'dvrscope_00002_20261122103410.pcapng',
      'dvrscope_00003_20261122103420.pcapng',
    ]);
    expect(await counts(...paths())).toEqual([10, 10, 5]);
    expect(ring.statistics()).toMatchObject({ files: 3, packets: 25, leftOut: 0, removedFiles: 0 });
  });

  it('begin anew after so many bytes, a packet more at most', async () => {
    const { ring } = new Watched(placeOf(folder, true), { bytes: 10_000 }).packets(1000);
    await ring.end();
    const sizes = paths().map((path) => statSync(path).size);
    expect(sizes.length).toBeGreaterThan(10);
    for (const size of sizes.slice(0, -1)) {
      expect(size).toBeGreaterThanOrEqual(10_000);
      expect(size).toBeLessThan(10_000 + 200);
    }
    expect((await counts(...paths())).reduce((a, b) => a + b)).toBe(1000);
  });

  it.each<[string, Rotation, number[]]>([
    ['seconds of the capture', { seconds: 10 }, [10, 10, 5]],
    ['multiples of seconds of the day', { intervalSeconds: 7 }, [1, 7, 7, 7, 3]],
  ])('begin anew after %s', async (_name, rotation, expected) => {
    // 10:34:00 is six seconds after a multiple of seven.
    const first = START % 7;
    expect(first).toBe(6);
    const { ring } = new Watched(placeOf(folder, true), rotation).packets(25, 1);
    await ring.end();
    expect(await counts(...paths())).toEqual(expected);
  });

  it('are removed beyond the number that is kept, the oldest first', async () => {
    const { ring } = new Watched(placeOf(folder, true), { packets: 10, files: 3 }).packets(75);
    await ring.end();
    expect(names().map((name) => name.slice(0, 14))).toEqual([
      'dvrscope_00006',
      'dvrscope_00007',
      'dvrscope_00008',
    ]);
    expect(await counts(...paths())).toEqual([10, 10, 5]);
    expect(ring.statistics()).toMatchObject({ files: 3, removedFiles: 5, packets: 75 });
  });

  it('of which somebody has put another in the place are not removed', async () => {
    const watched = new Watched(placeOf(folder, true), { packets: 10, files: 1 }).packets(10);
    watched.seconds(1);
    await expect.poll(() => names().length).toBe(1);
    const [path = ''] = paths();
    rmSync(path);
    writeFileSync(path, 'precious');
    watched.packets(15);
    await watched.ring.end();
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('belong to their owner alone', async () => {
    const { ring } = new Watched(placeOf(folder, true)).packets(1);
    await ring.end();
    for (const path of paths()) expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('step over names that are taken, symbolic links among them', async () => {
    const target = join(folder, 'target');
    symlinkSync(target, join(folder, 'dvrscope_00001_20261122103400.pcapng'));
    writeFileSync(join(folder, 'dvrscope_00002_20261122103400.pcapng'), 'taken');
    const { ring, told } = new Watched(placeOf(folder, true)).packets(7);
    await ring.end();
    expect(told).toEqual([]);
    expect(existsSync(target)).toBe(false);
    expect(readFileSync(join(folder, 'dvrscope_00002_20261122103400.pcapng'), 'utf8')).toBe('taken');
    expect(await counts(join(folder, 'dvrscope_00003_20261122103400.pcapng'))).toEqual([7]);
  });

  it('hold packets larger than a batch', async () => {
    const { ring } = new Watched(placeOf(folder, true)).packets(2).packets(2, 0, 262_144);
    await ring.end();
    expect(ring.statistics()).toMatchObject({ packets: 4, leftOut: 0 });
    expect(await counts(...paths())).toEqual([4]);
  });
});

describe('a file of its own name', () => {
  it('replaces what was there', async () => {
    const path = join(folder, 'all.pcapng');
    writeFileSync(path, Buffer.alloc(1 << 16));
    const { ring } = new Watched(placeOf(path, false)).packets(5);
    await ring.end();
    expect(await counts(path)).toEqual([5]);
  });

  it('is never a symbolic link', async () => {
    const path = join(folder, 'all.pcapng');
    const target = join(folder, 'target');
    writeFileSync(target, 'precious');
    symlinkSync(target, path);
    const watched = new Watched(placeOf(path, false)).packets(5);
    await watched.ring.end();
    expect(watched.told).toEqual(['it is a symbolic link']);
    expect(readFileSync(target, 'utf8')).toBe('precious');
    expect(watched.ring.statistics()).toMatchObject({ packets: 0, leftOut: 5 });
  });

  it('is never a device or a pipe', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const watched = new Watched(placeOf(path, false)).packets(5);
    await watched.ring.end();
    expect(watched.told).toEqual(['it is no regular file']);
    expect(lstatSync(path).isFIFO()).toBe(true);
  });

  it('goes on under the same name when it was moved away, and beside it when it was not', async () => {
    const path = join(folder, 'all.pcapng');
    const watched = new Watched(placeOf(path, false)).packets(5);
    watched.seconds(1);
    await expect.poll(() => existsSync(path)).toBe(true);
    renameSync(path, join(folder, 'moved.pcapng'));
    watched.ring.reopen();
    watched.packets(3);
    watched.ring.reopen();
    watched.packets(2);
    await watched.ring.end();
    expect(watched.told).toEqual([]);
    expect(names()).toEqual(['all.pcapng', 'all_00003_20261122103400.pcapng', 'moved.pcapng']);
    expect(await counts(...paths())).toEqual([3, 2, 5]);
  });
});

describe('a capture that is to end when enough was written', () => {
  it('is told so after so many bytes', async () => {
    const { ring, told } = new Watched(placeOf(folder, true), {}, { bytes: 5000 }).packets(100);
    expect(told[0]).toBe('enough');
    await ring.end();
  });

  it('is told so after so many files', async () => {
    const { ring, told } = new Watched(placeOf(folder, true), { packets: 10 }, { files: 2 }).packets(21);
    await ring.end();
    expect(told[0]).toBe('enough');
    expect(await counts(...paths())).toEqual([10, 10]);
  });
});

describe('a folder that cannot be written to', () => {
  it('is tried again, and what could not be kept is counted', async () => {
    const place = join(folder, 'ring');
    mkdirSync(place);
    const watched = new Watched(placeOf(place, true)).packets(5);
    watched.seconds(1);
    await expect.poll(() => readdirSync(place).length).toBe(1);
    renameSync(place, `${place}.away`);
    watched.ring.reopen();
    watched.packets(4);
    await watched.until('the folder is not there');
    watched
      .packets(3)
      .seconds(RING_LIMITS.retrySeconds - 1)
      .packets(3);
    mkdirSync(place);
    watched.seconds(1).packets(6).seconds(1);
    await watched.until('resumed');
    await watched.ring.end();
    expect(watched.told).toEqual(['the folder is not there', 'resumed']);
    expect(watched.ring.statistics()).toMatchObject({ packets: 11, leftOut: 10, state: 'waiting' });
    expect(await counts(...readdirSync(place).map((name) => join(place, name)))).toEqual([6]);
  });

  it('that is full leaves whole files behind, and is used again when there is room', async (context) => {
    const place = join(folder, 'small');
    mkdirSync(place);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'dvrscope', place], { stdio: 'ignore' });
    } catch (error) {
      if (process.env.DVRSCOPE_REQUIRE_TOOLS === '1') throw error;
      context.skip('no small file system can be mounted here');
    }
    try {
      writeFileSync(join(place, 'ballast'), Buffer.alloc(300_000));
      const watched = new Watched(placeOf(place, true)).packets(1200, 0, 1000);
      watched.seconds(1);
      await watched.until('the disk is full');
      watched.packets(10, 0, 1000);
      const [first = ''] = watched.ring.files();
      const [kept = 0] = await counts(first);
      expect(kept).toBeGreaterThan(100);
      rmSync(join(place, 'ballast'));
      watched.seconds(RING_LIMITS.retrySeconds).packets(50, 0, 1000).seconds(1);
      await watched.until('resumed');
      await watched.ring.end();
      expect(await counts(...watched.ring.files())).toEqual([kept, 50]);
      expect(watched.ring.statistics()).toMatchObject({ packets: kept + 50, leftOut: 1210 - kept });
    } finally {
      execFileSync('umount', [place]);
    }
  });

  it('that is too slow costs packets, not memory', async () => {
    const watched = new Watched(placeOf(folder, true));
    const many = Math.ceil((3 * RING_LIMITS.waitingBytes) / 100_000);
    // All at once: the disk gets no turn in between.
    watched.packets(many, 0, 100_000);
    expect(watched.told).toEqual(['the disk is too slow']);
    await watched.ring.end();
    const { packets, leftOut } = watched.ring.statistics();
    expect(packets + leftOut).toBe(many);
    expect(packets).toBeGreaterThan(1);
    expect((await counts(...paths()))[0]).toBe(packets);
  });
});

describe('a temporary ring', () => {
  it('is a folder of its own that only its owner may look into, and goes with the capture', async () => {
    const place = temporaryPlace();
    const { ring } = new Watched(place, { packets: 2, files: 2 }).packets(7).seconds(1);
    await expect.poll(() => readdirSync(place.where).length).toBeGreaterThan(0);
    expect(statSync(place.where).mode & 0o777).toBe(0o700);
    await ring.end();
    expect(existsSync(place.where)).toBe(false);
    expect(ring.statistics()).toMatchObject({ packets: 7, removedFiles: 2 });
  });

  it('goes at once when the process is to end at once', async () => {
    const place = temporaryPlace();
    const { ring } = new Watched(place).packets(3);
    ring.discard();
    expect(existsSync(place.where)).toBe(false);
    await ring.end();
  });
});
