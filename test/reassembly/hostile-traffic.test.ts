import { describe, expect, it } from 'vitest';
import { ACK, SYN } from '../support/tcp-writer.ts';
import { type SentSegment, TcpHarness } from './tcp-harness.ts';

const PACKETS = 30_000;
const LIMITS = { pendingBytes: 1 << 16, pendingSegments: 1000, pendingBytesInAll: 1 << 20 };

/** A generator with a seed: long traffic that is the same in each run. */
function randoms(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) % below;
  };
}

const random = randoms();
const ONE = Buffer.from('x');
const MANY = Buffer.alloc(1400, 0x78);

/** One segment of each kind of traffic that makes the reassembly work hard. */
const TRAFFIC: readonly (readonly [what: string, segment: (i: number) => SentSegment])[] = [
  ['one-byte segments in reversed order', (i) => ({ sequence: i + 899 - 2 * (i % 900), data: ONE })],
  ['every second byte', (i) => ({ sequence: 1 + 2 * i, data: ONE })],
  ['single bytes anywhere', () => ({ sequence: random(1 << 20), data: ONE })],
  ['overlapping pieces anywhere', () => ({ sequence: random(1 << 16), data: MANY.subarray(random(1399)) })],
  [
    'overlapping pieces that move on',
    (i) => ({ sequence: 3 * i + random(1 << 15), data: MANY.subarray(random(1399)) }),
  ],
  [
    'a repetition of what waits',
    (i) => (i < 900 ? { sequence: 1 + i, data: ONE } : { sequence: 1, data: MANY }),
  ],
  [
    'acknowledgements of anything, before every second byte',
    (i) =>
      i % 2 === 0
        ? { side: 1, sequence: 1, acknowledgement: random(2 ** 31 - 1) }
        : { sequence: i, data: ONE },
  ],
  ['segments far ahead', (i) => ({ sequence: (i * 7919) | 0, data: ONE })],
];

describe('hostile traffic', () => {
  it.each(TRAFFIC)('stays within the limits, and every byte is accounted for: %s', (_what, segment) => {
    const harness = new TcpHarness(LIMITS).send(
      { sequence: -1, flags: SYN },
      { side: 1, sequence: -1, flags: SYN | ACK },
    );
    const stream = harness.stream(0);
    let steps = 0;
    let sent = 0;
    let most = 0;
    for (let i = 0; i < PACKETS; i++) {
      const next = segment(i);
      const before = stream.pending.length;
      harness.send(next);
      if (next.side !== 1) sent += next.data?.length ?? 0;
      most = Math.max(most, stream.pendingBytes);
      // What a packet changes among the waiting segments: the work that is not bounded by its own length.
      steps += Math.abs(stream.pending.length - before);
      if (stream.pending.length > LIMITS.pendingSegments) throw new Error('too many segments wait');
    }
    expect(most).toBeLessThanOrEqual(LIMITS.pendingBytes);
    // Each piece comes once and goes once, and a segment makes no more pieces than it fills holes.
    expect(steps).toBeLessThan(3 * PACKETS);
    harness.end();
    // Keep-alive probes aside, which are as long as one byte and not counted.
    const accounted = stream.bytes + stream.retransmittedBytes;
    expect(accounted).toBeLessThanOrEqual(sent);
    expect(accounted).toBeGreaterThanOrEqual(sent - PACKETS);
    expect(harness.text().replaceAll(/<\d+ [a-z-]+>|\./g, '')).toHaveLength(stream.bytes);
  });
});
