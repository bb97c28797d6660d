import { describe, expect } from 'vitest';
import { allRows } from '../dashboard/model-harness.ts';
import { jsonBody, writeMessage } from '../support/dvrip-writer.ts';
import { keyChunk } from '../support/media-writer.ts';
import { Socket } from '../support/socket.ts';
import { captureFile, modelOf, reachedIn } from './dashboard-model.ts';
import { losesNothing, reaches } from './reaching.ts';

/** Messages of the index are let go page by page. */
const PAGE = 16_384;
const FRAME = keyChunk(2, Buffer.from('000000016588aabb', 'hex'));

function alive(sequence: number, more: object = {}): Buffer {
  const body = jsonBody({ Name: 'KeepAlive', SessionID: '0x0000000B', ...more });
  return writeMessage({ id: 1006, sequence, sessionId: 11, body });
}

describe('lists of what is in a capture', () => {
  const many = new Socket(34_567);
  for (let at = 0; at < 3 * PAGE; at += 256) {
    many.client(Buffer.concat(Array.from({ length: 256 }, (_, i) => alive(at + i))));
  }
  const manyMessages = captureFile(many.packets);

  reaches(
    'dashboard.messages',
    PAGE,
    'the oldest make room, and the list begins behind them',
    async (given) => {
      const model = await modelOf(manyMessages, given);
      const { messages, quality } = await model.progress();
      expect([messages, quality.evictedMessages]).toEqual([3 * PAGE, 2 * PAGE]);
      expect(await reachedIn(model)).toMatchObject({ messagesIndexed: 2 * PAGE });
      const { rows, total } = await model.rows('messages', {}, 0, 1);
      expect([rows[0]?.number, total]).toEqual([2 * PAGE + 1, PAGE]);
    },
  );

  // A key that nobody knows is a finding in each message.
  const odd = new Socket(34_567);
  for (let i = 0; i < 40; i++) odd.client(alive(i, { Odd: 1 }));
  const withFindings = captureFile(odd.packets);

  reaches('dashboard.findings', 8, 'the oldest make room, and the counts go on', async (given) => {
    const model = await modelOf(withFindings, given);
    const { findings } = await model.progress();
    const found = findings.error + findings.warning + findings.note;
    expect(found).toBeGreaterThanOrEqual(40);
    const rows = await allRows(model, 'findings');
    expect(rows.length).toBeLessThanOrEqual(8);
    expect(rows.at(-1)?.number).toBe(found);
    expect(await reachedIn(model)).toMatchObject({ findingsListed: found - rows.length });
  });

  const flows = [1, 2, 3, 4, 5].flatMap(
    (n) => new Socket(34_567, 50_000 + n).client(alive(0), n).close(0, n).packets,
  );
  const fiveFlows = captureFile(flows);

  reaches('dashboard.flows', 3, 'those that ended first make room, which is told', async (given) => {
    const model = await modelOf(fiveFlows, given);
    expect((await model.progress()).flows).toBe(5);
    expect(await allRows(model, 'flows')).toHaveLength(3);
    expect((await reachedIn(model)).flowsRemembered).toBeGreaterThanOrEqual(2);
  });

  const streams = [1, 2, 3, 4].flatMap(
    (n) =>
      new Socket(34_567, 50_000 + n).device({ id: 1412, sessionId: 11, body: FRAME }, n).close(0, n).packets,
  );
  const fourStreams = captureFile(streams);

  reaches('dashboard.streams', 2, 'those that are over make room, which is told', async (given) => {
    const model = await modelOf(fourStreams, given);
    expect((await allRows(model, 'streams')).map(({ flow }) => flow)).toEqual([3, 4]);
    expect(await reachedIn(model)).toEqual({ streamsListed: 2 });
  });

  reaches('dashboard.rows', 10, 'one answer has no more; the next are asked for', async (given) => {
    const model = await modelOf(withFindings, given);
    const answer = await model.rows('messages', {}, 0, 1000);
    expect([answer.rows.length, answer.total]).toEqual([10, 40]);
    expect(await allRows(model, 'messages')).toHaveLength(40);
  });

  losesNothing('dashboard.lists', 1, 'a list that was forgotten is made anew', async (given) => {
    const model = await modelOf(withFindings, given);
    const views = [
      {},
      { filter: 'dvrip.sequence < 5' },
      { scope: { of: 'flow', flow: 1 } },
      { fold: true },
    ] as const;
    const lengths = async () => {
      const all: number[] = [];
      for (const view of views) all.push((await allRows(model, 'messages', view)).length);
      return all;
    };
    const first = await lengths();
    expect(first.slice(0, 3)).toEqual([40, 5, 40]);
    expect(await lengths()).toEqual(first);
  });
});

describe('what is remembered beside the lists', () => {
  const socket = new Socket(34_567);
  // A sequence number that follows nothing is a finding of a rule: one beside each of these messages.
  for (let i = 0; i < 20; i++) socket.client(alive(i * 7));
  const path = captureFile(socket.packets);
  const besides = async (model: Awaited<ReturnType<typeof modelOf>>) => {
    const all: number[] = [];
    for (let number = 1; number <= 20; number++) {
      const detail = await model.message(number);
      if (detail?.findings.some(({ rule }) => rule.startsWith('sequence/')) === true) all.push(number);
    }
    return all;
  };

  reaches(
    'dashboard.judgedMessages',
    3,
    'beside older ones, what rules found is not shown, which is told',
    async (given) => {
      const model = await modelOf(path, given);
      const listed = (await allRows(model, 'findings')).filter(({ rule }) => rule.startsWith('sequence/'));
      const shown = await besides(model);
      expect(shown.length).toBeLessThanOrEqual(3);
      expect(listed.length).toBeGreaterThan(10);
      expect(shown).toEqual(listed.map(({ message }) => message).slice(-shown.length));
      expect((await reachedIn(model)).messagesJudged).toBeGreaterThan(10);
    },
  );

  reaches(
    'dashboard.spoolBytes',
    1000,
    'the oldest bodies make room, and their messages say so',
    async (given) => {
      const model = await modelOf(path, given);
      expect((await model.message(1))?.body).toMatchObject({
        state: 'lost',
        why: expect.stringMatching(/\S/),
      });
      expect((await model.message(20))?.body).toMatchObject({ state: 'here', kind: 'json' });
    },
  );

  losesNothing('dashboard.spoolBatchBytes', 16, 'bodies are written as they come', async (given) => {
    const model = await modelOf(path, given);
    for (let number = 1; number <= 20; number++) {
      expect((await model.message(number))?.body).toMatchObject({ state: 'here', kind: 'json' });
    }
  });
});
