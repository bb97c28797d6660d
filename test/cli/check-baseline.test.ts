import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { baselineSchema } from '../../src/cli/check/baseline.ts';
import { checkCaptures, checked, RULE } from './check-runs.ts';
import { dvrscope, lines, startDvrscope } from './dvrscope.ts';

const { write, clean, silent, silentTwice, cut } = checkCaptures();
const placed = (name: string) => join(write('x', ''), '..', name);

function written(path: string) {
  return baselineSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

describe('a baseline', () => {
  const known = placed('known.json');
  const first = dvrscope(['check', silent, '--write-baseline', known]);

  it('is written beside the reports, and changes nothing of the verdict', () => {
    expect(first.code).toBe(1);
    expect(written(known).findings.map(({ rule }) => rule)).toContain(RULE);
  });

  it('holds neither times, places nor counts: of the same faults in another capture it is the same', () => {
    const again = placed('again.json');
    dvrscope(['check', silentTwice, '--write-baseline', again]);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(known, 'utf8'));
  });

  it('makes what it knows no failure; it is marked, not hidden', () => {
    const { code, record } = checked([silent, '--baseline', known]);
    expect(record.findings.map(({ status }) => status)).not.toContain('new');
    expect(record.findings.find(({ rule }) => rule === RULE)).toMatchObject({ status: 'known', count: 1 });
    expect(record.baseline).toEqual({ known: written(known).findings.length, fixed: 0 });
    expect(code).toBe(0);
    expect(checked([silentTwice, '--baseline', known]).code).toBe(0);
    expect(dvrscope(['check', silent, '--baseline', known]).stdout).toContain('known: it is in the baseline');
  });

  it('does not excuse what is new', () => {
    const other = placed('other.json');
    dvrscope(['check', clean, '--write-baseline', other]);
    const { code, record } = checked([silent, '--baseline', other]);
    expect(record.findings.find(({ rule }) => rule === RULE)?.status).toBe('new');
    expect(code).toBe(1);
  });

  it('tells what has been mended', () => {
    const { code, record } = checked([clean, '--baseline', known]);
    expect(record.baseline?.fixed).toBe(1);
    expect(code).toBe(0);
  });

  it('can be read and written in one run, and forgets what has been mended', () => {
    const both = write('both.json', readFileSync(known));
    expect(dvrscope(['check', clean, '--baseline', both, '--write-baseline', both]).code).toBe(0);
    expect(written(both).findings).toHaveLength(written(known).findings.length - 1);
    expect(written(both).findings.map(({ rule }) => rule)).not.toContain(RULE);
  });

  it('does not take up what is waived', () => {
    const waiver = { rule: RULE, reason: 'r', owner: 'o', expires: '2999-01-01' };
    const config = write('waive.json', JSON.stringify({ waivers: [waiver] }));
    const path = placed('waived.json');
    dvrscope(['check', silent, '--config', config, '--write-baseline', path]);
    expect(written(path).findings.map(({ rule }) => rule)).not.toContain(RULE);
  });

  it('is not written of a capture that could not be read to its end', () => {
    const path = placed('of-a-part.json');
    const { code, stderr } = dvrscope(['check', cut, '--write-baseline', path]);
    expect(stderr).toContain('not written, since not all of the input was read');
    expect(code).toBe(3);
    expect(existsSync(path)).toBe(false);
  });

  it('is not written where a signal ended the reading', async () => {
    const path = placed('interrupted.json');
    const child = startDvrscope(['check', '-', '--write-baseline', path]);
    child.stdout.resume();
    child.stdin.write(readFileSync(silent));
    await pause(1000);
    child.kill('SIGINT');
    await once(child, 'close');
    expect(existsSync(path)).toBe(false);
  });
});

describe('a baseline that cannot be used is refused with exit code 2', () => {
  const print = '0'.repeat(32);
  it.each([
    ['no baseline at all', '{}', ':1:1: schema is missing'],
    [
      'one of another version',
      '{"schema":"dvrscope.baseline/2","findings":[]}',
      ":1:11: schema: expected 'dvrscope.baseline/1'",
    ],
    [
      'a fingerprint of another length',
      `{"schema":"dvrscope.baseline/1","findings":[{"rule":"a/b","fingerprint":"${print}0"}]}`,
      ':1:73: findings[0].fingerprint: expected 32 hexadecimal digits',
    ],
    [
      'an unknown key',
      '{"schema":"dvrscope.baseline/1","findings":[],"finding":1}',
      "the key 'finding' is not known",
    ],
    ['no JSON', 'dvrscope', ':1:1: is no valid JSON'],
  ])('%s', (_, text, words) => {
    const path = write('broken.json', text);
    const { code, stdout, stderr } = dvrscope(['check', silent, '--baseline', path]);
    expect(stdout).toBe('');
    expect(lines(stderr)[0]).toContain(`${path}${words.startsWith(':') ? words : ''}`);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  it('a file that is not there', () => {
    const { code, stderr } = dvrscope(['check', silent, '--baseline', '/nowhere/known.json']);
    expect(stderr).toContain('--baseline: /nowhere/known.json: no such file');
    expect(code).toBe(2);
  });
});
