import { describe, expect, it } from 'vitest';
import { brokenRules, runRules } from '../support/run-rules.ts';
import { readTalk, type Talk, tellTalk } from '../support/retold.ts';
import { MUTATIONS } from './mutation-list.ts';
import { type Mutation, mutated } from './mutations.ts';

const path = (sample: string) => new URL(`../../captures/${sample}/capture.pcapng`, import.meta.url).pathname;

const broken = (talk: Talk, { spec }: Mutation) => {
  const dialect = spec === true ? 'spec' : 'field';
  return brokenRules(runRules(tellTalk(talk), { dialect }, spec === true ? { dialect } : {}), true);
};

describe.each(MUTATIONS)('$sample: $title', (mutation) => {
  it(`breaks ${mutation.breaks.join(', ')}, and nothing else`, async () => {
    const clean = await readTalk(path(mutation.sample));
    const before = new Set(broken(clean, mutation));
    const after = broken(mutated(clean, mutation), mutation).filter((rule) => !before.has(rule));
    expect(after).toEqual([...mutation.breaks].sort());
  });
});
