import { expect, it } from 'vitest';
import { checkJson } from '../../../src/report/check/check-json.ts';
import { checkJunit } from '../../../src/report/check/check-junit.ts';
import { checkMarkdown } from '../../../src/report/check/check-markdown.ts';
import { checkSarif } from '../../../src/report/check/check-sarif.ts';
import { checkText } from '../../../src/report/check/check-text.ts';
import { PLAIN } from '../../../src/report/format/style.ts';
import { runCheck, TEST_RULES } from './run-check.ts';

const MILLION = 1_000_000;
const KINDS = 20_000;
const LONG = 'found "'.padEnd(5000, 'x');

let samplesMade = 0;
const record = runCheck([], {
  meddle({ ledger }) {
    for (let i = 0; i < MILLION; i++) {
      const subject = {
        rule: i % 2 === 0 ? 'body/wrong-type' : 'body/unknown-key',
        severity: i % 2 === 0 ? ('error' as const) : ('note' as const),
        messageId: 1000 + (i % 100),
        name: `MESSAGE_${i % 100}`,
        from: 'device' as const,
        place: `/List/*/Key${i % KINDS}`,
      };
      ledger.add(subject, () => {
        samplesMade += 1;
        return {
          message: i + 1,
          packets: [i + 1, i + 1],
          flow: 1,
          session: 1,
          seconds: i,
          nanoseconds: 0,
          text: LONG,
          pointer: subject.place,
        };
      });
    }
  },
});

const bytes = (lines: Iterable<string>) =>
  [...lines].reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);

it('counts a million findings and keeps a bounded part of them', () => {
  expect(samplesMade).toBe(25_000);
  expect(record.findings).toHaveLength(5000);
  expect(record.notListed.findings).toBe(MILLION - 5000 * (MILLION / KINDS));
  expect(record.totals.error.new + record.totals.note.new).toBe(MILLION);
  expect(record.gates[0]).toMatchObject({ met: false, detail: '500,000 errors' });
});

it('writes reports that do not grow with them', () => {
  expect(bytes(checkText(record, TEST_RULES, PLAIN, { verbose: true }))).toBeLessThan(50_000);
  expect(bytes(checkJunit(record, TEST_RULES))).toBeLessThan(50_000);
  expect(bytes(checkMarkdown(record, TEST_RULES))).toBeLessThan(1 << 20);
  // Both hold every kind that was kept, and five samples of each; no text is longer than REPORT_LIMITS allows.
  expect(bytes(checkJson(record))).toBeLessThan(5000 * 6 * 1000);
  expect(bytes(checkSarif(record, TEST_RULES))).toBeLessThan(5000 * 6 * 1000);
});

it('says in each report what it does not list', () => {
  const reports = [
    checkText(record, TEST_RULES, PLAIN, { verbose: false }),
    checkMarkdown(record, TEST_RULES),
    checkSarif(record, TEST_RULES),
  ];
  for (const lines of reports) expect([...lines].join('\n')).toContain('750,000');
});

it('lists at most as many results and locations in SARIF as GitHub shows', () => {
  const [run] = JSON.parse([...checkSarif(record, TEST_RULES)].join('\n')).runs;
  expect(run.results).toHaveLength(5000);
  for (const { locations } of run.results) expect(locations.length).toBeLessThanOrEqual(100);
});

it('leaves parts out of Markdown rather than have the summary refused', () => {
  const [finding] = record.findings;
  if (finding === undefined) throw new Error('no findings');
  const rules = Array.from({ length: 400 }, (_, i) => `area/rule-${i}`);
  const many = rules.flatMap((rule) =>
    Array.from({ length: 10 }, () => ({ ...finding, rule, text: '|'.repeat(600) })),
  );
  const page = [...checkMarkdown({ ...record, findings: many }, TEST_RULES)];
  expect(bytes(page)).toBeLessThan(1 << 20);
  expect(page.at(-1)).toMatch(/^_\d+ parts more did not fit/);
});
