import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../../src/report/check/check-schema.ts';
import { dvrscope, lines, sample, scratchDirectory } from '../dvrscope.ts';

const MONITOR = sample('monitor-two-sockets');
const write = scratchDirectory();

function checkLive(...args: readonly string[]) {
  return dvrscope(['check', '--live', '-i', '-', ...args], { input: readFileSync(MONITOR) });
}

describe('check --live', () => {
  it('comes to the verdicts that check comes to for the same packets in a file', () => {
    const live = checkLive('--format', 'json');
    const file = dvrscope(['check', MONITOR, '--format', 'json']);
    const [fromLive, fromFile] = [live, file].map(({ stdout }) => checkSchema.parse(JSON.parse(stdout)));
    expect(fromLive?.rules).toEqual(fromFile?.rules);
    expect(fromLive?.findings).toEqual(fromFile?.findings);
    expect(live.code).toBe(file.code);
    expect(live.code).toBe(1);
  });

  it('prints findings as they are made, before the report', () => {
    const { stdout } = checkLive();
    const printed = lines(stdout);
    const finding = printed.findIndex((line) => line.startsWith('note body/session-form: '));
    const verdict = printed.indexOf('FAIL');
    expect(finding).toBeGreaterThanOrEqual(0);
    expect(verdict).toBeGreaterThan(finding);
  });

  it('prints them on standard error where standard output is one document', () => {
    const { stdout, stderr } = checkLive('--format', 'json');
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stderr).toContain('note body/session-form: ');
  });

  it('does not show what is waived', () => {
    const waivers = [
      { rule: 'body/session-form', reason: 'known', owner: 'field team', expires: '2999-12-31' },
    ];
    const config = write('waived.json', JSON.stringify({ waivers }));
    const { stdout, code } = checkLive('--config', config, '--fail-on', 'never');
    expect(code).toBe(0);
    expect(lines(stdout).filter((line) => line.startsWith('note body/session-form: '))).toEqual([]);
    expect(lines(stdout).some((line) => line.startsWith('error security/'))).toBe(true);
  });

  it.each([
    [['check', '--live', MONITOR, '-i', '-'], 'reads no files'],
    [['check', '-i', 'lo', MONITOR], 'check --live -i'],
    [['check', '--live'], 'needs an interface'],
  ])('%s is a usage error', (args, words) => {
    const { code, stderr } = dvrscope(args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
