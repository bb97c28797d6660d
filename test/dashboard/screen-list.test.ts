import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, ColumnLayout } from '../../src/dashboard/list/columns.ts';
import { VirtualList } from '../../src/dashboard/list/virtual-list.ts';
import type { Rows } from '../../src/dashboard/model/contract.ts';

interface Row {
  readonly number: number;
}

/** A list somewhere else: its answers come when they are let through. */
class Elsewhere {
  numbers: number[];
  version = 1;
  asked: { readonly start: number; readonly count: number }[] = [];
  #waiting: (() => void)[] = [];

  constructor(numbers: number[]) {
    this.numbers = numbers;
  }

  readonly fetch = (start: number, count: number): Promise<Rows<Row>> => {
    this.asked.push({ start, count });
    return new Promise((resolve) => {
      this.#waiting.push(() =>
        resolve({
          version: this.version,
          total: this.numbers.length,
          start,
          rows: this.numbers.slice(start, start + count).map((number) => ({ number })),
        }),
      );
    });
  };

  readonly locate = async (number: number): Promise<number | undefined> => {
    const at = this.numbers.indexOf(number);
    return at === -1 ? undefined : at;
  };

  async answer(): Promise<void> {
    while (this.#waiting.length > 0) {
      for (const done of this.#waiting.splice(0)) done();
      for (let i = 0; i < 6; i++) await Promise.resolve();
    }
  }
}

const HEIGHT = 10;

async function listOf(elsewhere: Elsewhere): Promise<VirtualList<Row>> {
  const list = new VirtualList<Row>(elsewhere.fetch, elsewhere.locate, () => undefined);
  list.visible(HEIGHT);
  await elsewhere.answer();
  return list;
}

const shown = (list: VirtualList<Row>) => list.visible(HEIGHT).map(({ row }) => row?.number);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('a virtual list', () => {
  it('asks for a few screens of rows, however long it is', async () => {
    const elsewhere = new Elsewhere(upTo(1_000_000));
    const list = await listOf(elsewhere);
    list.moveTo(999_999);
    list.visible(HEIGHT);
    await elsewhere.answer();
    expect(shown(list)).toEqual(upTo(1_000_000).slice(-HEIGHT));
    expect(Math.max(...elsewhere.asked.map(({ count }) => count))).toBeLessThanOrEqual(5 * HEIGHT);
    expect(elsewhere.asked.length).toBeLessThanOrEqual(3);
  });

  it('shows the old rows until the new ones are there', async () => {
    const elsewhere = new Elsewhere(upTo(1000));
    const list = await listOf(elsewhere);
    list.moveTo(500);
    expect(shown(list)).toEqual(upTo(10));
    await elsewhere.answer();
    expect(shown(list)).toContain(501);
  });

  it('pages without asking as long as the rows around are there', async () => {
    const elsewhere = new Elsewhere(upTo(1000));
    const list = await listOf(elsewhere);
    const before = elsewhere.asked.length;
    list.moveBy(HEIGHT - 1);
    list.visible(HEIGHT);
    list.moveBy(HEIGHT - 1);
    list.visible(HEIGHT);
    expect(elsewhere.asked.length).toBe(before);
  });

  it('keeps the cursor on its row, and the row on its line, when rows come before it', async () => {
    const elsewhere = new Elsewhere(upTo(100));
    const list = await listOf(elsewhere);
    list.moveTo(30);
    list.visible(HEIGHT);
    await elsewhere.answer();
    const line = list.cursor - list.top;
    elsewhere.numbers = [...upTo(100).map((number) => number + 1000), ...upTo(100)];
    elsewhere.version = 2;
    list.refresh(2);
    await elsewhere.answer();
    list.visible(HEIGHT);
    await elsewhere.answer();
    expect(list.selected?.number).toBe(31);
    expect(list.cursor - list.top).toBe(line);
  });

  it('keeps the cursor on its row in another order, too', async () => {
    const elsewhere = new Elsewhere(upTo(100));
    const list = await listOf(elsewhere);
    list.moveTo(4);
    elsewhere.numbers = upTo(100).reverse();
    list.replace(elsewhere.fetch, elsewhere.locate);
    await elsewhere.answer();
    list.visible(HEIGHT);
    await elsewhere.answer();
    expect(list.selected?.number).toBe(5);
    expect(list.cursor).toBe(95);
  });

  it('drops the answer of the list that it was before', async () => {
    const old = new Elsewhere(upTo(100));
    const list = new VirtualList<Row>(old.fetch, old.locate, () => undefined);
    list.visible(HEIGHT);
    const now = new Elsewhere([7, 8, 9]);
    list.replace(now.fetch, now.locate);
    await now.answer();
    await old.answer();
    expect(shown(list)).toEqual([7, 8, 9]);
  });

  it('follows the newest row while it grows, until one moves', async () => {
    const elsewhere = new Elsewhere(upTo(50));
    const list = await listOf(elsewhere);
    list.follow = true;
    elsewhere.numbers = upTo(80);
    list.refresh(2);
    await elsewhere.answer();
    list.visible(HEIGHT);
    await elsewhere.answer();
    expect(list.selected?.number).toBe(80);
    list.moveBy(-1);
    expect(list.follow).toBe(false);
  });

  it('has its cursor and its top inside of the list, whatever is pressed and however the list changes', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('move' as const), by: fc.integer({ min: -40, max: 40 }) }),
      fc.record({ kind: fc.constant('scroll' as const), by: fc.integer({ min: -40, max: 40 }) }),
      fc.record({ kind: fc.constant('length' as const), by: fc.nat(60) }),
      fc.record({ kind: fc.constant('paint' as const), by: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ kind: fc.constant('answer' as const), by: fc.constant(0) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const elsewhere = new Elsewhere(upTo(25));
        const list = await listOf(elsewhere);
        for (const { kind, by } of steps) {
          if (kind === 'move') list.moveBy(by);
          else if (kind === 'scroll') list.scrollBy(by);
          else if (kind === 'paint') list.visible(by);
          else if (kind === 'answer') await elsewhere.answer();
          else {
            elsewhere.numbers = upTo(by);
            elsewhere.version += 1;
            list.refresh(elsewhere.version);
          }
        }
        await elsewhere.answer();
        const rows = list.visible(HEIGHT);
        expect(list.cursor).toBeGreaterThanOrEqual(0);
        expect(list.cursor).toBeLessThan(Math.max(1, list.total));
        expect(list.top).toBeGreaterThanOrEqual(0);
        expect(list.top).toBeLessThan(Math.max(1, list.total));
        expect(rows.length).toBeLessThanOrEqual(HEIGHT);
      }),
    );
  });
});

