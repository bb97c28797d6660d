import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isMissing } from '../cli/dvrscope.ts';
import { hasNoNamespaces } from '../support/netns.ts';

const SCRIPT = fileURLToPath(new URL('../../bench/live.mjs', import.meta.url));

function bench(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args]);
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

it.skipIf(hasNoNamespaces() || isMissing('tcpreplay') || isMissing('dumpcap'))(
  'what goes over the wire is counted, and every message in it decoded (root, tcpreplay, dumpcap)',
  () => {
    // Slow enough for any machine: lost packets would be the machine's.
    const ended = bench('--seconds', '1', '--pps', '4000', '--only', 'dumpcap,dumpcap-alone', '--no-climb');
    expect(ended.status).toBe(0);
    const rows = ended.stdout.split('\n').filter((line) => line.startsWith('dumpcap'));
    expect(rows.length).toBe(2);
    for (const row of rows) {
      const [, , , , sent, lost] = row.split(/ +/);
      expect(Number(sent?.replace(',', ''))).toBeGreaterThan(3000);
      expect(lost).toBe('0');
    }
    expect(rows[0]).toMatch(/ 100\.00 % /);
  },
);

it('a wrong option is said, with those that there are', () => {
  expect(bench('--only', 'windump')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^--only windump: one of live, dashboard, no-ring, tcpdump, dumpcap, cap,/),
  });
  expect(bench('--pps', '0').status).toBe(2);
});
