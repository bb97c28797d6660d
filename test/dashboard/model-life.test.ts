import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/dashboard/model/contract.ts';
import { sample, samples } from '../cli/dvrscope.ts';
import { summaryRecord } from '../cli/records.ts';
import { allRows, loaded, loadedModel, localModel } from './model-harness.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the life of a model', () => {
  it.each(samples().slice(0, 6))('counts %s as summary does', async (path) => {
    const progress = await loaded(localModel(path));
    const { record } = summaryRecord([path]);
    expect(progress).toMatchObject({
      state: 'done',
      packets: record.packets,
      messages: record.messages.total,
      controlMessages: record.messages.control,
      invalidMessages: record.messages.invalid,
      sessions: record.sessions + record.refusedLogins,
      flows: record.flows.tcp + record.flows.udp,
      errors: [],
      bytesRead: record.files[0]?.bytes,
      bytesTotal: record.files[0]?.bytes,
    });
    expect(progress.quality).toMatchObject({
      gaps: record.reassembly.gaps,
      gapBytes: record.reassembly.gapBytes,
      undecodedPackets: record.undecodedPackets,
      evictedMessages: 0,
    });
  });

  it('tells of growing versions, and of the end', async () => {
    const model = localModel(sample('monitor-two-sockets'));
    const told: Progress[] = [];
    await new Promise<void>((resolve) => {
      model.onChange((progress) => {
        told.push(progress);
        if (progress.state === 'done') resolve();
      });
    });
    for (let i = 1; i < told.length; i++) expect(told[i]?.version).toBeGreaterThan(told[i - 1]?.version ?? 0);
    expect(told.at(-1)?.packets).toBeGreaterThan(0);
    expect((await model.rows('sessions', {}, 0, 1)).version).toBe(told.at(-1)?.version);
  });

  it('waits while it is paused, and reads on', async () => {
    const model = localModel(sample('monitor-two-sockets'));
    model.pause(true);
    for (let i = 0; i < 50; i++) await turn();
    expect((await model.progress()).state).toBe('paused');
    const done = loaded(model);
    model.pause(false);
    expect((await done).state).toBe('done');
    model.pause(true);
    expect((await model.progress()).state).toBe('done');
  });

  it('keeps what it has read when the reading is cancelled', async () => {
    const model = localModel(sample('monitor-two-sockets'));
    model.cancelLoading();
    expect((await loaded(model)).state).toBe('cancelled');
    const { total, rows } = await model.rows('messages', {}, 0, 10);
    expect(rows.length).toBe(Math.min(10, total));
  });

  it('forgets messages and findings when it is cleared, and keeps sessions and flows', async () => {
    const model = await loadedModel(sample('two-clients'));
    const sessions = await allRows(model, 'sessions');
    const view = { filter: 'dvrip.ret', fold: true } as const;
    expect((await allRows(model, 'messages', view)).length).toBeGreaterThan(0);
    model.clear();
    for (const list of ['messages', 'findings', 'rules'] as const)
      expect(await allRows(model, list)).toEqual([]);
    expect(await allRows(model, 'messages', view)).toEqual([]);
    expect((await model.ladder(1, 0, 10)).total).toBe(0);
    expect(await model.message(1)).toBeUndefined();
    expect(await model.kinds({ of: 'all' })).toEqual([]);
    expect((await allRows(model, 'sessions')).map(({ number }) => number)).toEqual(
      sessions.map(({ number }) => number),
    );
    expect((await allRows(model, 'flows')).length).toBeGreaterThan(1);
  });

  it('answers nonsense with nothing', async () => {
    const model = await loadedModel(sample('two-clients'));
    expect((await model.rows('messages', {}, -5, -3)).rows).toEqual([]);
    expect((await model.rows('messages', {}, 1e9, 10)).rows).toEqual([]);
    expect((await model.rows('flows', { sortBy: 'nonsense' }, 0, 10)).rows.length).toBeGreaterThan(0);
    expect((await model.rows('messages', { scope: { of: 'session', session: 999 } }, 0, 10)).total).toBe(0);
    expect(await model.session(0)).toBeUndefined();
    expect(await model.stream(77)).toBeUndefined();
    expect((await model.ladder(77, 0, 10)).total).toBe(0);
    expect(await model.messageBytes(1e9)).toBeUndefined();
    expect(await model.position('sessions', {}, 77)).toBeUndefined();
    expect(await model.extract({ stream: 1, directory: 'a\u0007b' })).toMatchObject({ kind: 'refused' });
  });

  it('keeps bodies nowhere, and says so, where no temporary file can be made', async () => {
    const model = await loadedModel(sample('login-and-keepalive'), { temporaryFolder: '/no/such/folder' });
    expect((await model.progress()).quality.bodiesLost).toContain('ENOENT');
    const detail = await model.message(1);
    expect(detail?.body).toMatchObject({ state: 'lost', why: expect.stringContaining('ENOENT') });
    expect(detail?.row.name).toBe('LOGIN_REQ');
    expect((await allRows(model, 'findings')).length).toBeGreaterThan(0);
  });
});
