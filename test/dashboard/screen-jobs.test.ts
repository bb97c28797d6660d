import { tmpdir } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import type { JobProgress, MessageBytes } from '../../src/dashboard/model/contract.ts';
import { LocalModel } from '../../src/dashboard/model/local-model.ts';
import { Session, sample } from './screen-harness.ts';

const CAPTURE = sample('monitor-two-sockets');

/** A model that never finds the bytes of a message, until it is told to give up. */
class SlowModel extends LocalModel {
  cancelled = 0;
  #tell: (progress: JobProgress) => void = () => undefined;
  #giveUp: () => void = () => undefined;

  override onJob(listener: (progress: JobProgress) => void): void {
    this.#tell = listener;
    super.onJob(listener);
  }

  override messageBytes(): Promise<MessageBytes | undefined> {
    this.#tell({ job: 'bytes', share: 0.4 });
    return new Promise((resolve) => {
      this.#giveUp = () => resolve(undefined);
    });
  }

  override cancelJob(): void {
    this.cancelled += 1;
    this.#giveUp();
    super.cancelJob();
  }
}

let dashboard: Session | undefined;

afterEach(async () => {
  await dashboard?.close();
  dashboard = undefined;
});

async function openMedia(model: SlowModel): Promise<Session> {
  dashboard = await Session.on(model, [CAPTURE]);
  await dashboard.sees('logged-out');
  await dashboard.press('4', 'f');
  await dashboard.sees('Filter');
  await dashboard.type('dvrip.media');
  await dashboard.press('Enter');
  await dashboard.sees('filter: dvrip.media', 'MONITOR_DATA');
  await dashboard.press('Enter');
  await dashboard.sees('Message 15', 'bytes: 40 %, q stops it');
  return dashboard;
}

it.each(['q', 'Esc'])(
  '%s closes a message whose bytes are still being read, and ends the reading of them',
  async (key) => {
    const model = new SlowModel({ seed: 1, temporaryFolder: tmpdir(), paths: [CAPTURE] });
    const session = await openMedia(model);
    await session.press(key);
    await session.sees('filter: dvrip.media', '1 of 1');
    expect(model.cancelled).toBe(1);
    expect(session.left).toBeUndefined();
  },
);

it('a message whose bytes have been read lets the way back be the way back', async () => {
  dashboard = await Session.open([CAPTURE]);
  await dashboard.sees('logged-out');
  await dashboard.press('5');
  await dashboard.sees('h264');
  await dashboard.press('Enter');
  await dashboard.sees('the latest key frame');
  await dashboard.press('Enter');
  await dashboard.sees('MONITOR_CLAIM');
  await dashboard.press('x');
  await dashboard.sees('1 of 163');
  await dashboard.press('Down', 'Down', 'Enter');
  await dashboard.sees('1412 MONITOR_DATA', 'Body, its first 4096 bytes');
  await dashboard.until((screen) => !screen.includes('stops it'), 'nothing more to be stopped');
  await dashboard.press('q');
  await dashboard.sees('3 of 163');
});
