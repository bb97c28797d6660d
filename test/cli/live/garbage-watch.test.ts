import { expect, it } from 'vitest';
import { MemoryCeiling } from '../../../src/analysis/memory-ceiling.ts';
import { GarbageWatch } from '../../../src/cli/live/garbage-watch.ts';

const MiB = 1024 * 1024;

/** A process in which each MiB of traffic becomes garbage of thirty times its length, beside what is alive. */
class Garbage {
  highest = 0;
  collections = 0;
  alive: number;
  #garbage = 0;

  constructor(alive: number) {
    this.alive = alive;
  }

  taken(): number {
    return this.alive + this.#garbage;
  }

  collect(): void {
    this.collections += 1;
    this.#garbage = 0;
  }

  grow(bytes: number): void {
    this.#garbage += 30 * bytes;
    this.highest = Math.max(this.highest, this.taken());
  }
}

function run(alive: number, megabytes: number): Garbage {
  const garbage = new Garbage(alive);
  const watch = new GarbageWatch(new MemoryCeiling(256 * MiB), garbage);
  const piece = 64 * 1024;
  for (let at = piece; at <= megabytes * MiB; at += piece) {
    garbage.grow(piece);
    watch.look(at);
  }
  return garbage;
}

it('garbage is collected before the ceiling, however fast it grows', () => {
  const { highest, collections } = run(100 * MiB, 200);
  expect(highest).toBeLessThan(200 * MiB);
  expect(collections).toBeGreaterThan(10);
});

it('is not collected where it would free next to nothing, again and again', () => {
  // All of it is alive, and near the ceiling: the limits have to be lowered, which is not done here.
  const { collections } = run(200 * MiB, 20);
  // Thirty times twenty megabytes, of which each tenth of the ceiling is worth a collection.
  expect(collections).toBeLessThanOrEqual((30 * 20) / 25.6);
});

it('is left to V8 where there is room', () => {
  expect(run(60 * MiB, 3).collections).toBe(0);
});
