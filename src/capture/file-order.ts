import { stat } from 'node:fs/promises';
import { Packet } from '../../dissectors/core/packet.ts';
import { ChunkRing } from './chunk-ring.ts';
import type { CaptureLimits } from './limits.ts';
import { readFile } from './read-file.ts';

/** Enough to find the first packet of nearly every file. */
const PEEK_BYTES = 64 * 1024;

interface Timed {
  readonly path: string;
  readonly seconds: number;
  readonly nanoseconds: number;
}

/**
 * Orders regular files by the time of their first packet, so that TCP state can be carried from one to the next.
 * What has no such time (a pipe, which may be read only once; an empty or broken file) keeps its place.
 */
export async function orderByTime(
  paths: readonly string[],
  signal: AbortSignal | undefined,
  limits: CaptureLimits,
): Promise<readonly string[]> {
  if (paths.length < 2) return paths;
  const ring = new ChunkRing(PEEK_BYTES);
  const places: number[] = [];
  const timed: Timed[] = [];
  for (const [place, path] of paths.entries()) {
    const first = await firstTime(path, ring, signal, limits);
    if (first === undefined) continue;
    places.push(place);
    timed.push(first);
  }
  timed.sort((a, b) => a.seconds - b.seconds || a.nanoseconds - b.nanoseconds);
  const ordered = [...paths];
  for (const [index, place] of places.entries()) {
    const next = timed[index];
    if (next !== undefined) ordered[place] = next.path;
  }
  return ordered;
}

async function firstTime(
  path: string,
  ring: ChunkRing,
  signal: AbortSignal | undefined,
  limits: CaptureLimits,
): Promise<Timed | undefined> {
  if (path === '-' || signal?.aborted === true) return undefined;
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined || !stats.isFile()) return undefined;
  const packet = new Packet();
  const sink = { packet: () => undefined, drained: () => undefined };
  const file = await readFile(path, { ring, packet, sink, most: 1, signal, limits });
  if (file.packets === 0) return undefined;
  const { seconds, nanoseconds } = packet;
  return seconds === 0 && nanoseconds === 0 ? undefined : { path, seconds, nanoseconds };
}
