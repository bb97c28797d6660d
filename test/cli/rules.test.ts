import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../schemas/registry.ts';
import { cellWidth } from '../../src/report/format/cell-width.ts';
import { PLAIN } from '../../src/report/format/style.ts';
import { ruleSchema } from '../../src/report/records/rule-record.ts';
import { rulesPage } from '../../src/report/rules-page.ts';
import { explainRule } from '../../src/report/text/rules-text.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { dvrscope, lines, shell } from './dvrscope.ts';
import { jsonSchema } from './records.ts';

const ROOT = new URL('../../', import.meta.url);
const RULES = ALL_RULES.map(({ rule }) => rule);

describe('the list of rules', () => {
  it('is what the folders hold (node list-rules.mjs)', () => {
    const script = fileURLToPath(new URL('list-rules.mjs', ROOT));
    expect(spawnSync(process.execPath, [script, '--check']).status).toBe(0);
  });

  it('has each rule under its own id, which is its path', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const { id } of RULES) {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(existsSync(new URL(`src/rules/${id}.ts`, ROOT)), id).toBe(true);
    }
  });

  it('hears messages that there are', () => {
    const names = new Set(MESSAGES.map(({ name }) => name));
    const heard = ALL_RULES.flatMap((entry) =>
      entry.kind === 'conversation'
        ? (entry.rule.hears ?? []).map((name) => `${entry.rule.id}: ${name}`)
        : [],
    );
    expect(heard.length).toBeGreaterThan(10);
    expect(heard.filter((entry) => !names.has(entry.replace(/.*: /, '')))).toEqual([]);
  });

  it('says of each rule where it comes from, why, and what to do, in whole sentences', () => {
    for (const { id, section, requires, because, remedy, examples } of RULES) {
      for (const each of section.split(', ')) {
        expect(each, id).toMatch(/^(?:\d+(?:\.\d+)*|field \d+(?:\.\d+)*|CVE-\d{4}-\d+)$/);
      }
      for (const text of [requires, because, remedy]) expect(text, id).toMatch(/^[A-Z`0-9].*\.$/s);
      expect(examples().obeys.length, id).toBeGreaterThan(0);
      expect(examples().breaks.length, id).toBeGreaterThan(0);
    }
  });
});

describe('dvrscope rules', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(jsonSchema('rule'));

  function records(...args: readonly string[]) {
    const { code, stdout, stderr } = dvrscope(['rules', '--json', ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return lines(stdout).map((line) => {
      const value: unknown = JSON.parse(line);
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
      return ruleSchema.parse(value);
    });
  }

  it('--json has a record for each rule', () => {
    expect(records().map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  });

  it('lists those of an area, with or without its star, and single ones', () => {
    const ids = (...args: readonly string[]) => records(...args).map(({ id }) => id);
    const keepalive = RULES.map(({ id }) => id).filter((id) => id.startsWith('keepalive/'));
    expect(keepalive.length).toBeGreaterThan(0);
    expect(ids('keepalive')).toEqual(keepalive);
    expect(ids('keepalive/*', 'body/missing-key')).toEqual(['body/missing-key', ...keepalive]);
  });

  it('as text has every id once, with severity, section and duty', () => {
    const { code, stdout } = dvrscope(['rules']);
    for (const { id } of RULES) {
      expect(
        lines(stdout).filter((line) => line.trim().split(/ +/)[0] === id),
        id,
      ).toHaveLength(1);
    }
    expect(stdout).toMatch(/^ {2}keepalive\/in-time +error +must +§5\.1\.1, §5\.1\.5$/m);
    expect(stdout).toContain('The client sends something at least once per AliveInterval.');
    expect(lines(stdout).at(-1)).toBe(`${RULES.length} rules; dvrscope explain RULE tells more`);
    expect(code).toBe(0);
  });

  it.each([
    ['keepalve', "no rule or area is called 'keepalve'; did you mean 'keepalive'?"],
    ['keepalive/in-tme', "no rule is called 'keepalive/in-tme'; did you mean 'keepalive/in-time'?"],
    ['\u001b[31mx', "no rule is called '\\x1b[31mx'; `dvrscope rules` lists them"],
  ])('an unknown one, %j, gets one line and exit code 2', (word, words) => {
    const { code, stdout, stderr } = dvrscope(['rules', word]);
    expect(stderr).toBe(`dvrscope: ${words}\n`);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('ends quietly where nobody reads on', () => {
    const { stdout, stderr } = shell('$DVRSCOPE rules --json | true; echo $PIPESTATUS');
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });
});

describe('dvrscope explain RULE', () => {
  it('tells duty, section, reason, wording, and draws a conversation that breaks it', () => {
    const { code, stdout } = dvrscope(['explain', 'Keepalive/in-time']);
    expect(stdout).toMatch(/^keepalive\/in-time {2}error\n/);
    expect(stdout).toContain('§5.1.1, §5.1.5; the specification demands it');
    expect(stdout).toContain('the client was silent for {silence} s');
    expect(stdout).toMatch(/^ +0\.0 {2}──▶ 1000 LOGIN_REQ\n +\{"UserName":"viewer","PassWord":"‹redacted›"/m);
    expect(stdout).toMatch(/^ +60\.1 {2}◀── 1007 KEEPALIVE_RSP$/m);
    expect(code).toBe(0);
  });

  it('has words for every rule, and a line for every step of its example', () => {
    for (const entry of ALL_RULES) {
      const text = explainRule(entry, PLAIN);
      const steps = entry.rule.examples().breaks[0]?.steps.length ?? 0;
      expect(steps, entry.rule.id).toBeGreaterThan(0);
      const arrows = text.filter((line) => /^ +\d+\.\d(?: {2}socket \d+)? {2}(?:──▶|◀──) /.test(line));
      expect(arrows, entry.rule.id).toHaveLength(steps);
      const drawn = text.filter((line) => !line.includes('that breaks it'));
      expect(
        drawn.filter((line) => cellWidth(line) > 110),
        entry.rule.id,
      ).toEqual([]);
      expect(text.join('\n'), entry.rule.id).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('suggests the rule that was probably meant', () => {
    const { code, stderr } = dvrscope(['explain', 'keepalive/in-tme']);
    expect(stderr).toContain("did you mean 'keepalive/in-time'?");
    expect(code).toBe(2);
  });
});

describe('docs/rules.md', () => {
  const page = rulesPage();

  it('has a heading for each rule', () => {
    for (const { id } of RULES) expect(page).toContain(`\n### ${id}\n`);
  });
});
