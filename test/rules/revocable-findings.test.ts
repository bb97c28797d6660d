import { describe, expect, it } from 'vitest';
import { type Excuse, Ledger, type LedgerLimits, type Subject } from '../../src/rules/ledger.ts';

const RULE = 'keepalive/in-time';

function subject(place: string): Subject {
  return { rule: RULE, severity: 'error', messageId: 1006, name: 'KEEPALIVE_REQ', from: 'client', place };
}

function sample(seconds: number) {
  const packets = [1, 1] as const;
  return { message: 1, packets, flow: 1, session: 1, seconds, nanoseconds: 0, text: `at ${seconds}` };
}

function ledgerOf(
  limits: Partial<LedgerLimits> = {},
  excuse?: (subject: Subject) => Excuse | undefined,
): Ledger {
  return new Ledger({ findingGroups: 10, samplesPerGroup: 2, ...limits }, excuse ?? (() => undefined));
}

/** Counts a breach as a rule does, judged at this time. */
function miss(ledger: Ledger, at: number, place = '/a'): void {
  ledger.tally(RULE).checked += 1;
  ledger.addMissing(subject(place), () => sample(at), at);
}

const countsOf = (ledger: Ledger) => {
  const { checked, violations, doubts } = ledger.tally(RULE);
  return { checked, violations, dropped: doubts.get('dropped') ?? 0 };
};

describe('findings that something is missing', () => {
  it('are taken back where they were judged at the time of a loss, or later, and stand before', () => {
    const ledger = ledgerOf({ samplesPerGroup: 9 });
    for (const at of [1, 2, 3, 4]) miss(ledger, at);
    ledger.revokeMissing(3);
    expect(countsOf(ledger)).toEqual({ checked: 2, violations: 2, dropped: 2 });
    const [group] = ledger.groups.values();
    expect(group).toMatchObject({ count: 2, samples: [{ text: 'at 1' }, { text: 'at 2' }] });
  });

  it('leave no kind behind that has none any more', () => {
    const ledger = ledgerOf();
    miss(ledger, 5);
    ledger.revokeMissing(5);
    expect(ledger.groups.size).toBe(0);
    miss(ledger, 9);
    expect(ledger.groups.size).toBe(1);
    expect(countsOf(ledger)).toEqual({ checked: 1, violations: 1, dropped: 1 });
  });

  it('are taken back once', () => {
    const ledger = ledgerOf();
    for (const at of [1, 2]) miss(ledger, at);
    for (let i = 0; i < 3; i += 1) ledger.revokeMissing(2);
    expect(countsOf(ledger)).toEqual({ checked: 1, violations: 1, dropped: 1 });
  });

  it('stand once it is known that nothing was dropped until then', () => {
    const ledger = ledgerOf();
    for (const at of [1, 2, 3]) miss(ledger, at);
    ledger.settle(3);
    ledger.revokeMissing(Number.NEGATIVE_INFINITY);
    expect(countsOf(ledger)).toEqual({ checked: 2, violations: 2, dropped: 1 });
  });

  it('of a kind of which none is shown any more, all are taken back', () => {
    const ledger = ledgerOf({ samplesPerGroup: 1 });
    // A connection may be judged long after it ended.
    for (const at of [7, 2, 3]) miss(ledger, at);
    ledger.revokeMissing(5);
    expect(countsOf(ledger)).toEqual({ checked: 0, violations: 0, dropped: 3 });
    expect(ledger.groups.size).toBe(0);
  });

  it('that are waived, or known, do not count as that either', () => {
    for (const kind of ['waived', 'known'] as const) {
      const excuse: Excuse =
        kind === 'known' ? { kind } : { kind, reason: 'r', owner: 'o', expires: '2999-12-31' };
      const ledger = ledgerOf({}, () => excuse);
      for (const at of [1, 2, 3]) miss(ledger, at);
      ledger.revokeMissing(2);
      expect(ledger.tally(RULE)[kind]).toBe(1);
    }
  });

  it('whose kind is not kept are taken back too', () => {
    const ledger = ledgerOf({ findingGroups: 1 });
    for (const at of [1, 2, 3]) for (const place of ['/a', '/b', '/c']) miss(ledger, at, place);
    expect(ledger.leftOut).toBe(6);
    ledger.revokeMissing(2);
    expect(ledger.leftOut).toBe(2);
    expect(countsOf(ledger)).toEqual({ checked: 3, violations: 3, dropped: 6 });
  });

  it('are not touched where something is wrong rather than missing', () => {
    const ledger = ledgerOf();
    ledger.tally(RULE).checked += 1;
    ledger.add(subject('/a'), () => sample(1));
    miss(ledger, 2);
    ledger.revokeMissing(Number.NEGATIVE_INFINITY);
    expect(countsOf(ledger)).toEqual({ checked: 1, violations: 1, dropped: 1 });
    expect([...ledger.groups.values()].map(({ count }) => count)).toEqual([1]);
  });

  it('are as many as there may be: of a hundred thousand, the old ones are taken back together', () => {
    const ledger = ledgerOf();
    const most = 100_000;
    for (let at = 0; at < most; at += 1) miss(ledger, at);
    ledger.revokeMissing(most - 10);
    expect(countsOf(ledger)).toEqual({ checked: most - 10, violations: most - 10, dropped: 10 });
    ledger.revokeMissing(10);
    expect(countsOf(ledger)).toEqual({ checked: 0, violations: 0, dropped: most });
  });
});

it('a capture that tells of a loss at each packet is read all the same', () => {
  const ledger = ledgerOf();
  for (let at = 0; at < 8000; at += 1) miss(ledger, at);
  // Each look at all of them would be eight thousand million steps here: the test would not end in its time.
  for (let at = 0; at < 1_000_000; at += 1) ledger.revokeMissing(8000 + at);
  expect(countsOf(ledger)).toEqual({ checked: 8000, violations: 8000, dropped: 0 });
  expect(ledger.revokeMissing(7999)).toBe(true);
});
