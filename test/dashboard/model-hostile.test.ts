import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DashboardModel, ListName } from '../../src/dashboard/model/contract.ts';
import { SORTS } from '../../src/dashboard/model/contract.ts';
import { sample, scratchDirectory } from '../cli/dvrscope.ts';
import { loaded, localModel } from './model-harness.ts';

const write = scratchDirectory();

/** Asks everything about everything that is listed. */
async function askAll(model: DashboardModel): Promise<void> {
  for (const list of Object.keys(SORTS) as ListName[]) {
    for (const sortBy of SORTS[list]) {
      const { total, rows } = await model.rows(
        list,
        { sortBy, fold: true, filter: list === 'messages' ? '' : 'a -zz' },
        0,
        100,
      );
      expect(rows.length).toBeLessThanOrEqual(total);
    }
  }
  const { rows } = await model.rows('messages', { filter: 'not dvrip.body contains "zz"' }, 0, 100);
  for (const { number } of rows) {
    const detail = await model.message(number);
    expect(detail?.row.number).toBe(number);
    await model.compare({ of: 'messages', left: number, right: rows[0]?.number ?? 0 });
  }
  for (const { number } of (await model.rows('sessions', {}, 0, 20)).rows) {
    await model.session(number);
    await model.ladder(number, 0, 100);
    await model.compare({ of: 'sessions', left: 1, right: number });
  }
  for (const { number } of (await model.rows('streams', {}, 0, 20)).rows) await model.stream(number);
  await model.find({ view: {}, text: 'no such text', from: 0, direction: 'forward' });
  await model.kinds({ of: 'all' });
}

it('answers whatever is asked about a capture, however damaged that is', async () => {
  const whole = [sample('two-clients'), sample('monitor-single-socket'), sample('configuration-get-set')].map(
    (path) => readFileSync(path),
  );
  const damage = fc.record({
    file: fc.nat({ max: whole.length - 1 }),
    bytes: fc.array(
      fc.record({
        at: fc.double({ min: 0.005, max: 1, maxExcluded: true, noNaN: true }),
        value: fc.nat(255),
      }),
      {
        maxLength: 60,
      },
    ),
    length: fc.double({ min: 0.3, max: 1, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ file, bytes, length }) => {
      const copy = Buffer.from(whole[file] ?? []);
      for (const { at, value } of bytes) copy[Math.floor(at * copy.length)] = value;
      const model = localModel(write('damaged.pcapng', copy.subarray(0, Math.ceil(length * copy.length))));
      const progress = await loaded(model);
      expect(progress.state).toBe('done');
      await askAll(model);
      await model.close();
    }),
    { numRuns: 25 },
  );
});
