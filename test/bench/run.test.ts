import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('../../bench/run.mjs', import.meta.url));

function bench(...args: readonly string[]) {
  return spawnSync(process.execPath, [RUN, ...args], { encoding: 'utf8' });
}

it('refuses what it does not know, and says what it knows', () => {
  const { status, stderr } = bench('--only', 'monitor,tcpdmp');
  expect(status).toBe(2);
  expect(stderr).toContain('--only tcpdmp: one of');
  expect(stderr).toContain('tcpdump');
  expect(bench('--runs', '0').status).toBe(2);
  expect(bench('--fast').status).toBe(2);
});

it('prints a line for every target, those not measured too, and ends with 0', () => {
  const { status, stdout } = bench('--only', 'start-up,cat');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^node -e 0 +\d+\.\d{3} +\d+\.\d{3} +\d+\.\d{3}$/m);
  const targets = stdout.slice(stdout.indexOf('\ntargets\n')).trim().split('\n').slice(2);
  expect(targets).toHaveLength(14);
  for (const line of targets) expect(line).toMatch(/ (met|MISSED|not measured)\b/);
  expect(targets[0]).toMatch(/1\.5 x the time of tcpdump +not measured$/);
});
