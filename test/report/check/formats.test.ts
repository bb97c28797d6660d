import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { parse as parseJunit, type TestCase } from 'junit2json';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../src/cli/check/targets.ts';
import { checkJson } from '../../../src/report/check/check-json.ts';
import { checkJunit } from '../../../src/report/check/check-junit.ts';
import { checkMarkdown } from '../../../src/report/check/check-markdown.ts';
import { checkSarif } from '../../../src/report/check/check-sarif.ts';
import type { CheckRecord } from '../../../src/report/check/check-schema.ts';
import { checkText } from '../../../src/report/check/check-text.ts';
import { cellWidth } from '../../../src/report/format/cell-width.ts';
import { safeLine } from '../../../src/report/format/safe-text.ts';
import { COLOURED, PLAIN } from '../../../src/report/format/style.ts';
import { hostileText, NASTY, spoiled } from './hostile-text.ts';
import { CLEAN_RECORD, SAMPLE_RECORD, SAMPLE_RULES } from './sample-record.ts';
import { SARIF_PARTS } from './sarif-parts.ts';

const RUNS = { numRuns: 150, examples: NASTY.map((text): [string] => [text]) };
const noXmllint =
  spawnSync('xmllint', ['--version']).status !== 0 && process.env.DVRSCOPE_REQUIRE_TOOLS !== '1';

const text = (record: CheckRecord, style = PLAIN) => [
  ...checkText(record, SAMPLE_RULES, style, { verbose: true }),
];
const junit = (record: CheckRecord) => [...checkJunit(record, SAMPLE_RULES)].join('\n');
const markdown = (record: CheckRecord) => [...checkMarkdown(record, SAMPLE_RULES)];
const sarif = (record: CheckRecord): Log => JSON.parse([...checkSarif(record, SAMPLE_RULES)].join('\n'));

/** All test cases of a report, as a reader of JUnit has them. */
async function testCases(xml: string): Promise<readonly TestCase[]> {
  const suites = await parseJunit(xml);
  if (suites === null || suites === undefined || !('testsuite' in suites)) throw new Error('no suites');
  return suites.testsuite?.flatMap(({ testcase }) => testcase ?? []) ?? [];
}

const validate = new Ajv2020({ allErrors: true, strict: true }).compile(SARIF_PARTS);

type Hold = (record: CheckRecord, hostile: string) => void | Promise<void>;

