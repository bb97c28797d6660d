import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { BodySpool } from '../../src/dashboard/model/index/body-spool.ts';
import { FindingIndex } from '../../src/dashboard/model/index/finding-index.ts';
import { FlowIndex } from '../../src/dashboard/model/index/flow-index.ts';
import { MessageIndex } from '../../src/dashboard/model/index/message-index.ts';
import { MessageMemory } from '../../src/dashboard/model/index/message-memory.ts';
import { NumberList } from '../../src/dashboard/model/index/number-list.ts';
import { GrowingList } from '../../src/dashboard/model/lists/growing-list.ts';
import { orderByKey } from '../../src/dashboard/model/lists/radix-sort.ts';
import { Flow } from '../../src/reassembly/flow.ts';
import { plainMessage as message } from './plain-message.ts';

const folder = mkdtempSync(join(tmpdir(), 'dvrscope-spool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the index of flows', () => {
  const made = (number: number) =>
    new Flow(number, 6, new Uint8Array(8), [50_000 + number, 34_567], [0, 0, 0, 0, 0, 0, 0, 0], 0);

  it('lets those go that ended first, and those without messages before others', () => {
    const index = new FlowIndex(4);
    const flows = [1, 2, 4, 3].map(made);
    for (const each of flows) index.open(each);
    expect([...index.numbers()]).toEqual([1, 2, 3, 4]);
    expect(index.open(made(5))).toBeUndefined();
    const [first, second] = flows;
    const entry = first === undefined ? undefined : index.get(1);
    if (first === undefined || second === undefined || entry === undefined)
      throw new Error('there are four flows');
    index.carried(entry, first, 0, 100);
    index.flowEnded(first, undefined);
    index.flowEnded(second, undefined);
    expect(index.open(made(6))).toBeDefined();
    expect([...index.numbers()]).toEqual([1, 3, 4, 6]);
    expect(index.open(made(7))).toBeDefined();
    expect([...index.numbers()]).toEqual([3, 4, 6, 7]);
    expect(index.left).toBe(3);
    expect([...index.unended()].map(({ number }) => number).sort()).toEqual([3, 4, 6, 7]);
  });
});

describe('the index of findings', () => {
  it('lists the latest, counts them all, and begins anew when it is cleared', () => {
    const index = new FindingIndex(100);
    const all = new GrowingList(index, { accepts: () => true, atOnce: 7 });
    for (let i = 1; i <= 1000; i++) {
      const rule = i % 10 === 0 ? 'a/b' : 'c/d';
      const severity = i % 10 === 0 ? 'error' : 'note';
      const place = {
        flow: 1,
        session: i % 5,
        seconds: -i,
        nanoseconds: i,
        detailAt: 2 ** 40 + i,
        ordinal: 3,
      };
      index.add({ rule, severity, message: i, ...place });
      all.advance();
    }
    while (all.advance());
    expect(index.counts).toEqual({ error: 100, warning: 0, note: 900 });
    expect(index.next).toBe(1001);
    expect(index.left).toBe(index.first - 1);
    expect(1000 - index.left).toBeLessThanOrEqual(100);
    expect(all.total).toBe(1000 - index.left);
    for (let number = index.first; number < index.next; number++) {
      const rule = number % 10 === 0 ? 'a/b' : 'c/d';
      const place = {
        seconds: -number,
        nanoseconds: number,
        detailAt: 2 ** 40 + number,
        session: number % 5,
      };
      expect(index.at(number)).toMatchObject({ rule, message: number, ...place });
    }
    expect(index.rules.map(({ rule, count, last }) => [rule, count, last])).toEqual([
      ['c/d', 900, 999],
      ['a/b', 100, 1000],
    ]);
    index.clear();
    expect([index.has(1000), index.rules.length, index.counts.note]).toEqual([false, 0, 0]);
    index.add({ ...noPlace, rule: 'e/f', severity: 'warning', message: 0 });
    expect(index.at(1001).rule).toBe('e/f');
  });
});

const noPlace = { flow: 1, session: 0, seconds: 0, nanoseconds: 0, detailAt: undefined, ordinal: 0 };

describe('growing lists', () => {
  const things = fc.array(
    fc.record({
      key: fc.integer({ min: -1, max: 3 }),
      group: fc.integer({ min: 0, max: 2 }),
      wanted: fc.boolean(),
    }),
    { maxLength: 200 },
  );

  it('come out the same however they are advanced', () => {
    fc.assert(
      fc.property(things, fc.integer({ min: 1, max: 50 }), fc.boolean(), (all, atOnce, folds) => {
        const source = { first: 1, next: 1 };
        const at = (number: number) => all[number - 1] ?? { key: -1, group: 0, wanted: false };
        const rule = {
          accepts: (number: number) => at(number).wanted,
          ...(folds && {
            folding: {
              group: (n: number) => at(n).group,
              key: (n: number) => at(n).key,
              bytes: (n: number) => n,
            },
          }),
        };
        const stepwise = new GrowingList(source, { ...rule, atOnce });
        for (let number = 1; number <= all.length; number++) {
          source.next = number + 1;
          if (number % 7 === 0) stepwise.advance();
        }
        while (stepwise.advance());
        const atATime = new GrowingList(source, { ...rule, atOnce: 1_000_000 });
        atATime.advance();
        const entries = (list: GrowingList) =>
          Array.from({ length: list.total }, (_, place) => list.entry(place));
        expect(entries(stepwise)).toEqual(entries(atATime));
        const wanted = all.flatMap(({ wanted }, i) => (wanted ? [i + 1] : []));
        expect(entries(stepwise).reduce((sum, { count }) => sum + count, 0)).toBe(wanted.length);
        expect(stepwise.behind).toBe(0);
        for (const number of wanted) {
          const { number: first, last } = stepwise.entry(stepwise.placeOf(number));
          expect(first).toBeLessThanOrEqual(number);
          expect(last).toBeGreaterThanOrEqual(number);
        }
      }),
    );
  });

  it('forget what is gone, and fold on', () => {
    const source = { first: 1, next: 1 };
    // Group 2 is one run from the beginning to the end; the others are short.
    const rule = {
      group: (n: number) => (n % 5 === 0 ? 2 : n % 2),
      key: (n: number) => (n % 5 === 0 ? 9 : n % 31 === 0 ? -1 : n % 3),
      bytes: () => 2,
    };
    const trimmed = new GrowingList(source, { folding: rule, atOnce: 100 });
    for (let number = 1; number <= 100_000; number++) {
      source.next = number + 1;
      source.first = Math.max(1, number - 500);
      if (number % 50 === 0) trimmed.advance();
      if (number % 50 === 0) expect(trimmed.total).toBeLessThan(600);
    }
    for (let place = 0; place < trimmed.total; place++) {
      expect(trimmed.entry(place).number).toBeGreaterThanOrEqual(source.first);
    }
    expect(trimmed.entry(0)).toMatchObject({ last: 100_000, count: 20_000, bytes: 40_000 });
    expect(trimmed.placeOf(99_995)).toBe(0);
    const whole = new GrowingList({ first: 1, next: 100_001 }, { folding: rule, atOnce: 1_000_000 });
    whole.advance();
    const entries = (list: GrowingList) =>
      Array.from({ length: list.total }, (_, place) => ({ ...list.entry(place), number: 0 }));
    expect(entries(trimmed)).toEqual(entries(whole).filter(({ last }) => last >= source.first));
  });

  it('number lists grow, and count what is below', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 2000 }),
        (numbers) => {
          const sorted = [...numbers].sort((a, b) => a - b);
          const list = new NumberList();
          for (const number of sorted) list.push(number);
          expect([...list.view()]).toEqual(sorted);
          for (const value of [0, 5, sorted[3] ?? 1, 0xffff_ffff]) {
            expect(list.countBelow(value)).toBe(sorted.filter((number) => number < value).length);
          }
        },
      ),
    );
  });

  it('sort by any key as a stable sort does', () => {
    const keys = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 0xffff_ffff })),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(keys, (values) => {
        const places = values.map((_, place) => place);
        places.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
        expect([...orderByKey(Uint32Array.from(values))]).toEqual(places);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the spool of bodies', () => {
  const records = fc.array(
    fc.record({
      notes: fc.string({ maxLength: 30, unit: 'grapheme' }),
      body: fc.uint8Array({ maxLength: 300 }),
    }),
    { maxLength: 60 },
  );

  it('gives back what it took, whatever the sizes, in any order', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 16, max: 400 }), (all, spoolBatchBytes) => {
        const spool = new BodySpool(folder, { spoolBytes: 1 << 20, spoolBatchBytes });
        const places = all.map(({ notes, body }) =>
          spool.add(notes, Buffer.concat([Buffer.of(9), body]), 1, 1 + body.length),
        );
        for (const i of [...all.keys()].reverse()) {
          const record = spool.read(places[i] ?? 0);
          expect({ notes: record?.notes, body: [...(record?.body ?? [])] }).toEqual({
            notes: all[i]?.notes,
            body: [...(all[i]?.body ?? [])],
          });
        }
        spool.close();
      }),
      { numRuns: 50 },
    );
  });

  it('leaves no name behind, and the oldest make room for newer ones', () => {
    const spool = new BodySpool(folder, { spoolBytes: 1000, spoolBatchBytes: 64 });
    const places: number[] = [];
    for (let i = 0; i < 100; i++) places.push(spool.add(`"${i}"`, Buffer.alloc(20, i), 0, 20) ?? 0);
    expect(readdirSync(folder)).toEqual([]);
    expect(spool.failure).toBeUndefined();
    let kept = 0;
    for (const [i, place] of places.entries()) {
      const record = spool.read(place);
      expect(record !== undefined).toBe(place >= spool.keptFrom);
      if (record === undefined) continue;
      kept += 1;
      expect(record.notes).toBe(`"${i}"`);
      expect([...record.body]).toEqual([...Buffer.alloc(20, i)]);
    }
    expect(kept).toBeGreaterThan(15);
    expect(kept).toBeLessThan(36);
    expect(spool.add('', Buffer.alloc(600), 0, 600)).toBeUndefined();
    spool.close();
    expect(spool.add('', Buffer.alloc(1), 0, 1)).toBeUndefined();
  });

  it('says when it cannot be made', () => {
    const none = new BodySpool(join(folder, 'no-such-folder'), { spoolBytes: 100, spoolBatchBytes: 64 });
    expect(none.failure).toContain('ENOENT');
    expect(none.add('', Buffer.alloc(1), 0, 1)).toBeUndefined();
  });

  it('without room, messages are remembered and say that their bodies are lost', () => {
    const index = new MessageIndex(1000);
    const spool = new BodySpool(folder, { spoolBytes: 10, spoolBatchBytes: 64 });
    const memory = new MessageMemory(index, spool, new FlowIndex(10), () => undefined);
    const body = Buffer.from('{"Name":"x"}');
    memory.add(message(1, { body, bodyEnd: body.length, length: body.length }));
    expect(memory.lost(1)).toBe('there is no room for so much');
    expect(memory.whole(1)).toMatchObject({ number: 1, length: body.length });
    memory.add(message(2));
    expect(memory.lost(2)).toBeUndefined();
    spool.close();
  });
});
