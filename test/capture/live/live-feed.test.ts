import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Packet, RECENT_CHUNKS } from '../../../dissectors/core/packet.ts';
import { LIVE_LIMITS, PIECE_BYTES } from '../../../src/capture/live/limits.ts';
import { LiveFeed } from '../../../src/capture/live/live-feed.ts';
import type { RecordReader } from '../../../src/capture/live/record-reader.ts';
import { type WrittenPacket, writePcap, writePcapng } from '../../support/capture-writer.ts';
import { copyRecord, parse, type SeenRecord } from '../collect.ts';

const NO_END = 2 ** 52;

/** A sink that keeps what it is given, and that can be made to wait. */
class Sink {
  readonly records: SeenRecord[] = [];
  readonly views: { readonly bytes: Uint8Array; start: number; end: number; chunk: number }[] = [];
  newestChunk = 0;
  #release: (() => void) | undefined;
  #stalled: Promise<void> | undefined;

  packet(packet: Packet): void {
    this.records.push(copyRecord(packet));
    const { bytes, start, end, chunk } = packet;
    this.views.push({ bytes, start, end, chunk });
    this.newestChunk = chunk;
  }

  drained(): Promise<void> | undefined {
    return this.#stalled;
  }

  stall(): void {
    this.#stalled = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  async release(): Promise<void> {
    this.#stalled = undefined;
    this.#release?.();
    await Promise.resolve();
    await Promise.resolve();
  }
}

function openFeed(interfaces = 1, most = NO_END) {
  const sink = new Sink();
  const told: { full: number; failures: unknown[] } = { full: 0, failures: [] };
  const feed = new LiveFeed(
    sink,
    interfaces,
    most,
    () => {
      told.full += 1;
    },
    (error) => told.failures.push(error),
  );
  return { sink, feed, told };
}

/** Hands bytes over in one buffer of the feed's. */
function push(feed: LiveFeed, reader: RecordReader, file: number, bytes: Uint8Array): void {
  const piece = feed.takePiece();
  piece.set(bytes);
  feed.push(reader, file, piece, bytes.length);
  // What was pushed must not be looked at again.
  if (feed.queuedBytes === 0) piece.fill(0xee);
}

const packets = fc.array(
  fc.record({
    bytes: fc.uint8Array({ maxLength: 300 }),
    seconds: fc.nat(2 ** 31),
    nanoseconds: fc.nat(999_999).map((micros) => micros * 1000),
  }),
  { maxLength: 30 },
);
const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 });

function write(format: 'pcap' | 'pcapng', records: readonly WrittenPacket[]): Buffer {
  return format === 'pcap' ? writePcap(records) : writePcapng(records);
}

/** Without what counts over all interfaces. */
function own({ time, linkType, hex, wireLength, fileOffset }: SeenRecord) {
  return { time, linkType, hex, wireLength, fileOffset };
}

describe('pieces of several interfaces', () => {
  it('become the records of each, in order, wherever the pieces end', () => {
    const format = fc.constantFrom('pcap' as const, 'pcapng' as const);
    fc.assert(
      fc.property(format, packets, packets, sizes, (kind, first, second, cuts) => {
        const { sink, feed } = openFeed(2);
        const captures = [write(kind, first), write(kind, second)];
        const readers = captures.map((_, file) => feed.openReader(file));
        const at = [0, 0];
        for (let turn = 0; at.some((place, file) => place < (captures[file]?.length ?? 0)); turn++) {
          const file = turn % 2;
          const [capture, reader, place = 0] = [captures[file], readers[file], at[file]];
          if (capture === undefined || reader === undefined) throw new Error('two there are');
          const end = Math.min(capture.length, place + (cuts[turn % cuts.length] ?? 1));
          push(feed, reader, file, capture.subarray(place, end));
          at[file] = end;
        }
        for (const reader of readers) reader.finish();
        expect(readers.map(({ damage }) => damage)).toEqual([undefined, undefined]);
        captures.forEach((capture, file) => {
          const expected = parse(kind, capture).records.map(own);
          expect(sink.records.filter((record) => record.file === file).map(own)).toEqual(expected);
        });
        expect(sink.records.map(({ number }) => number)).toEqual(sink.records.map((_, index) => index + 1));
      }),
      { numRuns: 60 },
    );
  });

  it('stay where they are for as long as a reader may look back (RECENT_CHUNKS)', () => {
    const { sink, feed } = openFeed();
    const reader = feed.openReader(0);
    const records = Array.from({ length: 12_000 }, (_, index) => ({ bytes: Buffer.alloc(1400, index) }));
    const capture = writePcap(records);
    for (let at = 0; at < capture.length; at += 50_000)
      push(feed, reader, 0, capture.subarray(at, at + 50_000));
    expect(sink.records.length).toBe(12_000);
    expect(sink.newestChunk).toBeGreaterThan(2 * RECENT_CHUNKS);
    const recent = sink.views.map((view, index) => ({ view, index })).slice(-5000);
    for (const { view, index } of recent) {
      if (view.chunk <= sink.newestChunk - RECENT_CHUNKS) continue;
      expect(view.bytes[view.start]).toBe(index & 0xff);
      expect(view.bytes[view.end - 1]).toBe(index & 0xff);
    }
  });

  it('may hold a record larger than any buffer', () => {
    const { sink, feed } = openFeed();
    const reader = feed.openReader(0);
    const large = Buffer.alloc(3_000_000, 'large');
    const capture = writePcap([{ bytes: Buffer.from('a') }, { bytes: large }, { bytes: Buffer.from('b') }], {
      snapLength: 4_000_000,
    });
    for (let at = 0; at < capture.length; at += 60_000)
      push(feed, reader, 0, capture.subarray(at, at + 60_000));
    expect(sink.records.map(({ wireLength }) => wireLength)).toEqual([1, 3_000_000, 1]);
    expect(sink.records[1]?.hex === large.toString('hex')).toBe(true);
    expect(sink.records[2]?.hex).toBe('62');
  });
});

