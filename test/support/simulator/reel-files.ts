/** Footage in files: a JSON list of kinds and lengths in front, the frames behind it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameKind, VideoShape } from './media-chunks.ts';
import type { Footage } from './media-source.ts';
import type { Reels } from './scenario.ts';

interface Index {
  readonly shape: VideoShape;
  readonly frames: readonly { readonly kind: FrameKind; readonly bytes: number }[];
}

function writeFootage(path: string, { shape, frames }: Footage): void {
  const index: Index = {
    shape,
    frames: frames.map(({ kind, payload }) => ({ kind, bytes: payload.length })),
  };
  writeFileSync(`${path}.json`, JSON.stringify(index));
  writeFileSync(`${path}.bin`, Buffer.concat(frames.map(({ payload }) => payload)));
}

function readFootage(path: string): Footage {
  const index: Index = JSON.parse(readFileSync(`${path}.json`, 'utf8'));
  const bytes = readFileSync(`${path}.bin`);
  let at = 0;
  const frames = index.frames.map(({ kind, bytes: length }) => {
    at += length;
    return { kind, payload: bytes.subarray(at - length, at) };
  });
  return { shape: index.shape, frames };
}

export function writeReels(folder: string, reels: Reels): void {
  writeFootage(join(folder, 'main'), reels.main);
  writeFootage(join(folder, 'extra'), reels.extra);
  writeFootage(join(folder, 'h265'), reels.h265);
  writeFileSync(join(folder, 'snapshot.jpg'), reels.snapshot);
}

export function readReels(folder: string): Reels {
  return {
    main: readFootage(join(folder, 'main')),
    extra: readFootage(join(folder, 'extra')),
    h265: readFootage(join(folder, 'h265')),
    snapshot: readFileSync(join(folder, 'snapshot.jpg')),
  };
}
