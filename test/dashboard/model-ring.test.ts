import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Rotation } from '../../src/capture/ring/packet-ring.ts';
import type { MessageRow, SaveWhat } from '../../src/dashboard/model/contract.ts';
import type { LocalModel } from '../../src/dashboard/model/local-model.ts';
import { readPackets } from '../cli/conversation.ts';
import { sample } from '../cli/dvrscope.ts';
import { type LiveFeeding, watched } from './live-source.ts';
import { allRows, loadedModel } from './model-harness.ts';

const MONITOR = sample('monitor-two-sockets');
const CLIENTS = sample('two-clients');
/** Everything is kept, in files that cut through messages. */
const WHOLE: Rotation = { packets: 37 };
/** Of 273 packets, the last hundred or so. */
const LATE: Rotation = { packets: 50, files: 2 };

async function media(model: LocalModel): Promise<MessageRow[]> {
  return allRows(model, 'messages', { filter: 'dvrip.media' });
}

async function packetsOf(path: string): Promise<string[]> {
  return (await readPackets(path)).map(({ seconds, nanoseconds, bytes }) =>
    [seconds, nanoseconds, Buffer.from(bytes).toString('hex')].join(' '),
  );
}

/** What a model writes when this is saved as pcapng. */
async function packetsSaved(model: LocalModel, what: SaveWhat, path: string): Promise<string[]> {
  expect(await model.save({ what, format: 'pcapng', path })).toMatchObject({ kind: 'done', notes: [] });
  return packetsOf(path);
}

describe('a message that is still in the ring', () => {
  it('is opened with the bytes that it has in a file', async () => {
    const [{ model }, whole] = [await watched(MONITOR, WHOLE), await loadedModel(MONITOR)];
    const rows = await media(model);
    expect(rows.length).toBeGreaterThan(150);
    for (const { number } of rows.filter((_, at) => at % 9 === 0)) {
      expect((await model.message(number))?.body.state).toBe('elsewhere');
      const bytes = await model.messageBytes(number);
      expect(bytes?.bytes.length).toBeGreaterThan(0);
      expect(bytes).toEqual(await whole.messageBytes(number));
    }
  });

  it.each<[string, SaveWhat, string]>([
    ['a media message', { what: 'messages', numbers: [100] }, MONITOR],
    ['several messages', { what: 'messages', numbers: [1, 2, 30, 31, 90, 170] }, MONITOR],
    ['a list with its filter', { what: 'view', view: { filter: 'dvrip.msgid == 1412' } }, MONITOR],
    ['a session', { what: 'sessions', numbers: [2] }, CLIENTS],
    ['a flow', { what: 'flows', numbers: [1] }, CLIENTS],
    ['all', { what: 'all' }, CLIENTS],
  ])('is saved with the packets that it has in a file: %s', async (_name, what, path) => {
    const [feeding, whole] = [await watched(path, WHOLE), await loadedModel(path)];
    const saved = await packetsSaved(feeding.model, what, feeding.place('live-saved'));
    expect(saved.length).toBeGreaterThan(0);
    expect(saved).toEqual(await packetsSaved(whole, what, feeding.place('file-saved')));
  });

  it('is told apart from others in the same packet that have the same header', async () => {
    const [{ model }, whole] = [await watched(CLIENTS, WHOLE), await loadedModel(CLIENTS)];
    for (const { number } of (await media(model)).slice(0, 12)) {
      expect(await model.messageBytes(number)).toEqual(await whole.messageBytes(number));
    }
  });
});

describe('a stream that is still in the ring', () => {
  it('is extracted as from a file', async () => {
    const [feeding, whole] = [await watched(MONITOR, WHOLE), await loadedModel(MONITOR)];
    const [live, file] = [feeding.place('live'), feeding.place('file')];
    expect(await feeding.model.extract({ stream: 1, directory: live })).toMatchObject({
      kind: 'done',
      notes: [],
    });
    expect(await whole.extract({ stream: 1, directory: file })).toMatchObject({ kind: 'done' });
    const names = readdirSync(file).filter((name) => name !== 'manifest.json');
    expect(names.length).toBeGreaterThan(1);
    expect(readdirSync(live).sort()).toEqual(readdirSync(file).sort());
    for (const name of names) expect(readFileSync(join(live, name))).toEqual(readFileSync(join(file, name)));
  });

  it('in part is extracted in part, and says so', async () => {
    const feeding = await watched(MONITOR, LATE);
    const directory = feeding.place('late');
    const outcome = await feeding.model.extract({ stream: 1, directory });
    expect(outcome).toMatchObject({
      kind: 'done',
      notes: [expect.stringMatching(/^without its first \d+ seconds?, no longer in the ring$/)],
    });
    const whole = await loadedModel(MONITOR);
    const all = await whole.extract({ stream: 1, directory: feeding.place('all') });
    if (outcome.kind !== 'done' || all.kind !== 'done') throw new Error('not extracted');
    expect(outcome.bytes).toBeGreaterThan(1000);
    expect(outcome.bytes).toBeLessThan(all.bytes);
  });
});

