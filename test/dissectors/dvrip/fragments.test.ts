import { describe, expect, it } from 'vitest';
import { BodyBudget } from '../../../dissectors/dvrip/body-budget.ts';
import { FragmentAssembly, isFragment, joinPieces } from '../../../dissectors/dvrip/fragments.ts';
import { Header } from '../../../dissectors/dvrip/header.ts';

const LIMITS = { openMessages: 2, joinedBytes: 1000 };

function header(total: number, index: number, id = 1042, sessionId = 1): Header {
  const made = new Header();
  made.byte12 = total;
  made.byte13 = index;
  made.messageId = id;
  made.sessionId = sessionId;
  return made;
}

function piece(body: string, packet = 1, lacks = {}) {
  return {
    body: Buffer.from(body),
    missing: 0,
    cut: 0,
    unkept: 0,
    firstPacket: packet,
    lastPacket: packet,
    place: packet,
    ...lacks,
  };
}

function assembly(budget = new BodyBudget(1 << 20), limits = LIMITS): FragmentAssembly {
  return new FragmentAssembly(limits, budget);
}

describe('pieces of a control message', () => {
  it('are joined in the order of their numbers, whatever order they come in', () => {
    const a = assembly();
    expect(a.push(header(3, 2), piece('c', 5))).toEqual([]);
    expect(a.push(header(3, 0), piece('a', 9))).toEqual([]);
    const [joined] = a.push(header(3, 1), piece('b', 7));
    expect(joined).toMatchObject({
      total: 3,
      have: 3,
      bytes: 3,
      firstPacket: 5,
      lastPacket: 9,
      messageId: 1042,
    });
    expect(joined && joinPieces(joined).toString()).toBe('abc');
    expect(a.end()).toEqual([]);
  });

  it('are told apart by id and session', () => {
    const a = assembly();
    a.push(header(2, 0), piece('a'));
    a.push(header(2, 0, 1044), piece('A'));
    const [second] = a.push(header(2, 1, 1044), piece('B'));
    expect(second && joinPieces(second).toString()).toBe('AB');
    const [first] = a.push(header(2, 1), piece('b'));
    expect(first && joinPieces(first).toString()).toBe('ab');
    a.push(header(2, 0, 1042, 8), piece('x'));
    expect(a.push(header(2, 1, 1042, 9), piece('y'))).toEqual([]);
    expect(a.end().map((m) => [m.sessionId, m.have])).toEqual([
      [8, 1],
      [9, 1],
    ]);
  });

  it.each([
    ['the same piece comes again', header(3, 0)],
    ['a piece names another total', header(4, 1)],
  ])('are given up when %s, and a new message begins', (_what, next) => {
    const a = assembly();
    a.push(header(3, 0), piece('old'));
    expect(a.push(next, piece('new'))).toMatchObject([{ have: 1, total: 3 }]);
    expect(a.end()).toMatchObject([{ have: 1, total: next.byte12 }]);
  });

  it('wait for no more messages than the limit: the oldest is given up', () => {
    const budget = new BodyBudget(1 << 20);
    const a = assembly(budget);
    for (const id of [1, 2]) expect(a.push(header(2, 0, id), piece('x'))).toEqual([]);
    expect(a.push(header(2, 0, 3), piece('x'))).toMatchObject([{ messageId: 1, have: 1 }]);
    expect(a.end().map((m) => m.messageId)).toEqual([2, 3]);
    expect(budget.used).toBe(0);
  });

  it('say what is missing in them', () => {
    const a = assembly();
    a.push(header(2, 0), piece('ab', 1, { missing: 5 }));
    const [joined] = a.push(header(2, 1), piece('c', 2, { cut: 3 }));
    expect(joined).toMatchObject({ have: 2, bytes: 11, missing: 5, cut: 3, unkept: 0 });
  });

  it('are not kept beyond the limit of one body, and the message says so', () => {
    const budget = new BodyBudget(1 << 20);
    const a = assembly(budget);
    a.push(header(3, 0), piece('x'.repeat(600)));
    a.push(header(3, 1), piece('y'.repeat(600)));
    const [joined] = a.push(header(3, 2), piece('z'.repeat(400)));
    expect(joined).toMatchObject({ have: 3, bytes: 1600, unkept: 600 });
    expect(joined && joinPieces(joined)).toHaveLength(1000);
    expect(budget.used).toBe(0);
  });

  it('are not kept beyond the limit over all streams, be it their bytes or the waiting itself', () => {
    const budget = new BodyBudget(5000);
    const [one, two] = [assembly(budget), assembly(budget)];
    expect(one.push(header(2, 0), piece('x'.repeat(500)))).toEqual([]);
    expect(two.push(header(2, 0), piece('y'))).toMatchObject([{ have: 1, total: 2 }]);
    expect(two.end()).toEqual([]);
    one.push(header(2, 1), piece('x'.repeat(500)));
    expect([budget.used, budget.refused]).toEqual([0, 2]);
  });

  it('tell in which order they came, and how long the longest was', () => {
    const [inOrder, disordered] = [assembly(), assembly()];
    inOrder.push(header(2, 0), piece('a'));
    expect(inOrder.push(header(2, 1), piece('bcd', 1, { missing: 2 }))).toMatchObject([
      { inOrder: true, longest: 5, state: 'whole' },
    ]);
    disordered.push(header(2, 1), piece('b', 3));
    expect(disordered.push(header(2, 0), piece('a', 8))).toMatchObject([
      { inOrder: false, lastPlace: 8, state: 'whole' },
    ]);
  });

  it('tell of another sequence number, and of another total', () => {
    const a = assembly();
    const later = header(2, 1);
    later.sequence = 7;
    a.push(header(2, 0), piece('a'));
    expect(a.push(later, piece('b'))).toMatchObject([
      { sequence: 0, otherSequence: 7, otherTotal: undefined },
    ]);
    a.push(header(2, 0), piece('a'));
    expect(a.push(header(3, 1), piece('b'))).toMatchObject([
      { total: 2, otherTotal: 3, otherSequence: undefined, state: 'contradicted' },
    ]);
    expect(a.end()).toMatchObject([{ total: 3, have: 1, otherTotal: undefined, state: 'awaited' }]);
  });

  it('tell when they were let go, since too many messages were open', () => {
    const a = assembly();
    a.push(header(2, 0, 1040), piece('a'));
    a.push(header(2, 0, 1042), piece('a'));
    expect(a.push(header(2, 0, 1044), piece('a'))).toMatchObject([{ messageId: 1040, state: 'let-go' }]);
  });
});

describe('a control message', () => {
  it.each([
    ['a total and a number below it', header(2, 1), true],
    ['a total of 0 or 1', header(1, 0), false],
    ['a number that reaches the total', header(2, 2), false],
    ['the mark of the AES envelope', header(0x63, 0), false],
    ['a channel in the place of the total (AVTALK)', header(3, 0, 1415), false],
    ['a channel in the place of the total (AVTALK_CLAIM)', header(3, 0, 1417), false],
  ])('with %s is a piece: %#', (_what, given, is) => {
    expect(isFragment(given)).toBe(is);
  });
});
