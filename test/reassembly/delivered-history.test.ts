import { describe, expect, it } from 'vitest';
import { RECENT_CHUNKS } from '../../dissectors/core/packet.ts';
import { DeliveredHistory } from '../../src/reassembly/delivered-history.ts';

const text = (value: string) => Buffer.from(value);

describe('the history of delivered bytes', () => {
  it('compares a repeated segment with all segments that it overlaps', () => {
    const history = new DeliveredHistory();
    const direction = { newestEntry: 0 };
    const chunk = text('..abcd..efgh');
    expect(history.admit(chunk, 0)).toBe(true);
    history.record(direction, -2, 2, 4, 0);
    history.record(direction, 2, 8, 4, 0);
    expect(history.conflicts(direction, -2, text('abcdefgh'), 0, 8, 0)).toBe(0);
    expect(history.conflicts(direction, -1, text('..bXdeYg'), 2, 8, 0)).toBe(2);
    expect(history.conflicts(direction, -100, text('zzzz'), 0, 4, 0)).toBe(0);
  });

  it('keeps directions apart', () => {
    const history = new DeliveredHistory();
    const [one, two] = [{ newestEntry: 0 }, { newestEntry: 0 }];
    history.admit(text('abcd'), 0);
    history.record(one, 0, 0, 2, 0);
    history.record(two, 0, 2, 2, 0);
    expect(history.conflicts(one, 0, text('ab'), 0, 2, 0)).toBe(0);
    expect(history.conflicts(two, 0, text('ab'), 0, 2, 0)).toBe(2);
  });

  it('compares nothing with a read buffer that may be in use again', () => {
    const history = new DeliveredHistory();
    const direction = { newestEntry: 0 };
    history.admit(text('abcd'), 5);
    history.record(direction, 0, 0, 4, 5);
    expect(history.conflicts(direction, 0, text('XXXX'), 0, 4, 5 + RECENT_CHUNKS - 1)).toBe(4);
    expect(history.conflicts(direction, 0, text('XXXX'), 0, 4, 5 + RECENT_CHUNKS)).toBe(0);
    // The slot of chunk 5 is cleared when 16 chunks on, though none of them brought a segment.
    history.admit(text('wxyz'), 40);
    expect(history.conflicts(direction, 0, text('XXXX'), 0, 4, 5)).toBe(0);
  });

  it('does not admit a buffer that is not the one of its chunk', () => {
    const history = new DeliveredHistory();
    const ring = text('ring');
    expect(history.admit(ring, 3)).toBe(true);
    expect(history.admit(ring, 3)).toBe(true);
    expect(history.admit(text('ring'), 3)).toBe(false);
    expect(history.admit(text('old'), 2)).toBe(false);
    expect(history.admit(text('old'), 3 - 16)).toBe(false);
  });

  it('forgets the oldest of very many segments, and still finds the newest', () => {
    const history = new DeliveredHistory();
    const direction = { newestEntry: 0 };
    history.admit(text('abcd'), 0);
    for (let i = 0; i < 100_000; i++) history.record(direction, i, i & 3, 1, 0);
    expect(history.conflicts(direction, 99_996, text('abcd'), 0, 4, 0)).toBe(0);
    expect(history.conflicts(direction, 99_996, text('Xbcd'), 0, 4, 0)).toBe(1);
    expect(history.conflicts(direction, 0, text('XXXX'), 0, 4, 0)).toBe(0);
  });
});