describe('a message that has left the ring', () => {
  async function early(): Promise<{ feeding: LiveFeeding; first: number; last: number }> {
    const feeding = await watched(MONITOR, LATE);
    const rows = await media(feeding.model);
    return { feeding, first: rows[0]?.number ?? 0, last: rows.at(-1)?.number ?? 0 };
  }

  it('says so as what it is, while later ones open', async () => {
    const { feeding, first, last } = await early();
    const { model } = feeding;
    const why = 'its packets have left the ring';
    const detail = await model.message(first);
    expect(detail).toMatchObject({ row: { name: 'MONITOR_DATA' }, body: { state: 'lost', why } });
    expect(await model.messageBytes(first)).toMatchObject({ why, bytes: new Uint8Array(0) });
    const whole = await loadedModel(MONITOR);
    expect(await model.messageBytes(last)).toEqual(await whole.messageBytes(last));
  });

  it('is refused where it alone is saved, and noted where others are with it', async () => {
    const { feeding, first, last } = await early();
    const { model } = feeding;
    const save = (what: SaveWhat, path: string) =>
      model.save({ what, format: 'pcapng', path: feeding.place(path) });
    expect(await save({ what: 'messages', numbers: [first] }, 'one')).toEqual({
      kind: 'refused',
      message: 'the packets of the message have left the ring',
    });
    expect(await save({ what: 'messages', numbers: [first, last] }, 'two')).toMatchObject({
      kind: 'done',
      notes: ['without 1 message, no longer in the ring'],
    });
    expect(await save({ what: 'sessions', numbers: [1] }, 'session')).toMatchObject({
      kind: 'done',
      notes: ['2 flows without the beginning, no longer in the ring'],
    });
    const all = await save({ what: 'all' }, 'all');
    expect(all).toMatchObject({
      notes: [expect.stringMatching(/^without the first 200 packets, no longer/)],
    });
    const original = await packetsOf(MONITOR);
    expect(await packetsOf(feeding.place('all'))).toEqual(original.slice(200));
  });

  it('keeps its words: bodies of control messages are still there', async () => {
    const { feeding } = await early();
    const path = feeding.place('words.ndjson');
    expect((await feeding.model.message(1))?.body.state).toBe('here');
    const outcome = await feeding.model.save({
      what: { what: 'messages', numbers: [1] },
      format: 'ndjson',
      path,
    });
    expect(outcome).toMatchObject({ kind: 'done', notes: [] });
    expect(readFileSync(path, 'utf8')).toContain('LOGIN_REQ');
  });
});

describe('ring files that somebody has touched', () => {
  it('are not taken for what they were', async () => {
    const feeding = await watched(MONITOR, { packets: 100 });
    const [first = '', second = ''] = feeding.ring();
    rmSync(first);
    renameSync(second, first);
    const rows = await media(feeding.model);
    const bytes = await feeding.model.messageBytes(rows[0]?.number ?? 0);
    expect(bytes).toMatchObject({ why: 'it was not found again in the ring' });
    const path = feeding.place('all');
    expect(await feeding.model.save({ what: { what: 'all' }, format: 'pcapng', path })).toMatchObject({
      notes: [`${first}: is not there any more`, `${second}: is not there any more`],
    });
    expect(await packetsOf(path)).toEqual((await packetsOf(MONITOR)).slice(200));
  });

  it('are never written over', async () => {
    const feeding = await watched(MONITOR, WHOLE);
    const [path = ''] = feeding.ring();
    expect(
      await feeding.model.save({ what: { what: 'all' }, format: 'pcapng', path, force: true }),
    ).toMatchObject({
      kind: 'refused',
    });
  });
});
