import { afterAll, describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { Scratch } from '../capture/collect.ts';
import { PcapngWriter, ticks } from '../support/capture-writer.ts';
import { examplePackets } from '../support/example-packets.ts';
import { allRows, loaded, localModel } from './model-harness.ts';

const scratch = new Scratch();
afterAll(() => scratch.remove());

const RULE = 'keepalive/in-time';

/** A client that is silent for too long; at its end the capture says how many packets it lacks. */
function capture(name: string, lost: number): string {
  const [example] = ALL_RULES.find(({ rule }) => rule.id === RULE)?.rule.examples().breaks ?? [];
  if (example === undefined) throw new Error(`${RULE} has no example`);
  const writer = new PcapngWriter();
  const blocks = examplePackets(example).map((packet) =>
    writer.enhancedPacket(packet, ticks(packet, 1_000_000_000n)),
  );
  const counts = writer.interfaceStatistics(0, [{ code: 7, value: writer.u64(lost) }]);
  const begin = [writer.sectionHeader(), writer.interfaceDescription({ resolution: 9 })];
  return scratch.write(name, Buffer.concat([...begin, ...blocks, counts]));
}

describe('a finding that something is missing', () => {
  async function opened(path: string) {
    const model = localModel(path);
    const { findings } = await loaded(model);
    const rows = await allRows(model, 'findings');
    return { errors: findings.error, row: rows.find(({ rule }) => rule === RULE) };
  }

  it('is taken back, and says so, where the capture turns out to lack packets of that time', async () => {
    const whole = await opened(capture('whole.pcapng', 0));
    const lacking = await opened(capture('lacking.pcapng', 5));
    expect(whole.row?.text).not.toContain('taken back');
    expect(lacking.row?.text).toBe(`${whole.row?.text} (taken back: packets were dropped)`);
    expect(lacking.errors).toBe(whole.errors - 1);
  });
});