describe('bytes that are no capture', () => {
  it('are damage, whatever they are, and never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), sizes, (bytes, cuts) => {
        const { feed, sink, told } = openFeed();
        const reader = feed.openReader(0);
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1;
          push(feed, reader, 0, bytes.subarray(at, at + size));
          at += size;
        }
        reader.finish();
        expect(told.failures).toEqual([]);
        expect(sink.records).toEqual([]);
        expect(reader.damage?.code).toBeDefined();
      }),
    );
  });

  it('after good ones leave the good ones', () => {
    const { feed, sink } = openFeed();
    const reader = feed.openReader(0);
    const good = writePcap([{ bytes: Buffer.from('good') }]);
    push(feed, reader, 0, Buffer.concat([good, Buffer.alloc(64, 0xff)]));
    expect(sink.records.map(({ hex }) => hex)).toEqual([Buffer.from('good').toString('hex')]);
    expect(reader.damage?.code).toBe('corrupt');
  });
});

describe('a sink that does not keep up', () => {
  /** One record of so many bytes a piece, cut in its middle. */
  const cuts = (count: number, bytes: number) => {
    const capture = writePcap(
      Array.from({ length: count }, (_, index) => ({ bytes: Buffer.alloc(bytes, index) })),
    );
    const each = 16 + bytes;
    return Array.from({ length: count }, (_, index) =>
      capture.subarray(index === 0 ? 0 : 24 + each * index - 100, 24 + each * (index + 1) - 100),
    );
  };

  it('gets what waited, in order', async () => {
    const { feed, sink } = openFeed();
    const reader = feed.openReader(0);
    sink.stall();
    for (const piece of cuts(50, 200)) push(feed, reader, 0, piece);
    // The first piece found the sink ready.
    expect(sink.records.length).toBe(0);
    expect(feed.queuedBytes).toBeGreaterThan(10_000);
    await sink.release();
    expect(sink.records.map(({ hex }) => Number.parseInt(hex.slice(0, 2), 16))).toEqual(
      Array.from({ length: 49 }, (_, index) => index),
    );
    expect(feed.queuedBytes).toBe(0);
    expect(feed.thrownAway).toEqual([0]);
  });

  it('loses the oldest when too much waits, and every loss is counted', async () => {
    const { feed, sink } = openFeed();
    const reader = feed.openReader(0);
    sink.stall();
    // Two of them do not fit into one piece.
    const pieces = cuts(LIVE_LIMITS.queuedPieces + 40, PIECE_BYTES / 2);
    for (const piece of pieces) push(feed, reader, 0, piece);
    const [dropped = 0] = feed.thrownAway;
    // One piece was taken before the sink said so.
    expect(dropped).toBe(39);
    await sink.release();
    expect(feed.received).toEqual([LIVE_LIMITS.queuedPieces + 39]);
    expect(sink.records.length).toBe(LIVE_LIMITS.queuedPieces);
    expect(sink.records.at(-1)?.hex.slice(0, 2)).toBe(((LIVE_LIMITS.queuedPieces + 38) & 0xff).toString(16));
    expect(reader.damage).toBeUndefined();
  });

  it('loses nothing of many small pieces, which wait together', async () => {
    const { feed, sink } = openFeed(2);
    const [reader, other] = [feed.openReader(0), feed.openReader(1)];
    sink.stall();
    const count = 8 * LIVE_LIMITS.queuedPieces;
    for (const [index, piece] of cuts(count, 200).entries()) {
      push(feed, reader, 0, piece);
      // Another interface comes in between.
      if (index === count / 2) push(feed, other, 1, writePcap([]));
    }
    await sink.release();
    expect(feed.thrownAway).toEqual([0, 0]);
    expect(sink.records.map(({ hex }) => Number.parseInt(hex.slice(0, 2), 16))).toEqual(
      Array.from({ length: count - 1 }, (_, index) => index & 0xff),
    );
  });

  it('is waited for before an interface has ended', async () => {
    const { feed, sink } = openFeed();
    const reader = feed.openReader(0);
    sink.stall();
    for (const piece of cuts(3, 200)) push(feed, reader, 0, piece);
    let over = false;
    const finished = feed.finish(reader, 0).then(() => {
      over = true;
    });
    await Promise.resolve();
    expect(over).toBe(false);
    await sink.release();
    await finished;
    expect(sink.records.length).toBe(2);
    expect(reader.damage?.code).toBe('truncated');
  });
});

describe('a sink that', () => {
  it('throws ends the feeding: what it threw is told', () => {
    const failures: unknown[] = [];
    const broken = new Error('disk full');
    const feed = new LiveFeed(
      {
        packet: () => {
          throw broken;
        },
        drained: () => undefined,
      },
      1,
      NO_END,
      () => undefined,
      (error) => failures.push(error),
    );
    push(feed, feed.openReader(0), 0, writePcap([{ bytes: Buffer.from('a') }]));
    expect(failures).toEqual([broken]);
  });

  it('wants so many packets gets no more', () => {
    const { feed, sink, told } = openFeed(1, 3);
    const bytes = writePcap(Array.from({ length: 10 }, () => ({ bytes: Buffer.from('a') })));
    push(feed, feed.openReader(0), 0, bytes);
    expect(sink.records.length).toBe(3);
    expect(told.full).toBe(1);
  });
});
