import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { SORTS } from '../../src/dashboard/model/contract.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { messageFields } from '../../src/report/message-fields.ts';
import { sample, samples } from '../cli/dvrscope.ts';
import { allRows, loadedModel, localModel } from './model-harness.ts';

const FILTERS = [
  'dvrip.msgid == LOGIN_RSP or dvrip.msgid == 1000',
  'dvrip.ret > 100',
  'not dvrip.media',
  'dvrip.media and dvrip.length > 2000',
  'dvrip.body contains "Name"',
  'dvrip.finding',
  'dvrip.severity == "note" and dvrip.from == "device"',
  'dvrip.reply_to and dvrip.response_time >= 0',
  'tcp.port == 34567 and ip.src == 192.0.2.0/24',
  'dvrip.session_number == 1',
  'frame.time_relative > 1',
  'dvrip.invalid',
  'upper(dvrip.name) contains "MONITOR"',
];

/** The numbers that `messages -Y` prints. */
async function numbersOf(path: string, text: string): Promise<number[]> {
  const origin = { seconds: 0, nanoseconds: 0 };
  const filter = compileFilter(text, messageFields(origin, { dialect: 'field', showSecrets: false }));
  if (filter.kind === 'error') throw new Error(filter.message);
  const numbers: number[] = [];
  let first = true;
  const analysis = new Analysis(
    {},
    { message: (message) => filter.test(message) && numbers.push(message.number) },
  );
  await readCaptures([path], {
    packet: (packet) => {
      if (first) {
        origin.seconds = packet.seconds;
        origin.nanoseconds = packet.nanoseconds;
        first = false;
      }
      analysis.push(packet);
    },
    drained: () => undefined,
  });
  analysis.end();
  return numbers;
}

describe.each(samples())('filters over %s', (path) => {
  it('let through what messages -Y lets through', async () => {
    const model = await loadedModel(path);
    for (const filter of FILTERS) {
      const rows = await allRows(model, 'messages', { filter });
      expect({ filter, numbers: rows.map(({ number }) => number) }).toEqual({
        filter,
        numbers: await numbersOf(path, filter),
      });
    }
  });
});

