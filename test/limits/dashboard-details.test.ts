import { tmpdir } from 'node:os';
import { describe, expect } from 'vitest';
import { LocalModel } from '../../src/dashboard/model/local-model.ts';
import { keep, loaded } from '../dashboard/model-harness.ts';
import { Session } from '../dashboard/screen-harness.ts';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import { interChunk, keyChunk } from '../support/media-writer.ts';
import { Socket } from '../support/socket.ts';
import { captureFile, modelOf } from './dashboard-model.ts';
import { reaches } from './reaching.ts';

const KEY = keyChunk(2, Buffer.from('000000016588aabb', 'hex'));
const INTER = interChunk(Buffer.from('00000001419acc', 'hex'));

describe('one media stream', () => {
  /** A frame each second for a minute and a half, one of ten a key frame; every seventh comes half a second late. */
  const socket = new Socket(34_567);
  for (let i = 0; i < 90; i++) {
    const body = i % 10 === 0 ? KEY : INTER;
    socket.device({ id: 1412, version: 1, sessionId: 11, sequence: i, body }, i + (i % 7 === 3 ? 0.5 : 0));
  }
  const path = captureFile(socket.packets);
  const detailOf = async (given: Parameters<typeof modelOf>[1]) => {
    const detail = await (await modelOf(path, given)).stream(1);
    if (detail === undefined) throw new Error('there is a stream');
    return detail;
  };

  reaches(
    'dashboard.keyFrames',
    3,
    'the times of the latest are remembered, and all are counted',
    async (given) => {
      const { keyFrames, record } = await detailOf(given);
      expect([keyFrames, record.iFrames]).toEqual([[60, 70, 80.5], 9]);
    },
  );

  reaches('dashboard.stalls', 2, 'the longest pauses are remembered', async (given) => {
    const { stalls, record } = await detailOf(given);
    expect(stalls.map(({ seconds }) => seconds)).toEqual([1.5, 1.5]);
    expect(record.longestStallSeconds).toBe(1.5);
  });

  reaches(
    'dashboard.frameRatePoints',
    10,
    'the stretches grow longer, and no frame is lost',
    async (given) => {
      const { videoFrames } = await detailOf(given);
      expect(videoFrames.values.length).toBeLessThanOrEqual(10);
      const frames = videoFrames.values.reduce((sum, rate) => sum + rate * videoFrames.stretchSeconds, 0);
      expect(frames).toBe(90);
    },
  );

  reaches('dashboard.activityPoints', 4, 'a sparkline shows the last of it', async (given) => {
    const { row, bitRate } = await detailOf(given);
    expect(row.activity).toEqual(bitRate.values.slice(-4));
  });
});

describe('one message', () => {
  const say = (body: Buffer, id = 1042): WrittenMessage => ({ id, sessionId: 11, body });
  const list = (length: number, from: number) =>
    jsonBody({ Name: 'General', General: Array.from({ length }, (_, i) => from + i) });
  const socket = new Socket(34_567)
    .client(say(list(50, 0)))
    .client(say(list(50, 7)))
    .client(say(Buffer.from(`${'no JSON '.repeat(20)}\n`)));
  const path = captureFile(socket.packets);

  reaches('dashboard.bodyLines', 10, 'further lines are left out, and the last says so', async (given) => {
    const detail = await (await modelOf(path, given)).message(1);
    // Two braces and brackets, the name, and fifty numbers.
    expect([detail?.body.lines.length, detail?.body.linesLeft]).toEqual([10, 45]);
    await onScreen(path, given, async (screen) => {
      await screen.press('End');
      await screen.sees('45 lines more');
    });
  });

  reaches('dashboard.lineUnits', 20, 'a longer line is cut, with an ellipsis', async (given) => {
    const detail = await (await modelOf(path, given)).message(3);
    expect(detail?.body.lines[0]?.text).toBe('no JSON no JSON no J…');
  });

  reaches('dashboard.hexBytes', 16, 'further bytes are left out, and the heading says so', async (given) => {
    const detail = await (await modelOf(path, given)).message(1);
    expect(detail?.body.bytes.length).toBe(16);
    await onScreen(path, given, (screen) => screen.sees('Body, its first 16 bytes'));
  });

  reaches('dashboard.comparedLines', 12, 'further lines are left out, and counted', async (given) => {
    const compared = await (await modelOf(path, given)).compare({ of: 'messages', left: 1, right: 2 });
    expect(compared?.lines.length).toBeLessThanOrEqual(24);
    expect(compared?.left).toBeGreaterThan(80);
  });
});

describe('a live capture', () => {
  reaches('dashboard.liveProblems', 2, 'the oldest problems are forgotten, but counted', async (given) => {
    const interfaces = [1, 2, 3].map((n) => `/no/such/fifo${n}`);
    const options = { interfaces, ports: [], bufferMiB: 1, snapLength: 1, promiscuous: false };
    const places = { node: process.execPath, capProcess: '', temporaryFolder: tmpdir() };
    const live = { engine: 'pipe', options, places, ceilingBytes: 256 * 1024 * 1024 } as const;
    const { limits } = given;
    const model = keep(new LocalModel({ paths: [], temporaryFolder: tmpdir(), live, limits }));
    const progress = await loaded(model);
    expect(progress.live?.problems).toHaveLength(2);
    expect(progress.live?.problemCount).toBeGreaterThanOrEqual(3);
  });
});

/** Looks at the first message as the dashboard shows it. */
async function onScreen(
  path: string,
  { limits }: Parameters<typeof modelOf>[1],
  look: (screen: Session) => Promise<void>,
): Promise<void> {
  const screen = await Session.open([path], { model: { limits } });
  try {
    await screen.sees('192.168.1.10:34567');
    await screen.press('Enter');
    await screen.sees('Session 1');
    await screen.press('Enter');
    await screen.sees('Message 1');
    await look(screen);
  } finally {
    await screen.close();
  }
}
