import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import { runAnalysis, type SeenMessage } from '../support/run-analysis.ts';
import { Socket } from '../support/socket.ts';

const ID = 0x0b;
const ask = (id: number, sequence = 0): WrittenMessage => ({
  id,
  sequence,
  sessionId: ID,
  body: jsonBody({ Name: '', SessionID: '0x0000000B' }),
});
const answer = (id: number, sequence = 0, ret = 100): WrittenMessage => ({
  id,
  sequence,
  version: 1,
  sessionId: ID,
  body: jsonBody({ Name: '', Ret: ret, SessionID: '0x0000000B' }),
});

function pairs(messages: readonly SeenMessage[]): (number | [number, number])[][] {
  return messages.map((message, i) => [i + 1, message.id, message.replyTo]);
}

function exchangesOf(run: ReturnType<typeof runAnalysis>) {
  const [session] = run.analysis.conversations.sessions.all;
  return {
    answered: session?.exchangesAnswered,
    unanswered: session?.exchangesUnanswered,
    unasked: session?.exchangesUnasked,
  };
}

describe('a reply', () => {
  it('answers the request whose id the registry names, and tells the time that it took', () => {
    const run = runAnalysis(
      new Socket(34_567)
        .client(ask(1042), 10)
        .client(ask(1020), 11)
        .device(answer(1021), 12)
        .device(answer(1043), 14).packets,
    );
    expect(run.messages.map((m) => [m.id, m.replyTo, m.responseSeconds])).toEqual([
      [1042, 0, undefined],
      [1020, 0, undefined],
      [1021, 2, 1],
      [1043, 1, 4],
    ]);
    expect(exchangesOf(run)).toEqual({ answered: 2, unanswered: 0, unasked: 0 });
    expect(run.analysis.conversations.sessions.all[0]?.longestResponse).toBe(4);
    expect(run.analysis.conversations.sessions.all[0]?.meanResponse).toBe(2.5);
  });

  it('answers requests of one id in their order, whatever the sequence numbers say', () => {
    // Devices answer OPMonitor with the number of the request + 1 (field notes §4).
    const run = runAnalysis(
      new Socket(34_567)
        .client(ask(1410, 1))
        .client(ask(1410, 2))
        .device(answer(1411, 2))
        .device(answer(1411, 3)).packets,
    );
    expect(pairs(run.messages)).toEqual([
      [1, 1410, 0],
      [2, 1410, 0],
      [3, 1411, 1],
      [4, 1411, 2],
    ]);
  });

  it('goes to the later request when the device is known to repeat numbers, and the earlier is never answered', () => {
    const run = runAnalysis(
      new Socket(34_567)
        .client(ask(1042, 1))
        .device(answer(1043, 1))
        .client(ask(1042, 2))
        .client(ask(1042, 3))
        .device(answer(1043, 3)).packets,
    );
    expect(run.messages.at(-1)?.replyTo).toBe(4);
    expect(exchangesOf(run)).toEqual({ answered: 2, unanswered: 1, unasked: 0 });
  });

  it('to an id that nobody has named is the next id', () => {
    const run = runAnalysis(
      new Socket(34_567).client(ask(2500)).device(answer(2501)).device(answer(2601)).packets,
    );
    expect(run.messages.map((m) => m.replyTo)).toEqual([0, 1, 0]);
    expect(exchangesOf(run)).toEqual({ answered: 1, unanswered: 0, unasked: 1 });
  });

  it('is not found on another socket', () => {
    const one = new Socket(34_567, 50_001).client(ask(1042));
    const two = new Socket(34_567, 50_002).device(answer(1043));
    const run = runAnalysis([...one.packets, ...two.packets]);
    expect(run.messages.map((m) => m.replyTo)).toEqual([0, 0]);
    expect(exchangesOf(run)).toEqual({ answered: 0, unanswered: 1, unasked: 1 });
  });

  it('to a login is paired in both dialects, though the request alone does not tell its dialect', () => {
    const login = { id: 1000, body: jsonBody({ EncryptType: 'MD5', UserName: 'admin' }) };
    for (const id of [1001, 1000]) {
      const run = runAnalysis(new Socket(34_567).client(login).device(answer(id)).packets);
      expect(run.messages.map((m) => [m.name, m.replyTo])).toEqual([
        ['LOGIN_REQ', 0],
        ['LOGIN_RSP', 1],
      ]);
    }
  });

  it('of the specification numbers logout and keep-alive one lower', () => {
    const login = { id: 1000, body: jsonBody({ EncryptType: 'MD5', UserName: 'admin' }) };
    const alive = { ...ask(1005), body: jsonBody({ Name: 'KeepAlive', SessionID: '0x0000000B' }) };
    const run = runAnalysis(
      new Socket(34_567)
        .client(login)
        .device(answer(1000))
        .client(alive)
        .device(answer(1006))
        .client(ask(1001))
        .device(answer(1002)).packets,
    );
    expect(run.messages.map((m) => [m.name, m.replyTo])).toEqual([
      ['LOGIN_REQ', 0],
      ['LOGIN_RSP', 1],
      ['KEEPALIVE_REQ', 0],
      ['KEEPALIVE_RSP', 3],
      ['LOGOUT_REQ', 0],
      ['LOGOUT_RSP', 5],
    ]);
  });
});