/** What each format keeps, whatever the capture says; the compiler asks for a new one. */
const HOLDS: Readonly<Record<Format, Hold>> = {
  /** Fits eighty columns, and holds nothing that a terminal or a CI log would obey. */
  text(record) {
    for (const line of text(record)) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(line).not.toMatch(/^\s*::|##\[/);
      if (!line.includes('-Y ')) expect(cellWidth(line), line).toBeLessThanOrEqual(80);
    }
  },

  /** Reads back as the record, and shows nothing unsafe. */
  json(record) {
    const lines = [...checkJson(record)].join('\n');
    expect(JSON.parse(lines)).toEqual(record);
    expect(lines).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  },

  /** Keeps its structure, and holds only characters of XML 1.0. */
  async junit(record, hostile) {
    const xml = junit(record);
    expect(xml).toMatch(/^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
    expect(xml).not.toContain(']]>');
    const cases = await testCases(xml);
    expect(cases).toHaveLength(11);
    const failure = cases.find(({ name }) => name === 'keepalive/in-time')?.failure?.[0];
    // Noncharacters are written out as well.
    const shown = safeLine(hostile).replaceAll('\ufffe', '\\ufffe').replaceAll('\uffff', '\\uffff');
    expect(failure?.message?.trim()).toBe(`2 × ${shown}`.trim());
  },

  /** Is what the standard says, and names nothing outside. */
  sarif(record) {
    const log = sarif(record);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    const [run] = log.runs;
    for (const { location } of run?.artifacts ?? []) {
      const url = new URL(location?.uri ?? '', 'file:///checkout/');
      expect(url.protocol).toBe('file:');
      expect(url.host).toBe('');
    }
    for (const { message } of run?.results ?? []) {
      expect(message.text).not.toMatch(/\]\(|(?<!\{)\{\d+\}/);
    }
  },

  /** Keeps every table row whole, and lets no text become markup. */
  markdown(record) {
    let columns = 0;
    for (const line of markdown(record)) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      const bare = line.replaceAll(/<\/?(?:code|details|summary)>/g, '');
      expect(bare).not.toMatch(/[<>`[\]\\@]|:\/\/|www\.|&(?!#\d+;)/i);
      if (!line.startsWith('|')) columns = 0;
      else {
        const cells = line.split('|').length;
        if (columns > 0) expect(cells, line).toBe(columns);
        columns = cells;
      }
    }
  },
};

it.each(Object.entries(HOLDS))('%s holds, whatever the capture says', async (_, holds) => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (hostile) => holds(spoiled(SAMPLE_RECORD, hostile), hostile)),
    RUNS,
  );
});

describe('text', () => {
  it('fits one screen where nothing is wrong', () => {
    const lines = [...checkText(CLEAN_RECORD, SAMPLE_RULES, PLAIN, { verbose: false })];
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines).toContain('Findings: none');
    expect(lines.at(-1)).toBe('PASS');
  });

  it('is brief about notes unless it is asked for more', () => {
    const [first] = SAMPLE_RECORD.findings;
    if (first === undefined) throw new Error('no finding');
    const findings = [1, 2, 3, 4, 5].map((messageId) => ({ ...first, severity: 'note' as const, messageId }));
    const record = { ...SAMPLE_RECORD, findings };
    const brief = [...checkText(record, SAMPLE_RULES, PLAIN, { verbose: false })].join('\n');
    expect(brief).toContain('and 2 further kinds (--verbose lists more)');
    expect(brief.split('was silent for 58.2 s')).toHaveLength(2);
    expect(brief).not.toContain('message 40, packets');
    expect(text(record).join('\n').split('message 40, packets')).toHaveLength(6);
  });

  it('names a few of many files, the damaged ones first', () => {
    const [file] = SAMPLE_RECORD.files;
    if (file === undefined) throw new Error('no file');
    const files = Array.from({ length: 300 }, (_, i) => ({ ...file, path: `f${i}.pcap` }));
    const error = { code: 'truncated', message: 'f299.pcap: ends inside a record', offset: 7 };
    const lines = text({ ...SAMPLE_RECORD, files: files.map((f, i) => (i === 299 ? { ...f, error } : f)) });
    expect(lines[1]).toBe('  File      f299.pcap: ends inside a record');
    expect(lines.filter((line) => line.startsWith('  File'))).toHaveLength(11);
    expect(lines).toContain('  File      and 290 more');
  });

  it('breaks a heading that is too long', () => {
    const [first] = SAMPLE_RECORD.findings;
    if (first === undefined) throw new Error('no finding');
    const section = '5.1.1, 5.1.2, 5.1.3, 5.1.4, field 1, field 2, field 3';
    const lines = text({ ...SAMPLE_RECORD, findings: [{ ...first, section }] });
    expect(lines).toContain('error    keepalive/in-time');
    expect(lines).toContain(`  §${section}, must: 2 findings`);
  });

  it('says the same in colours', () => {
    const dressed = text(SAMPLE_RECORD, COLOURED).join('\n');
    expect(dressed).toContain('\u001b[31m');
    expect(stripVTControlCharacters(dressed)).toBe(text(SAMPLE_RECORD).join('\n'));
  });

  it('lists only what is new above what is excused, with a filter to copy', () => {
    const lines = text(SAMPLE_RECORD);
    expect(lines).toContain("    -Y 'dvrip.number in {40, 88}'");
    const excused = lines.indexOf('Known and waived');
    expect(lines.findIndex((line) => line.includes('keepalive/in-time'))).toBeLessThan(excused);
    expect(lines.findIndex((line) => line.includes('security/readable-login'))).toBeGreaterThan(excused);
  });
});

describe('JUnit', () => {
  it('is read by a JUnit reader as one test case for each rule, with its outcome', async () => {
    expect(await parseJunit(junit(SAMPLE_RECORD))).toMatchObject({ tests: 11, failures: 4, errors: 0 });
    const cases = await testCases(junit(SAMPLE_RECORD));
    const named = (name: string) => cases.find((testCase) => testCase.name === name);
    expect(cases).toHaveLength(11);
    expect(named('keepalive/in-time')).toMatchObject({
      classname: 'dvrscope.keepalive',
      failure: [{ type: 'error', message: expect.stringMatching(/^2 × the client was silent/) }],
    });
    expect(named('keepalive/answered')).not.toHaveProperty('skipped');
    expect(named('body/wrong-type')).toMatchObject({ skipped: [{ message: 'in the baseline: 1' }] });
    expect(named('security/readable-login')).toMatchObject({ skipped: [{ message: 'waived: 1' }] });
    expect(named('talk/one-at-a-time')?.skipped?.[0]?.message).toMatch(/^not observed/);
    expect(named('media/clock-steady')?.skipped?.[0]?.message).toMatch(/^inconclusive: 2 ×/);
    expect(named('no refusal')).toMatchObject({ failure: [{ type: 'expectation' }] });
  });

  it('passes a rule whose findings lie below the fail level, and still shows them', async () => {
    const cases = await testCases(junit({ ...SAMPLE_RECORD, failOn: 'never' }));
    const rule = cases.find(({ name }) => name === 'keepalive/in-time');
    expect(rule).not.toHaveProperty('failure');
    expect(JSON.stringify(rule)).toContain('the client was silent for 58.2 s');
  });

  it.skipIf(noXmllint)('is well-formed to xmllint', () => {
    for (const record of [
      SAMPLE_RECORD,
      CLEAN_RECORD,
      ...NASTY.map((nasty) => spoiled(SAMPLE_RECORD, nasty)),
    ]) {
      const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], {
        input: junit(record),
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
  });
});

describe('SARIF', () => {
  it('gives each kind of finding one result, tied to its rule, file and fingerprint', () => {
    const [run] = sarif(SAMPLE_RECORD).runs;
    const results = run?.results ?? [];
    expect(results).toHaveLength(SAMPLE_RECORD.findings.length);
    for (const [at, { ruleId, ruleIndex = -1, locations = [], partialFingerprints }] of results.entries()) {
      const finding = SAMPLE_RECORD.findings[at];
      expect(run?.tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
      expect(partialFingerprints).toMatchObject({ 'dvrscopeFinding/v1': finding?.fingerprint });
      expect(locations).toHaveLength(finding?.samples.length ?? 0);
    }
    const files = results[0]?.locations?.map(
      ({ physicalLocation }) => physicalLocation?.artifactLocation?.uri,
    );
    expect(files).toEqual(['lab/first.pcapng', 'lab/se%20cond.pcap.gz']);
    expect(results[1]?.locations?.[0]).toMatchObject({
      logicalLocations: [{ fullyQualifiedName: 'flow-2/message-17/OPMonitor/Parameter/Channel' }],
      properties: { bodyByteOffset: 61, bodyByteLength: 5 },
    });
  });

  it('marks what is waived and what is known instead of leaving it out', () => {
    const results = sarif(SAMPLE_RECORD).runs[0]?.results ?? [];
    expect(results.map(({ baselineState }) => baselineState)).toEqual(['new', 'unchanged', undefined]);
    // §3.27.23: all results have suppressions, or none has.
    expect(results.map(({ suppressions }) => suppressions?.length)).toEqual([0, 0, 1]);
    const fresh = sarif({
      ...SAMPLE_RECORD,
      findings: SAMPLE_RECORD.findings.slice(0, 1),
      baseline: undefined,
    });
    expect(fresh.runs[0]?.results?.[0]).not.toHaveProperty('suppressions');
    expect(fresh.runs[0]?.results?.[0]).not.toHaveProperty('baselineState');
  });

  it('makes no alerts of what was not observed, and says so elsewhere', () => {
    const [run] = sarif(CLEAN_RECORD).runs;
    expect(run?.results).toEqual([]);
    expect(run?.invocations?.[0]?.executionSuccessful).toBe(true);
    expect(JSON.stringify(run?.properties)).toContain('"complete":true');
    const gates = sarif(SAMPLE_RECORD).runs[0]?.invocations?.[0]?.toolExecutionNotifications;
    expect(gates?.filter(({ level }) => level === 'error').map(({ descriptor }) => descriptor?.id)).toEqual([
      'unmet-gate',
      'unmet-gate',
      'unmet-expectation',
    ]);
  });
});

describe('Markdown', () => {
  it('shows every character again once its references are read', () => {
    const page = markdown(spoiled(SAMPLE_RECORD, '| <b> `x` [a](b) & *c*')).join('\n');
    const read = page.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(page).not.toContain('<b>');
    expect(read).toContain('| <b> `x` [a](b) & *c*');
  });
});
