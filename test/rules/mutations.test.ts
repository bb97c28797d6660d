import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import type { Example } from '../../src/rules/example.ts';
import { examplePackets } from '../support/example-packets.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { readTalk, type Talk, tellTalk } from '../support/retold.ts';
import { brokenRules, runRules } from '../support/run-rules.ts';
import { type Mutation, mutated } from './mutations.ts';
import { MEDIA_MUTATIONS } from './mutations-of-media.ts';
import { MESSAGE_MUTATIONS } from './mutations-of-message.ts';
import { MORE_MUTATIONS } from './mutations-of-more.ts';
import { TALK_MUTATIONS } from './mutations-of-talk.ts';

const read = (sample: string) =>
  readTalk(new URL(`../../captures/${sample}/capture.pcapng`, import.meta.url).pathname);

const broken = (packets: Iterable<FedPacket>, spec = false) => {
  const dialect = spec ? 'spec' : 'field';
  return brokenRules(runRules(packets, { dialect }, spec ? { dialect } : {}), true);
};

const MUTATIONS = [...MESSAGE_MUTATIONS, ...TALK_MUTATIONS, ...MEDIA_MUTATIONS, ...MORE_MUTATIONS];

describe.each(MUTATIONS)('$sample: $title', (mutation: Mutation) => {
  it(`breaks ${mutation.breaks.join(', ')}, and nothing else`, async () => {
    const clean = await read(mutation.sample);
    const before = new Set(broken(tellTalk(clean), mutation.spec));
    const after = broken(tellTalk(mutated(clean, mutation)), mutation.spec);
    expect(after.filter((rule) => !before.has(rule))).toEqual([...mutation.breaks].sort());
  });
});

/** The packets of an example and of a clean capture of another device, at the same time. */
function beside(talk: Talk, example: Example): FedPacket[] {
  const start = Math.floor(talk.said[0]?.time ?? 0);
  const packets = examplePackets(example);
  const first = packets[0]?.seconds ?? 0;
  const shifted = packets.map((packet) => ({ ...packet, seconds: (packet.seconds ?? 0) - first + start }));
  return [...tellTalk(talk), ...shifted].sort(
    (a, b) => (a.seconds ?? 0) - (b.seconds ?? 0) || (a.nanoseconds ?? 0) - (b.nanoseconds ?? 0),
  );
}

/**
 * Over all rules: what breaks a rule breaks the same rules with a clean capture of another client and device around it,
 * and no rule takes the one conversation for the other.
 */
describe('beside a clean capture of another device', async () => {
  const clean = await read('monitor-two-sockets');
  const background = broken(tellTalk(clean));
  const cases = ALL_RULES.flatMap(({ rule }) =>
    rule
      .examples()
      .breaks.filter(({ spec }) => spec !== true)
      .slice(0, 1)
      .map((example) => [rule.id, example] as const),
  );

  it.each(cases)('%s is broken just as without it', (_, example) => {
    const alone = broken(examplePackets(example));
    expect(broken(beside(clean, example))).toEqual([...new Set([...alone, ...background])].sort());
  });
});
