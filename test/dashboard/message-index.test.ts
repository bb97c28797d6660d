import { describe, expect, it } from 'vitest';
import { MessageIndex } from '../../src/dashboard/model/index/message-index.ts';
import { PAGE_ROWS } from '../../src/dashboard/model/index/message-page.ts';
import { GrowingList } from '../../src/dashboard/model/lists/growing-list.ts';
import type { Asked } from '../../src/session/exchanges.ts';
import { plainMessage as message } from './plain-message.ts';

const ASKED: Omit<Asked, 'number'> = {
  id: 1042,
  name: 'Asked',
  from: 'client',
  side: 0,
  flow: 1,
  sequence: 3,
  seconds: 1,
  nanoseconds: 2,
  firstPacket: 4,
  lastPacket: 5,
  session: undefined,
};

describe('the index of messages', () => {
  it('keeps every column of every message, over pages', () => {
    const index = new MessageIndex(1_000_000);
    const total = 2 * PAGE_ROWS + 100;
    for (let number = 1; number <= total; number++) {
      index.add(
        message(number, {
          seconds: -number,
          nanoseconds: number,
          lastPacket: 2 ** 33 + number,
          firstPacket: 2 ** 33,
        }),
        0,
      );
    }
    for (const number of [1, PAGE_ROWS, PAGE_ROWS + 1, 2 * PAGE_ROWS, total]) {
      const page = index.page(number);
      const row = index.rowOf(number);
      expect(page.seconds[row]).toBe(-number);
      expect(page.nanoseconds[row]).toBe(number);
      expect(page.lastPacket[row]).toBe(2 ** 33 + number);
      expect(page.packetSpan[row]).toBe(number);
    }
    expect(index.first).toBe(1);
    expect(index.next).toBe(total + 1);
  });

  it('shows nothing of those that were there before in rows that are used again', () => {
    const index = new MessageIndex(PAGE_ROWS);
    const few = 4;
    for (let number = 1; number <= 2 * PAGE_ROWS; number++) {
      const asked = { ...ASKED, number: number - 1 };
      const answer = { asked, ret: 100, responseSeconds: 0.5, encrypted: true, name: 'Old' };
      index.add(message(number, answer), 7);
      index.mark(number, 'error');
      index.adopt(number, 9);
    }
    const fresh = new MessageIndex(PAGE_ROWS);
    for (let number = 1; number <= 2 * PAGE_ROWS + few; number++) {
      if (number > 2 * PAGE_ROWS) index.add(message(number), undefined);
      fresh.add(message(number), undefined);
    }
    for (let number = 2 * PAGE_ROWS + 1; number <= 2 * PAGE_ROWS + few; number++) {
      const [used, unused] = [index, fresh].map((one) => {
        const { name, header, ...columns } = one.page(number);
        const row = one.rowOf(number);
        const numbers = Object.values(columns).map((column) => column[row]);
        return [...numbers, one.nameOf(number), ...header.subarray(5 * row, 5 * row + 5)];
      });
      expect(used).toEqual(unused);
    }
  });

  it('lets the oldest messages go when there are too many, and lists begin behind them', () => {
    const index = new MessageIndex(2 * PAGE_ROWS);
    const even = new GrowingList(index, { accepts: (number) => number % 2 === 0, atOnce: 1000 });
    const folded = new GrowingList(index, {
      folding: { group: () => 0, key: (number) => (number % 100 === 0 ? -1 : 7), bytes: () => 1 },
      atOnce: 1_000_000,
    });
    const total = 5 * PAGE_ROWS;
    for (let number = 1; number <= total; number++) {
      index.add(message(number), 0);
      if (number % PAGE_ROWS === 17) {
        while (even.advance());
        folded.advance();
      }
    }
    while (even.advance());
    folded.advance();
    expect(index.evicted).toBe(3 * PAGE_ROWS);
    expect(index.first).toBe(3 * PAGE_ROWS + 1);
    expect(index.has(index.first - 1)).toBe(false);
    expect(() => index.page(index.first - 1)).toThrow(RangeError);
    expect(even.total).toBe(PAGE_ROWS);
    expect(even.entry(0).number).toBe(3 * PAGE_ROWS + 2);
    expect(even.placeOf(total)).toBe(PAGE_ROWS - 1);
    for (let place = 0; place < folded.total; place++) {
      const { number, last } = folded.entry(place);
      expect(number).toBeGreaterThanOrEqual(index.first);
      expect(last).toBeGreaterThanOrEqual(number);
    }
  });

  it('begins anew after it was cleared, with the numbers going on', () => {
    const index = new MessageIndex(1_000_000);
    for (let number = 1; number <= PAGE_ROWS + 5; number++) index.add(message(number), 0);
    index.clear();
    const list = new GrowingList(index, { accepts: () => true, atOnce: 10 });
    expect(list.advance()).toBe(false);
    index.add(message(PAGE_ROWS + 6, { length: 99 }), 0);
    list.advance();
    expect(list.total).toBe(1);
    expect(list.entry(0).number).toBe(PAGE_ROWS + 6);
    expect(index.page(PAGE_ROWS + 6).length[index.rowOf(PAGE_ROWS + 6)]).toBe(99);
  });
});
