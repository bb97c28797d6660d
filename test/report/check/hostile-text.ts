import fc from 'fast-check';
import type { CheckFinding, CheckRecord } from '../../../src/report/check/check-schema.ts';

/** What somebody may put into a device name, a key or a file name to get out of the place where a report shows it. */
export const NASTY: readonly string[] = [
  ']]>',
  '<script>alert(1)</script>',
  '</failure></testcase>',
  '" onload="x',
  "' or '",
  '&amp;&#0;&nope;',
  '| a | b |',
  '\\| x \\\\| y',
  '`` ` ``` `',
  '**bold** _it_ ~~no~~ # head',
  '[text](javascript:alert(1))',
  '![image](http://evil.example/x.png)',
  'see http://evil.example and www.evil.example, @somebody, #1, $x^2$',
  '\n## heading\n\n| - |\n',
  '\r\n::error file=x::gotcha',
  ':: ::set-env name=x::y',
  '##[add-mask]x',
  ':'.repeat(300),
  '<!-- --> <![CDATA[ x ]]>',
  '\u0000\u0007\b\u001b[31mred\u001b]0;title\u0007\u009b2J',
  '\u202egnp.exe\u2066\u200b\ufeff\u2028\u2029',
  '\ufffe\uffff\ufdd0',
  '\ud800 alone, \udfff too',
  '摄像机 📷 e\u0301\u0301 नि',
  '{0} {{1}} $'.concat('{{ github.token }}'),
  '../../../etc/passwd',
  '//host/share',
  'C:\\captures\\x.pcap',
  'a?b=c#d%00%',
  'x'.repeat(3000),
];

const nasty = fc.constantFrom(...NASTY);
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 20 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));

/** The record with this text wherever a text comes from outside: captures, file names, configuration. */
export function spoiled(record: CheckRecord, text: string): CheckRecord {
  const waiver = { reason: text, owner: text, expires: text };
  return {
    ...record,
    files: record.files.map((file) => ({
      ...file,
      path: text,
      error: { code: 'corrupt', message: text, offset: 1 },
    })),
    quality: { ...record.quality, limits: [{ limit: text, reached: 1 }] },
    coverage: {
      ...record.coverage,
      seen: record.coverage.seen.map((seen) => ({ ...seen, name: text })),
      missing: record.coverage.missing.map((missing) => ({ ...missing, name: text })),
    },
    gates: record.gates.map((gate) => ({ ...gate, detail: text })),
    findings: record.findings.map((finding) => spoiledFinding(finding, text)),
    waivers: record.waivers.map((idle) => ({ ...idle, ...waiver, rule: text })),
    expectations: record.expectations.map((wish) => ({ ...wish, name: text, detail: text, file: text })),
  };
}

function spoiledFinding(finding: CheckFinding, text: string): CheckFinding {
  return {
    ...finding,
    name: text,
    place: text,
    text,
    ...(finding.waiver !== undefined && { waiver: { reason: text, owner: text, expires: text } }),
    samples: finding.samples.map((sample) => ({ ...sample, text, pointer: text })),
  };
}
