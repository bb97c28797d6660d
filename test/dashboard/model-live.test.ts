import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sample } from '../cli/dvrscope.ts';
import { LiveFeeding, turn, watched } from './live-source.ts';
import { allRows, loadedModel } from './model-harness.ts';

const MONITOR = sample('monitor-two-sockets');
const MiB = 1024 * 1024;

describe('a live source', () => {
  it('is read as it comes; a pause stops the telling, not the capture', async () => {
    const feeding = new LiveFeeding(undefined);
    const { model, told } = feeding;
    const bytes = readFileSync(MONITOR);
    await feeding.write(bytes.subarray(0, bytes.length / 2));
    await feeding.packets(50);
    model.pause(true);
    expect(told.at(-1)?.state).toBe('paused');
    const { packets } = await model.progress();
    const toldBefore = told.length;
    await feeding.write(bytes.subarray(bytes.length / 2, bytes.length - 5000));
    await feeding.packets(packets + 1);
    expect(told).toHaveLength(toldBefore);
    const flows = await model.rows('flows', { sortBy: 'bytes', descending: true, filter: 'tcp open' }, 0, 10);
    expect(flows.rows.length).toBeGreaterThan(0);
    for (const { state, packets: soFar } of flows.rows) expect([state, soFar > 0]).toEqual(['open', true]);
    model.pause(false);
    await feeding.write(bytes.subarray(bytes.length - 5000));
    const progress = await feeding.end();
    const whole = await loadedModel(MONITOR);
    const { messages, sessions, flows: all } = await whole.progress();
    expect(progress).toMatchObject({ messages, sessions, flows: all, quality: { dropped: 0 } });
    expect(progress.live?.statistics?.received).toBe(progress.packets);
    expect(progress.live?.ring).toBeUndefined();
    expect(await allRows(model, 'sessions')).toEqual(await allRows(whole, 'sessions'));
    expect(await allRows(model, 'messages')).toEqual(await allRows(whole, 'messages'));
  });

  it('that keeps no packets says so wherever they would be needed', async () => {
    const { model, place } = await ofMonitor(undefined);
    const why = 'no packets are kept (-w none)';
    const refused = { kind: 'refused', message: why };
    expect(await model.save({ what: { what: 'all' }, format: 'pcapng', path: place('all.pcapng') })).toEqual(
      refused,
    );
    expect(await model.extract({ stream: 1, directory: place('stream') })).toEqual(refused);
    const media = await model.rows('messages', { filter: 'dvrip.media' }, 0, 1);
    const number = media.rows[0]?.number ?? 0;
    expect((await model.message(number))?.body).toMatchObject({ state: 'lost', why });
    expect(await model.messageBytes(number)).toMatchObject({ number, why, bytes: new Uint8Array(0) });
  });

  it('that fails says why', async () => {
    const options = {
      interfaces: ['/no/such/fifo'],
      ports: [],
      bufferMiB: 1,
      snapLength: 1,
      promiscuous: false,
    };
    const { ended } = new LiveFeeding(undefined, { options });
    expect((await ended).live?.problems.join()).toContain('/no/such/fifo');
  });

  it('ends by itself after its time, and is not said to have been stopped', async () => {
    const feeding = new LiveFeeding({}, { durationSeconds: 0.3 });
    await feeding.write(readFileSync(MONITOR).subarray(0, 100_000));
    expect((await feeding.ended).state).toBe('done');
    await feeding.end();
  });

  it('ends by itself when enough was written, and by its user, which is told apart', async () => {
    const bytes = readFileSync(MONITOR);
    const enough = new LiveFeeding({ packets: 50 }, {}, undefined, { files: 2 });
    // Nobody reads it to its end.
    const writing = enough.write(bytes).catch(() => undefined);
    expect((await enough.ended).state).toBe('done');
    expect(enough.ring()).toHaveLength(2);
    await writing;
    await enough.end();
    const user = new LiveFeeding({});
    await user.write(bytes.subarray(0, 100_000));
    user.model.cancelLoading();
    expect((await user.ended).state).toBe('cancelled');
    expect(user.ring()).toHaveLength(1);
    await user.end();
  });

  it('lets go of what is oldest when the process comes near its ceiling, and says so', async () => {
    const ceilingBytes = 256 * MiB;
    let collected = 0;
    let held = 0;
    const memory = {
      held: () => held,
      collect: () => {
        collected += 1;
      },
    };
    const feeding = new LiveFeeding(undefined, { ceilingBytes }, memory);
    await feeding.write(readFileSync(MONITOR).subarray(0, 50_000));
    const problems = async () => (await feeding.model.progress()).live?.problems.join() ?? '';
    await feeding.packets(20);
    expect(await problems()).toBe('');
    held = ceilingBytes;
    while (collected === 0) await turn();
    expect(await problems()).toContain('memory is near its ceiling of 256 MiB');
    await feeding.end();
  });
});

async function ofMonitor(rotation: undefined) {
  const feeding = await watched(MONITOR, rotation);
  return { model: feeding.model, place: (name: string) => feeding.place(name) };
}
