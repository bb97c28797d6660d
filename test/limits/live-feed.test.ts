import { describe, expect } from 'vitest';
import { Packet } from '../../dissectors/core/packet.ts';
import { MERGE_LOOKS_PER_SECOND, PIECE_BYTES, SPARE_PIECES } from '../../src/capture/live/limits.ts';
import { LiveFeed } from '../../src/capture/live/live-feed.ts';
import { TimeMerger } from '../../src/capture/live/time-merger.ts';
import { RUN_LIMITS, type RunLimits } from '../../src/cli/config/run-limits.ts';
import { writePcap } from '../support/capture-writer.ts';
import { reaches, reachesFixed } from './reaching.ts';

/** A sink that does not keep up until it is let, and the feed before it. */
function stalledFeed({ live, capture }: RunLimits) {
  const seen: number[] = [];
  let letGo: () => void = () => undefined;
  let stalled: Promise<void> | undefined = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const sink = {
    packet: ({ wireLength }: Packet) => void seen.push(wireLength),
    drained: () => stalled,
  };
  const failed = (error: unknown) => {
    throw error;
  };
  const feed = new LiveFeed(sink, 1, 2 ** 52, () => undefined, failed, { live, capture });
  const release = async (): Promise<void> => {
    stalled = undefined;
    letGo();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { seen, feed, release };
}

/** So long that two do not fit into one piece. */
const LONG = PIECE_BYTES / 2;

/** Records of LONG, LONG + 1, … bytes, each a piece. */
function pieces(count: number): readonly Buffer[] {
  const records = Array.from({ length: count }, (_, n) => ({ bytes: Buffer.alloc(LONG + n) }));
  const capture = writePcap(records);
  let at = 0;
  return records.map(({ bytes }, n) => {
    const end = at + 16 + bytes.length + (n === 0 ? 24 : 0);
    const piece = capture.subarray(at, end);
    at = end;
    return piece;
  });
}

describe('a sink that does not keep up', () => {
  reaches(
    'live.queuedPieces',
    5,
    'loses the oldest piece, and what was in it is counted',
    async ({ limits }) => {
      const { seen, feed, release } = stalledFeed(limits);
      const reader = feed.openReader(0);
      for (const bytes of pieces(12)) {
        const piece = feed.takePiece();
        piece.set(bytes);
        feed.push(reader, 0, piece, bytes.length);
      }
      await release();
      // The first was taken before the sink said that it was busy, the last five waited.
      expect(seen).toEqual([0, 7, 8, 9, 10, 11].map((n) => LONG + n));
      expect([feed.received, feed.thrownAway]).toEqual([[12], [6]]);
      expect(reader.damage).toBeUndefined();
    },
  );

  reachesFixed('live.SPARE_PIECES', 'gives back the buffers that waited, but for some', async () => {
    const { feed, release } = stalledFeed(RUN_LIMITS);
    const reader = feed.openReader(0);
    const used = new Set<Buffer>();
    for (const bytes of pieces(SPARE_PIECES + 16)) {
      const piece = feed.takePiece();
      used.add(piece);
      piece.set(bytes);
      feed.push(reader, 0, piece, bytes.length);
    }
    await release();
    const next = Array.from({ length: SPARE_PIECES + 16 }, () => feed.takePiece());
    expect(next.filter((piece) => used.has(piece))).toHaveLength(SPARE_PIECES);
  });

  reachesFixed('live.PIECE_BYTES', 'gets a record that is longer than a piece, whole', async () => {
    const { seen, feed, release } = stalledFeed(RUN_LIMITS);
    const reader = feed.openReader(0);
    const long = 3 * PIECE_BYTES;
    const capture = writePcap([{ bytes: Buffer.alloc(long) }, { bytes: Buffer.alloc(50) }], {
      snapLength: long,
    });
    for (let at = 0; at < capture.length; ) {
      const piece = feed.takePiece();
      const length = Math.min(piece.length, capture.length - at);
      expect(length).toBeLessThanOrEqual(PIECE_BYTES);
      piece.set(capture.subarray(at, at + length));
      feed.push(reader, 0, piece, length);
      at += length;
    }
    await release();
    expect(seen).toEqual([long, 50]);
  });
});

describe('packets of several interfaces', () => {
  const HOLD_SECONDS = 1;

  function merging(limits: RunLimits) {
    const seen: number[] = [];
    const sink = { packet: ({ seconds }: Packet) => void seen.push(seconds), drained: () => undefined };
    const failed = (error: unknown) => {
      throw error;
    };
    const merger = new TimeMerger(sink, 2, HOLD_SECONDS, failed, limits.live);
    const bring = (file: number, seconds: number, length = 100) => {
      const packet = new Packet();
      const bytes = Buffer.alloc(length);
      merger.packet(
        Object.assign(packet, { file, seconds, bytes, end: length, wireLength: length, linkType: 1 }),
      );
    };
    return { seen, merger, bring };
  }

  reaches(
    'live.mergedBytes',
    10_000,
    'go on in the order in which they came, and none is lost',
    ({ limits }) => {
      const { seen, merger, bring } = merging(limits);
      for (let second = 1; second <= 20; second++) bring(0, second, 1000);
      // The other interface has said nothing yet; of its own, ten wait.
      expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      merger.end();
      expect(seen).toHaveLength(20);
    },
  );

  reachesFixed('live.MERGE_LOOKS_PER_SECOND', 'that waited for long enough go on at the next look', () => {
    const { seen, merger, bring } = merging(RUN_LIMITS);
    bring(0, 1);
    for (let look = 0; look < HOLD_SECONDS * MERGE_LOOKS_PER_SECOND; look++) merger.look();
    expect(seen).toEqual([]);
    merger.look();
    expect(seen).toEqual([1]);
    merger.drop();
  });
});
