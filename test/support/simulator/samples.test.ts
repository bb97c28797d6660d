import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Expected } from './expected.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { askTshark } from './tshark-check.ts';

const CAPTURES = fileURLToPath(new URL('../../../captures/', import.meta.url));
const MIB = 1 << 20;

function hasTshark(): boolean {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const mayCheck = hasTshark() || process.env.DVRSCOPE_REQUIRE_TOOLS === '1';
const names = readdirSync(CAPTURES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && existsSync(`${CAPTURES}${entry.name}/about.md`) ? [entry.name] : [],
);

describe('the sample captures', () => {
  it('are there for every scenario of the simulator', () => {
    expect(names).toEqual(expect.arrayContaining(SCENARIOS.map(({ name }) => name)));
  });
});

describe.each(SCENARIOS.map(({ name, damage }) => ({ name, isClean: damage === undefined })))(
  'the sample $name',
  ({ name, isClean }) => {
    const path = `${CAPTURES}${name}/capture.pcapng`;
    const expected: Expected = JSON.parse(readFileSync(`${CAPTURES}${name}/expected.json`, 'utf8'));

    it('is small and counts its messages right', () => {
      expect(statSync(path).size).toBeLessThanOrEqual(MIB);
      const { total, control, media, list } = expected.messages;
      expect([list.length, control + media]).toEqual([total, total]);
      expect(list.every(({ flow }) => flow >= 1 && flow <= expected.flows.length)).toBe(true);
    });

    it.skipIf(!mayCheck)('holds for tshark the bytes that were logged, in segments of an Ethernet', () => {
      const view = askTshark(path);
      expect(view).toMatchObject({ packets: expected.packets, malformed: 0, badChecksums: 0 });
      expect(view.longestSegment).toBeLessThanOrEqual(1448);
      if (!isClean) return;
      const logged = expected.flows
        .filter(({ protocol }) => protocol === 'tcp')
        .map(({ streams }) => streams.map(({ sha256 }) => sha256).sort());
      expect(view.followed.map((pair) => [...pair].sort())).toEqual(logged);
      expect(view.lostSegments).toBe(0);
    });
  },
);