describe('without a reply of their own', () => {
  it('alarm pushes are neither requests nor replies', () => {
    const run = runAnalysis(
      new Socket(34_567).client(ask(1500)).device(answer(1501)).device(ask(1504)).device(ask(1504)).packets,
    );
    expect(run.messages.map((m) => m.replyTo)).toEqual([0, 1, 0, 0]);
    expect(exchangesOf(run)).toEqual({ answered: 1, unanswered: 0, unasked: 0 });
  });

  it('progress belongs to the upgrade that was asked for, and each block of firmware has its reply', () => {
    const block = (sequence: number): WrittenMessage => ({
      id: 1522,
      sequence,
      sessionId: ID,
      body: Buffer.alloc(100),
    });
    const run = runAnalysis(
      new Socket(34_567)
        .client(ask(1520))
        .device(answer(1521))
        .client(block(0))
        .client(block(1))
        .device(answer(1523, 0))
        .device(answer(1523, 1))
        .device(answer(1524, 0, 40))
        .device(answer(1524, 0, 515)).packets,
    );
    expect(run.messages.map((m) => [m.id, m.replyTo, m.responseSeconds === undefined])).toEqual([
      [1520, 0, true],
      [1521, 1, false],
      [1522, 0, true],
      [1522, 0, true],
      [1523, 3, false],
      [1523, 4, false],
      [1524, 1, true],
      [1524, 1, true],
    ]);
    expect(exchangesOf(run)).toEqual({ answered: 3, unanswered: 0, unasked: 0 });
  });

  it('the second piece of a picture belongs to the request of the first', () => {
    const piece: WrittenMessage = {
      id: 1561,
      version: 1,
      sessionId: ID,
      body: Buffer.from([0xff, 0xd8, 1, 2]),
    };
    const run = runAnalysis(new Socket(34_567).client(ask(1560)).device(piece).device(piece).packets);
    expect(run.messages.map((m) => m.replyTo)).toEqual([0, 1, 1]);
    expect(exchangesOf(run)).toEqual({ answered: 1, unanswered: 0, unasked: 0 });
  });
});

describe('requests that wait', () => {
  it('are no more than the limit: the oldest is given up, and that is counted', () => {
    const limits = {
      ...DEFAULT_LIMITS,
      conversations: { ...DEFAULT_LIMITS.conversations, openRequests: 2 },
    };
    const run = runAnalysis(
      new Socket(34_567).client(ask(1042, 1)).client(ask(1042, 2)).client(ask(1042, 3)).device(answer(1043))
        .packets,
      { limits },
    );
    expect(run.messages.at(-1)?.replyTo).toBe(2);
    expect(run.analysis.conversations.limitsReached.openRequests).toBe(1);
    expect(exchangesOf(run)).toEqual({ answered: 1, unanswered: 2, unasked: 0 });
  });

  it('balance with the replies, whatever is said in whatever order', () => {
    const said = fc.array(fc.tuple(fc.boolean(), fc.constantFrom(1020, 1042, 1410, 2500), fc.nat(3)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(said, (turns) => {
        const socket = new Socket(34_567);
        for (const [asks, id, sequence] of turns) {
          if (asks) socket.client(ask(id, sequence));
          else socket.device(answer(id + 1, sequence));
        }
        const run = runAnalysis(socket.packets);
        const requests = turns.filter(([asks]) => asks).length;
        const { answered = 0, unanswered = 0, unasked = 0 } = exchangesOf(run);
        expect(answered + unanswered).toBe(requests);
        expect(answered + unasked).toBe(turns.length - requests);
        const answeredBy = run.messages.map((m) => m.replyTo).filter((number) => number !== 0);
        // One request has one reply, of the id that fits and sent after it.
        expect(new Set(answeredBy).size).toBe(answeredBy.length);
        run.messages.forEach((message, i) => {
          if (message.replyTo === 0) return;
          expect(message.replyTo).toBeLessThan(i + 1);
          expect(run.messages[message.replyTo - 1]?.id).toBe(message.id - 1);
        });
      }),
      { numRuns: 60 },
    );
  });
});
