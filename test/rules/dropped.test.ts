import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import type { Conformance, ConformanceOptions } from '../../src/rules/conformance.ts';
import type { Example } from '../../src/rules/example.ts';
import { examplePackets } from '../support/example-packets.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { type DroppedHere, runRules } from '../support/run-rules.ts';

type Part = FedPacket | DroppedHere;

interface Outcome {
  readonly conformance: Conformance;
  /** Findings that something is missing, by rule, whether they stand or were taken back. */
  readonly missing: ReadonlyMap<string, number>;
}

function run(parts: readonly Part[], spec: boolean): Outcome {
  const dialect = spec ? 'spec' : 'field';
  const missing = new Map<string, number>();
  const found: ConformanceOptions['found'] = ({ rule }, _sample, _group, judged) => {
    if (judged !== undefined) missing.set(rule, (missing.get(rule) ?? 0) + 1);
  };
  return { conformance: runRules(parts, { dialect, found }, { dialect }), missing };
}

/** The conversation again so much later, between other hosts. */
function again(packets: readonly FedPacket[], seconds: number, network: number): readonly FedPacket[] {
  return packets.map((packet) => {
    const bytes = Buffer.from(packet.bytes);
    bytes.writeUInt16BE(network, 27);
    bytes.writeUInt16BE(network, 31);
    return { ...packet, bytes, seconds: (packet.seconds ?? 0) + seconds };
  });
}

const APART = 10_000;

/** The breach three times, far apart, and packets dropped while the second one happens. */
function thrice(example: Example): { readonly parts: readonly Part[]; readonly spec: boolean } {
  const packets = examplePackets(example);
  const second = again(packets, APART, 2);
  const from = second[0]?.seconds ?? 0;
  const to = (second.at(-1)?.seconds ?? 0) + 1;
  return {
    parts: [...packets, ...second, { from, to }, ...again(packets, 2 * APART, 3)],
    spec: example.spec === true,
  };
}

const violations = ({ conformance }: Outcome, id: string) => conformance.ledger.tally(id).violations;
const doubts = ({ conformance }: Outcome, id: string) =>
  conformance.ledger.tally(id).doubts.get('dropped') ?? 0;

const breaches = ALL_RULES.flatMap(({ rule }) =>
  rule.examples().breaks.map((example) => [rule.id, example.title, example] as const),
);

describe('a breach before and one after the time in which packets were dropped count; in it, what is missing does not', () => {
  it.each(breaches)('%s: %s', (id, _, example) => {
    const alone = run(examplePackets(example), example.spec === true);
    const missing = alone.missing.get(id) ?? 0;
    const { parts, spec } = thrice(example);
    const all = run(parts, spec);
    expect(violations(alone, id)).toBeGreaterThan(0);
    expect({ violations: violations(all, id), dropped: doubts(all, id) }).toEqual({
      violations: 3 * violations(alone, id) - missing,
      dropped: missing,
    });
  });
});

/** What happens to a session between the two of them: dropped in the middle of what the rule waits for. */
describe('what is open across the time in which packets were dropped', () => {
  const silent = (title: string) => {
    const rule = ALL_RULES.find(({ rule }) => rule.id === 'keepalive/in-time');
    const example = rule?.rule.examples().breaks.find((one) => one.title === title);
    if (example === undefined) throw new Error(`no example «${title}»`);
    return examplePackets(example);
  };
  const packets = silent('a minute of silence');
  const id = 'keepalive/in-time';
  /** Packets dropped between these times, told when the clock has come to `told`. */
  const withDrops = (from: number, to: number, told: number) => {
    const before = packets.filter(({ seconds = 0 }) => seconds < told);
    const outcome = run([...before, { from, to }, ...packets.slice(before.length)], false);
    return { violations: violations(outcome, id), dropped: doubts(outcome, id) };
  };
  const first = packets[0]?.seconds ?? 0;

  it.each([
    ['told while it waits', 20, 21, 30],
    ['told at the end of it', 20, 21, 60],
    ['that begins with the last sign of life', 1.5, 3, 10],
    ['that ends just before the next one', 40, 59.5, 60],
  ])('is in doubt: %s', (_, from, to, told) => {
    expect(withDrops(first + from, first + to, first + told)).toEqual({ violations: 0, dropped: 1 });
  });

  it('is in doubt, and taken back, where that is told when it has been judged', () => {
    expect(withDrops(first + 20, first + 21, first + 1000)).toEqual({ violations: 0, dropped: 1 });
  });

  it.each([
    ['before it began', -20, -10, 1],
    ['after it was judged', 70, 80, 1000],
  ])('is judged where they were dropped %s', (_, from, to, told) => {
    expect(withDrops(first + from, first + to, first + told)).toEqual({ violations: 1, dropped: 0 });
  });

  it('is in doubt where nobody knows when', () => {
    const { conformance } = run(packets, false);
    expect(conformance.ledger.tally(id).violations).toBe(1);
    const other = run([...packets, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }], false);
    expect({ violations: violations(other, id), dropped: doubts(other, id) }).toEqual({
      violations: 0,
      dropped: 1,
    });
  });
});

describe('in a capture that loses packets again and again', () => {
  it('what happens in between is judged, as far as it is remembered when they were', () => {
    const example = ALL_RULES.find(({ rule }) => rule.id === 'exchange/request-answered')?.rule.examples()
      .breaks[0];
    if (example === undefined) throw new Error('no example');
    const packets = examplePackets(example);
    const rounds = 1200;
    const parts: Part[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const at = round * 100;
      parts.push(...again(packets, at, round));
      const time = (packets[0]?.seconds ?? 0) + at + 80;
      parts.push({ from: time, to: time + 5 });
    }
    const alone = run(packets, false);
    const all = run(parts, false);
    const id = 'exchange/request-answered';
    // Of what ended before the oldest stretches that are remembered, nobody can tell.
    expect(violations(all, id)).toBe(1024 * violations(alone, id));
    expect(violations(all, id) + doubts(all, id)).toBe(rounds * violations(alone, id));
  });
});
