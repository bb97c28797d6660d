import { describe, expect, it } from 'vitest';
import { LiveCeiling } from '../../src/dashboard/model/live-ceiling.ts';

const MiB = 1024 * 1024;
const CEILING = 256 * MiB;

/** A thread that holds so much for good, and garbage, until it is made to collect it. */
class Thread {
  alive = 40 * MiB;
  garbage = 0;
  collected = 0;

  held(): number {
    return this.alive + this.garbage;
  }

  collect(): void {
    this.collected += 1;
    this.garbage = 0;
  }
}

function watched() {
  const thread = new Thread();
  return { thread, ceiling: new LiveCeiling(CEILING, thread, undefined) };
}

describe('the ceiling of a live dashboard', () => {
  it('leaves garbage to V8 far below it, however much there is', () => {
    const { thread, ceiling } = watched();
    for (let look = 0; look < 20; look++) {
      thread.garbage = (look % 3) * 15 * MiB;
      expect(ceiling.look()).toBe(false);
    }
    expect(thread.collected).toBe(0);
    expect(ceiling.ceiling.lowered).toBe(0);
  });

  it('does not stop the thread for little garbage, though it makes it look near', () => {
    const { thread, ceiling } = watched();
    thread.alive = 80 * MiB;
    for (let look = 0; look < 20; look++) {
      thread.garbage = (look % 4) * 8 * MiB;
      expect(ceiling.look()).toBe(false);
    }
    expect(thread.collected).toBe(0);
  });

  it('collects much garbage near it, and lowers nothing where that was all', () => {
    const { thread, ceiling } = watched();
    ceiling.look();
    thread.garbage = 80 * MiB;
    expect(ceiling.look()).toBe(false);
    expect(thread.collected).toBe(1);
    expect(ceiling.ceiling.lowered).toBe(0);
  });

  it('lowers the limits where what is alive is too much, and not for what was alive before', () => {
    const { thread, ceiling } = watched();
    const { flows } = ceiling.ceiling.limits;
    const before = flows.flows;
    ceiling.look();
    thread.alive = 120 * MiB;
    expect(ceiling.look()).toBe(true);
    expect(flows.flows).toBeLessThan(before);
    thread.alive = 60 * MiB;
    thread.garbage = 60 * MiB;
    const { lowered } = ceiling.ceiling;
    expect(ceiling.look()).toBe(false);
    expect(ceiling.ceiling.lowered).toBe(lowered);
  });
});
