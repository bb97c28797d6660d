import type { ByteSource } from '../byte-source.ts';
import type { LiveFeed } from './live-feed.ts';
import type { RecordReader } from './record-reader.ts';

/**
 * Reads a source to its end, or until its bytes make no sense, as fast as it brings them: what the sink has no time for
 * waits in the feed, not in the pipe. Rejects when the source fails.
 */
export async function pump(
  source: ByteSource,
  reader: RecordReader,
  file: number,
  feed: LiveFeed,
): Promise<void> {
  while (reader.damage === undefined) {
    const piece = feed.takePiece();
    const length = await source.read(piece, 0);
    feed.push(reader, file, piece, length);
    if (length === 0) return;
  }
}
