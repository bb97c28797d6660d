import { Analysis } from '../../../src/analysis/analysis.ts';
import { baselineSchema } from '../../../src/cli/check/baseline.ts';
import { Expectations } from '../../../src/cli/check/expectations.ts';
import { parseYamlDocument } from '../../../src/cli/check/yaml-document.ts';
import { parseConfig } from '../../../src/cli/config/config-document.ts';
import { parseJsonDocument } from '../../../src/cli/config/json-document.ts';
import { validated } from '../../../src/cli/config/schema-problems.ts';
import { Failure } from '../../../src/cli/failure.ts';
import { compileFilter } from '../../../src/filter/compile.ts';
import { FILTER_LIMITS } from '../../../src/filter/limits.ts';
import { messageFields } from '../../../src/report/message-fields.ts';
import { renderFilterError } from '../../../src/report/text/filter-error.ts';
import type { Corpus } from '../corpus.ts';
import { feed } from '../pcap.ts';
import { must, mustBeSafe, type Target } from '../target.ts';

const FIELDS = messageFields({ seconds: 0, nanoseconds: 0 }, { dialect: 'field', showSecrets: false });

const FILTERS = [
  ...['dvrip', 'dvrip.id == 1000', 'dvrip.id in {1000..1010, 1412}', '!dvrip.media && frame.number > 5'],
  ...[
    'dvrip.body contains "Ret"',
    'dvrip.body matches "(?i)sess[a-z]+\\x22"',
    'ip.addr == 10.0.0.0/8 or ipv6.addr == ::1',
  ],
  ...[
    'frame.time >= "2026-01-01 00:00:00" xor dvrip.ret != 100',
    'len(dvrip.body) > 10',
    'upper(dvrip.name) ~= "LOGIN"',
  ],
  ...[
    'any dvrip.id == 1',
    'all tcp.port > 1024',
    'dvrip.sequence & 0x1',
    'dvrip.name in {"a", "b"}',
    '((((dvrip))))',
  ],
];

const CONFIGURATIONS = [
  '{}',
  '{"rules": {"body/*": "off", "session/id-unique": "note"}, "ports": [40000], "dialect": "spec", "failOn": "never"}',
  '{"requireCoverage": [1000, "MONITOR_DATA"], "keys": {"quit": ["x"]}, "$schema": "x"}',
  '{"waivers": [{"rule": "body/missing-key", "message": 1000, "place": "/a/*", "reason": "r", "owner": "o", "expires": "2027-01-31"}]}',
];

const EXPECTATIONS = [
  '- name: logins\n  filter: dvrip.id == 1000\n  count: 2\n- filter: dvrip.ret == 100\n  min: 1\n  max: 5\n',
  '- rule: session/id-unique\n  verdict: pass\n- rule: body/missing-key\n  count: {min: 0, max: 3}\n',
  '---\n# nothing\n[]\n',
  '- {filter: "dvrip.body contains \\"x\\"", count: 0x10, name: "a: b"}\n- name: |\n    long\n    text\n  filter: dvrip\n',
];

const BASELINES = [
  '{"schema": "dvrscope.baseline/1", "findings": [{"rule": "body/missing-key", "fingerprint": "0123456789abcdef0123456789abcdef"}]}',
];

/** A filter compiled, and tried on each message of a small conversation. */
function filterTarget(conversation: Buffer): (input: Buffer) => void {
  return (input) => {
    const text = input.toString();
    const filter = compileFilter(text, FIELDS);
    if (filter.kind === 'error') {
      const { column, length } = filter;
      // An error at the end of the text is one column wide.
      must(column >= 1 && length >= 1 && column + length <= text.length + 2, 'an error outside of its text');
      mustBeSafe(renderFilterError(text, filter), 'an error of the filter');
      return;
    }
    const analysis = new Analysis(
      {},
      { message: (message) => must(typeof filter.test(message) === 'boolean', 'no answer') },
    );
    feed(conversation, (packet) => analysis.push(packet));
    analysis.end();
  };
}

/** A document that a person wrote: read, or refused with words that are safe on a terminal. */
function documentTarget(read: (text: string) => void): (input: Buffer) => void {
  return (input) => {
    try {
      read(input.toString());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      mustBeSafe(error.message, 'a refusal');
      must(error.message.length < 50_000, 'a refusal longer than anybody reads');
    }
  };
}

export function textTargets({ conversations }: Corpus): readonly Target[] {
  const smallest = [...conversations].sort((a, b) => a.length - b.length)[0] ?? Buffer.alloc(0);
  const seeds = (texts: readonly string[]) => texts.map((text) => Buffer.from(text));
  return [
    {
      name: 'filter',
      about: 'display filters, compiled and tried on messages',
      kind: 'text',
      seeds: seeds(FILTERS),
      run: filterTarget(smallest),
    },
    {
      name: 'config',
      about: 'dvrscope.config.json',
      kind: 'text',
      seeds: seeds(CONFIGURATIONS),
      run: documentTarget((text) => parseConfig('config.json', text)),
    },
    {
      name: 'expectations',
      about: 'YAML of --expect',
      kind: 'text',
      seeds: seeds(EXPECTATIONS),
      run: documentTarget(
        (text) => new Expectations(parseYamlDocument('expect.yaml', text), FIELDS, FILTER_LIMITS),
      ),
    },
    {
      name: 'baseline',
      about: 'JSON of --baseline',
      kind: 'text',
      seeds: seeds(BASELINES),
      run: documentTarget((text) => validated(parseJsonDocument('baseline.json', text), baselineSchema)),
    },
  ];
}