describe('lists of messages', () => {
  it('say what is wrong with a filter, and where', async () => {
    const model = await loadedModel(sample('login-and-keepalive'));
    const { error, total } = await model.rows('messages', { filter: 'dvrip.rte > 100' }, 0, 10);
    expect(error).toMatchObject({ kind: 'error', column: 1 });
    expect(error?.message).toContain('dvrip.ret');
    expect(total).toBe(0);
    expect(await model.checkFilter('dvrip.rte > 100')).toEqual(error);
    expect(await model.checkFilter('dvrip.ret > 100')).toEqual({ kind: 'filter', fields: ['dvrip.ret'] });
  });

  it('complete fields and the names of values', async () => {
    const model = localModel(sample('login-and-keepalive'));
    const fields = await model.completions('dvrip.sess', 11);
    expect(fields.items.map(({ text }) => text)).toContain('dvrip.session_number');
    const values = await model.completions('dvrip.msgid == LOGIN_', 22);
    expect(values.items.map(({ text }) => text)).toContain('LOGIN_RSP');
  });

  it('fold keepalives and media, and count what they fold', async () => {
    const model = await loadedModel(sample('monitor-two-sockets'));
    const plain = await allRows(model, 'messages');
    const folded = await allRows(model, 'messages', { fold: true });
    expect(folded.length).toBeLessThan(plain.length / 4);
    expect(folded.reduce((sum, { run }) => sum + (run?.count ?? 1), 0)).toBe(plain.length);
    for (const row of folded) {
      const inRun = plain.filter(
        ({ number, id, flow, from }) =>
          number >= row.number &&
          number <= (row.run?.last ?? row.number) &&
          id === row.id &&
          flow === row.flow &&
          from === row.from,
      );
      expect(inRun).toHaveLength(row.run?.count ?? 1);
      if (row.run !== undefined)
        expect(inRun.reduce((sum, { length }) => sum + length, 0)).toBe(row.run.bytes);
      expect(await model.position('messages', { fold: true }, inRun.at(-1)?.number ?? 0)).toBe(
        folded.indexOf(row),
      );
    }
  });

  it('hide ids, and keep to a session or a flow', async () => {
    const model = await loadedModel(sample('two-clients'));
    const plain = await allRows(model, 'messages');
    const [first] = plain;
    const hiddenIds = [1006, 1007];
    const rest = await allRows(model, 'messages', { hiddenIds });
    expect(rest).toEqual(plain.filter(({ id }) => !hiddenIds.includes(id)));
    for (const session of [1, 2]) {
      const rows = await allRows(model, 'messages', { scope: { of: 'session', session } });
      expect(rows.length).toBeGreaterThan(2);
      expect(rows).toEqual(plain.filter((row) => row.session === session));
      expect(rows[0]).toMatchObject({ name: 'LOGIN_REQ', beforeLogin: true });
    }
    const flow = first?.flow ?? 0;
    const ofFlow = await allRows(model, 'messages', { scope: { of: 'flow', flow } });
    expect(ofFlow).toEqual(plain.filter((row) => row.flow === flow));
    const kinds = await model.kinds({ of: 'flow', flow });
    for (const { id, count } of kinds) expect(ofFlow.filter((row) => row.id === id)).toHaveLength(count);
    expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(ofFlow.length);
  });

  it.each(['id', 'length', 'flow', 'session', 'ret', 'response'] as const)(
    'sort by %s, both ways',
    async (sortBy) => {
      const model = await loadedModel(sample('two-clients'));
      const plain = await allRows(model, 'messages');
      const key = (row: (typeof plain)[number]): number => {
        if (sortBy === 'response') return row.responseSeconds ?? -1;
        return row[sortBy] ?? -1;
      };
      const sorted = await allRows(model, 'messages', { sortBy });
      // Response times are sorted to the microsecond.
      for (let i = 1; i < sorted.length; i++) {
        const [before, after] = [sorted[i - 1], sorted[i]];
        if (before !== undefined && after !== undefined)
          expect(key(before)).toBeLessThanOrEqual(key(after) + 1e-6);
      }
      expect(new Set(sorted.map(({ number }) => number)).size).toBe(plain.length);
      const down = await allRows(model, 'messages', { sortBy, descending: true });
      expect(down.map(({ number }) => number)).toEqual(sorted.map(({ number }) => number).reverse());
      const wanted = down[3]?.number ?? 0;
      expect(await model.position('messages', { sortBy, descending: true }, wanted)).toBe(3);
    },
  );

  it('find text in bodies, names and return codes, both ways', async () => {
    const model = await loadedModel(sample('configuration-get-set'));
    const rows = await allRows(model, 'messages');
    const login = await model.find({ view: {}, text: 'login_rsp', from: 0, direction: 'forward' });
    expect(rows[login?.position ?? -1]).toMatchObject({ name: 'LOGIN_RSP', number: login?.number });
    const name = await model.find({ view: {}, text: '"NAME"', from: rows.length - 1, direction: 'backward' });
    expect((await model.message(name?.number ?? 0))?.record.body).toHaveProperty('Name');
    expect(
      await model.find({ view: {}, text: 'no such words', from: 0, direction: 'forward' }),
    ).toBeUndefined();
  });
});

describe('the other lists', () => {
  it('sort by every column they offer', async () => {
    const model = await loadedModel(sample('two-clients'));
    for (const list of ['sessions', 'flows', 'findings', 'rules', 'streams'] as const) {
      const plain = (await allRows(model, list)).map(({ number }) => number);
      for (const sortBy of SORTS[list]) {
        const up = (await allRows(model, list, { sortBy })).map(({ number }) => number);
        const down = (await allRows(model, list, { sortBy, descending: true })).map(({ number }) => number);
        expect({ list, sortBy, numbers: [...up].sort((a, b) => a - b) }).toEqual({
          list,
          sortBy,
          numbers: plain,
        });
        expect({ list, sortBy, down }).toEqual({ list, sortBy, down: up.reverse() });
      }
    }
    const byBytes = await allRows(model, 'flows', { sortBy: 'bytes' });
    const sums = byBytes.map(({ streams }) => streams[0].bytes + streams[1].bytes);
    expect(sums).toEqual([...sums].sort((a, b) => a - b));
  });

  it('keep to rows that hold all words, and none of those with a dash', async () => {
    const model = await loadedModel(sample('two-clients'));
    const flows = await allRows(model, 'flows');
    const tcp = await allRows(model, 'flows', { filter: 'TCP 34567' });
    expect(tcp).toEqual(flows.filter(({ protocol }) => protocol === 'tcp'));
    expect(await allRows(model, 'flows', { filter: '-tcp -udp' })).toEqual([]);
    const sessions = await allRows(model, 'sessions', { filter: 'session' });
    expect(sessions).toEqual([]);
    const rules = await allRows(model, 'rules', { filter: 'note' });
    expect(rules.every(({ severity }) => severity === 'note')).toBe(true);
    const findings = await allRows(model, 'findings', { filter: 'note body/' });
    expect(findings.length).toBeGreaterThan(0);
    expect(findings).toEqual(
      (await allRows(model, 'findings')).filter(
        ({ severity, rule }) => severity === 'note' && rule.includes('body/'),
      ),
    );
  });
});
