import type { Log } from 'sarif';
import { describe, expect } from 'vitest';
import { checkJunit } from '../../src/report/check/check-junit.ts';
import { checkMarkdown } from '../../src/report/check/check-markdown.ts';
import { checkSarif } from '../../src/report/check/check-sarif.ts';
import type { CheckFinding, CheckRecord } from '../../src/report/check/check-schema.ts';
import { checkText } from '../../src/report/check/check-text.ts';
import type { ReportLimits } from '../../src/report/check/limits.ts';
import { PLAIN } from '../../src/report/format/style.ts';
import { runCheck } from '../report/check/run-check.ts';
import { SAMPLE_RECORD, SAMPLE_RULES } from '../report/check/sample-record.ts';
import { reaches } from './reaching.ts';

const FINDING = firstOf(SAMPLE_RECORD.findings);
const SAMPLE = firstOf(FINDING.samples);
const FILE = firstOf(SAMPLE_RECORD.files);

function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('the sample is empty');
  return first;
}

/** The sample with so many kinds of findings of one rule in the place of its own. */
function withKinds(kinds: number, more: Partial<CheckFinding> = {}): CheckRecord {
  const findings = Array.from({ length: kinds }, (_, n) => ({ ...FINDING, ...more, messageId: 2000 + n }));
  return { ...SAMPLE_RECORD, findings };
}

const text = (record: CheckRecord, limits: ReportLimits, verbose = true): string =>
  [...checkText(record, SAMPLE_RULES, PLAIN, { verbose, limits })].join('\n');
const markdown = (record: CheckRecord, limits: ReportLimits): string =>
  [...checkMarkdown(record, SAMPLE_RULES, limits)].join('\n');
const junit = (record: CheckRecord, limits: ReportLimits): string =>
  [...checkJunit(record, SAMPLE_RULES, limits)].join('\n');
const sarif = (record: CheckRecord, limits: ReportLimits): Log =>
  JSON.parse([...checkSarif(record, SAMPLE_RULES, limits)].join('\n'));

/** One finding of a text and at a pointer of some length, through rules and check. */
function checkOf(limits: ReportLimits): CheckRecord {
  return runCheck([], {
    options: { limits },
    meddle({ ledger }) {
      const pointer = `/${'Key'.repeat(20)}`;
      const subject = { rule: 'body/wrong-type', severity: 'error', place: pointer } as const;
      const place = { message: 1, packets: [1, 1], flow: 1, session: 1, seconds: 1, nanoseconds: 0 } as const;
      ledger.add({ ...subject, messageId: 1000, name: 'LOGIN_REQ2', from: 'client' }, () => ({
        ...place,
        text: `found ${'x'.repeat(60)}`,
        pointer,
      }));
    },
  });
}

describe('a finding in a report', () => {
  reaches('report.textUnits', 20, 'has its text cut, with an ellipsis', ({ limits }) => {
    const { findings } = checkOf(limits.report);
    expect(findings.map((finding) => finding.text)).toEqual([`found ${'x'.repeat(13)}…`]);
  });

  reaches('report.pointerUnits', 20, 'has its pointer cut, with an ellipsis', ({ limits }) => {
    const [finding] = checkOf(limits.report).findings;
    const cut = '/KeyKeyKeyKeyKeyKey…';
    expect([finding?.place, finding?.samples[0]?.pointer]).toEqual([cut, cut]);
  });
});

describe('a report', () => {
  reaches('report.kindsPerRule', 2, 'counts further kinds of findings of a rule', ({ limits }) => {
    const record = withKinds(5);
    expect(text(record, limits.report)).toContain('and 3 further kinds (--format json lists all)');
    expect(text(record, limits.report)).not.toContain('2002');
    expect(markdown(record, limits.report)).toContain('and 3 kinds more');
    expect(junit(record, limits.report)).toContain('and 3 further kinds');
    const known = withKinds(5, { status: 'known' });
    expect(text(known, limits.report)).toContain('and 3 further kinds');
  });

  reaches('report.kindsPerBriefRule', 1, 'counts further kinds of notes', ({ limits }) => {
    const record = withKinds(3, { severity: 'note' });
    expect(text(record, limits.report, false)).toContain('and 2 further kinds (--verbose lists more)');
  });

  reaches('report.filesNamed', 2, 'counts further files', ({ limits }) => {
    const files = Array.from({ length: 5 }, (_, n) => ({ ...FILE, path: `f${n}.pcap` }));
    const record = { ...SAMPLE_RECORD, files };
    for (const report of [text(record, limits.report), markdown(record, limits.report)]) {
      expect(report).toContain('and 3 more');
      expect(report).toContain('f1.pcap');
      expect(report).not.toContain('f2.pcap');
    }
  });

  reaches('report.idsNamed', 2, 'counts further ids', ({ limits }) => {
    const seen = Array.from({ length: 5 }, (_, n) => ({
      id: 3000 + n,
      name: `ID_${n}`,
      count: 1,
      known: true,
    }));
    const missing = seen.map(({ id, name }) => ({ id: id + 100, name }));
    const record = { ...SAMPLE_RECORD, coverage: { ...SAMPLE_RECORD.coverage, seen, missing } };
    const page = text(record, limits.report).replaceAll(/\s+/g, ' ');
    expect(page).toContain('3000 ID_0 × 1, 3001 ID_1 × 1, and 3 more');
    expect(page).toContain('3100 ID_0, 3101 ID_1, and 3 more');
    expect(markdown(record, limits.report)).toContain('and 3 more');
  });

  reaches('report.markdownBytes', 8000, 'leaves parts out of Markdown, and says how many', ({ limits }) => {
    const findings = Array.from({ length: 50 }, (_, n) => ({ ...FINDING, rule: `area/rule-${n}` }));
    const page = markdown({ ...SAMPLE_RECORD, findings }, limits.report);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(8000);
    expect(page.trimEnd()).toMatch(/_\d+ parts more did not fit; --format json has all\._$/);
  });

  reaches('report.sarifResults', 2, 'leaves results out of SARIF, and says how many', ({ limits }) => {
    const [run] = sarif(withKinds(5), limits.report).runs;
    expect(run?.results).toHaveLength(2);
    const told = run?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text);
    expect(told).toContain('3 findings or kinds are not listed');
  });

  reaches('report.sarifLocations', 2, 'leaves locations out of SARIF, and counts them', ({ limits }) => {
    const samples = [SAMPLE, SAMPLE, SAMPLE, SAMPLE];
    const [run] = sarif(withKinds(1, { samples, count: 4 }), limits.report).runs;
    expect(
      run?.results?.map(({ locations, occurrenceCount }) => [locations?.length, occurrenceCount]),
    ).toEqual([[2, 4]]);
  });
});