describe('columns', () => {
  const column = (title: string, from: number, rank: number, text: string, last = false): Column<null> => ({
    title,
    sort: title,
    from,
    to: 40,
    rank,
    last,
    cell: () => ({ text }),
  });
  const layout = () => {
    const columns = new ColumnLayout<null>([
      column('No', 3, 0, '17'),
      column('Who', 8, 1, '192.0.2.10:34567'),
      column('What', 6, 0, 'a long text that takes what is left', true),
      column('Rare', 6, 5, 'seldom'),
    ]);
    columns.see([null]);
    return columns;
  };
  const titles = (width: number, skipped = 0, sorted = 'No') =>
    layout()
      .place(width, skipped, sorted)
      .map(({ column: { title }, width: cells }) => `${title} ${cells}`);

  it('that matter less go first, and the last gets what is left', () => {
    expect(titles(80)).toEqual(['No 3', 'Who 16', 'What 35', 'Rare 6']);
    expect(titles(50)).toEqual(['No 3', 'Who 16', 'What 22', 'Rare 6']);
    expect(titles(30)).toEqual(['No 3', 'Who 16', 'What 9']);
    expect(titles(12)).toEqual(['No 3', 'What 8']);
  });

  it('by which the list is sorted are always there', () => {
    expect(titles(30, 0, 'Rare')).toEqual(['No 3', 'Who 12', 'What 6', 'Rare 6']);
  });

  it('are scrolled, the first stays', () => {
    expect(titles(30, 1)).toEqual(['No 3', 'What 19', 'Rare 6']);
  });

  it('never reach beyond the width, nor over each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 120 }),
        fc.nat(4),
        fc.constantFrom('No', 'Who', 'Rare', 'none'),
        (width, skipped, sorted) => {
          let end = 0;
          for (const { x, width: cells } of layout().place(width, skipped, sorted)) {
            expect(x).toBeGreaterThanOrEqual(end);
            end = x + cells;
          }
          expect(end).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
