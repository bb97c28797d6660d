import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Analysis } from '../../../src/analysis/analysis.ts';
import { compileFilter } from '../../../src/filter/compile.ts';
import type { CheckRecord } from '../../../src/report/check/check-schema.ts';
import { messageFields } from '../../../src/report/message-fields.ts';
import { RECORD_SCHEMAS } from '../../../src/report/records/schemas.ts';
import { client, device, example, login, logout, lost } from '../../../src/rules/example.ts';
import { examplePackets } from '../../support/example-packets.ts';
import { PacketFeed } from '../../support/packet-feed.ts';
import { captureFile, runCheck } from './run-check.ts';
import { CLEAN_RECORD, SAMPLE_RECORD } from './sample-record.ts';

const SILENT = example(
  'a minute of silence, twice',
  login(),
  client(1, 1020),
  device(1.1, 1021),
  client(60, 1006),
  device(60.1, 1007),
  client(120, 1006),
  device(120.1, 1007),
  logout(121),
);
const RULE = 'keepalive/in-time';

function schemaErrors(record: CheckRecord): string {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTuples: false });
  const validate = ajv.compile(z.toJSONSchema(RECORD_SCHEMAS.check));
  validate(record);
  return ajv.errorsText(validate.errors);
}

function ruleOf(record: CheckRecord, id: string) {
  return record.rules.find((rule) => rule.id === id);
}

function findingOf(record: CheckRecord, rule: string) {
  return record.findings.find((finding) => finding.rule === rule);
}

it('is what its published JSON Schema says', () => {
  for (const record of [SAMPLE_RECORD, CLEAN_RECORD, runCheck(examplePackets(SILENT)), runCheck([])]) {
    expect(schemaErrors(record)).toBe('No errors');
  }
  const broken: CheckRecord = { ...SAMPLE_RECORD, rulesOff: -1 };
  expect(schemaErrors(broken)).toContain('/rulesOff');
});

it('gathers the findings of one rule, message and place, and fails for a new error', () => {
  const record = runCheck(examplePackets(SILENT));
  expect(record.verdict).toBe('fail');
  expect(record.gates).toEqual([{ gate: 'findings', met: false, detail: '2 errors' }]);
  expect(record.totals.error).toEqual({ new: 2, known: 0, waived: 0 });
  expect(ruleOf(record, RULE)).toMatchObject({
    verdict: 'fail',
    area: 'keepalive',
    severity: 'error',
    violations: 2,
    inconclusive: 0,
  });
  expect(findingOf(record, RULE)).toMatchObject({
    messageId: 1006,
    name: 'KEEPALIVE_REQ',
    from: 'client',
    count: 2,
    status: 'new',
  });
  expect(findingOf(record, RULE)?.samples).toHaveLength(2);
  expect(findingOf(record, RULE)?.samples[0]).toMatchObject({ message: 5, flow: 1, session: 1 });
});

it('gives filters that select exactly the sampled messages', () => {
  const packets = examplePackets(SILENT);
  const record = runCheck(packets);
  expect(record.findings.length).toBeGreaterThan(0);
  for (const { filter = '', samples } of record.findings) {
    const table = messageFields({ seconds: 0, nanoseconds: 0 }, { dialect: 'field', showSecrets: false });
    const compiled = compileFilter(filter, table);
    if (compiled.kind === 'error') throw new Error(`${filter}: ${compiled.message}`);
    const selected: number[] = [];
    const analysis = new Analysis({}, { message: (m) => compiled.test(m) && selected.push(m.number) });
    const feed = new PacketFeed((packet) => analysis.push(packet));
    for (const packet of packets) feed.push(packet);
    analysis.end();
    expect(selected).toEqual(samples.map(({ message }) => message));
  }
});

it('fingerprints a finding by what it is about, not by when and where it was seen', () => {
  const later = example(
    'the same, later and longer',
    login(1000),
    client(1001, 1020),
    device(1001.1, 1021),
    client(1100, 1006),
    device(1100.1, 1007),
  );
  const first = findingOf(runCheck(examplePackets(SILENT)), RULE)?.fingerprint;
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(findingOf(runCheck(examplePackets(later)), RULE)?.fingerprint).toBe(first);
  const other = example(
    'another message ends the silence',
    login(),
    client(1, 1006),
    client(90, 1020),
    device(90.1, 1021),
  );
  expect(findingOf(runCheck(examplePackets(other)), RULE)?.fingerprint).not.toBe(first);
});

it('keeps waived and known findings in sight, and lets them pass', () => {
  const waiver = { kind: 'waived', reason: 'old client', owner: 'lab', expires: '2027-01-01' } as const;
  const waived = runCheck(examplePackets(SILENT), { rules: { excuse: () => waiver } });
  expect(waived.verdict).toBe('pass');
  expect(findingOf(waived, RULE)).toMatchObject({ status: 'waived', waiver: { reason: 'old client' } });
  expect(ruleOf(waived, RULE)).toMatchObject({ verdict: 'waived', violations: 2, waived: 2 });
  const known = runCheck(examplePackets(SILENT), { rules: { excuse: () => ({ kind: 'known' }) } });
  expect(known.verdict).toBe('pass');
  expect(findingOf(known, RULE)?.status).toBe('known');
  expect(known.totals.error).toEqual({ new: 0, known: 2, waived: 0 });
});

it('fails at the level that is asked for, and at no other', () => {
  const verdict = (failOn: CheckRecord['failOn'], severity: 'warning' | 'note') =>
    runCheck(examplePackets(SILENT), {
      options: { failOn },
      rules: { severities: new Map([[RULE, severity]]) },
    }).gates;
  expect(verdict('error', 'warning')).toEqual([{ gate: 'findings', met: true, detail: 'no new errors' }]);
  expect(verdict('warning', 'warning')).toEqual([{ gate: 'findings', met: false, detail: '2 warnings' }]);
  expect(verdict('warning', 'note')[0]?.met).toBe(true);
  expect(verdict('note', 'note')[0]?.met).toBe(false);
  expect(verdict('never', 'note')).toEqual([]);
});

it('leaves out rules that are switched off, and counts them', () => {
  const record = runCheck(examplePackets(SILENT), { rules: { severities: new Map([[RULE, 'off']]) } });
  expect(ruleOf(record, RULE)).toBeUndefined();
  expect(record.rulesOff).toBe(1);
  expect(record.verdict).toBe('pass');
});

it('says why a rule could not tell', () => {
  const gap = example(
    'a sign of life may be lost',
    login(),
    client(1, 1006),
    lost(20, 'client', 90),
    client(60, 1006),
  );
  const record = runCheck(examplePackets(gap));
  expect(ruleOf(record, RULE)).toMatchObject({
    verdict: 'inconclusive',
    inconclusive: 1,
    doubts: [{ doubt: 'gap', count: 1 }],
  });
});

it('does not call an empty capture green', () => {
  const record = runCheck([]);
  expect(record.verdict).toBe('not-observed');
  expect(new Set(record.rules.map(({ verdict }) => verdict))).toEqual(new Set(['not-observed']));
});

it('puts the worst first: what counts before what is excused, errors before notes', () => {
  const excuse = ({ rule }: { rule: string }) => (rule === RULE ? ({ kind: 'known' } as const) : undefined);
  const record = runCheck(examplePackets(SILENT), {
    rules: { excuse },
    meddle({ ledger }) {
      const base = { messageId: 1000, name: 'LOGIN_REQ', from: 'client', place: undefined } as const;
      const sample = {
        message: 0,
        packets: [0, 0],
        flow: 0,
        session: 0,
        seconds: 0,
        nanoseconds: 0,
        text: '',
      } as const;
      ledger.add({ ...base, rule: 'body/unknown-key', severity: 'note' }, () => sample);
      ledger.add({ ...base, rule: 'body/wrong-type', severity: 'error' }, () => sample);
    },
  });
  const order = record.findings.map(({ rule }) => rule);
  expect(order[0]).toBe('body/wrong-type');
  expect(order.indexOf('body/unknown-key')).toBeGreaterThan(0);
  expect(order.at(-1)).toBe(RULE);
  expect(record.findings[0]?.filter).toBeUndefined();
  expect(record.findings[0]?.samples[0]).toEqual({ text: '' });
});

describe('coverage', () => {
  it('names the ids seen and those that were required and are missing', () => {
    const record = runCheck(examplePackets(SILENT), { options: { requiredIds: [1006, 1434, 1434, 60_000] } });
    expect(record.coverage.seen.find(({ id }) => id === 1006)).toMatchObject({ count: 2, known: true });
    expect(record.coverage.missing.map(({ id }) => id)).toEqual([1434, 60_000]);
    expect(record.gates.find(({ gate }) => gate === 'coverage')).toMatchObject({ met: false });
    const met = runCheck(examplePackets(SILENT), { options: { requiredIds: [1006, 1000] } });
    expect(met.gates.find(({ gate }) => gate === 'coverage')).toEqual({
      gate: 'coverage',
      met: true,
      detail: '2 required message ids seen',
    });
  });

  it('counts the rules of each area that anything exercised', () => {
    const areas = runCheck(examplePackets(SILENT)).coverage.areas;
    expect(areas.find(({ area }) => area === 'keepalive')?.exercised).toBeGreaterThan(0);
    expect(areas.find(({ area }) => area === 'upgrade')?.exercised).toBe(0);
  });
});

describe('capture quality', () => {
  it('is complete where nothing is known to be missing', () => {
    const record = runCheck(examplePackets(SILENT), { options: { requireComplete: true } });
    expect(record.quality).toMatchObject({ complete: true, lacks: [], dvripFlows: 1, midStreamFlows: 0 });
    expect(record.gates).toContainEqual({
      gate: 'complete',
      met: true,
      detail: 'nothing is known to be missing',
    });
  });

  it('counts the gaps of DVRIP flows and says what likely made them', () => {
    const holed = examplePackets(
      example('a hole', login(), client(1, 1006), lost(2, 'client', 90), client(3, 1006)),
    );
    const plain = runCheck(holed, { options: { requireComplete: true } });
    expect(plain.quality.gaps).toEqual({
      count: 1,
      bytes: 90,
      byCause: [{ cause: 'unknown', count: 1, bytes: 90 }],
    });
    expect(plain.gates).toContainEqual({ gate: 'complete', met: false, detail: '1 gap' });
    const interfaces = [{ section: 0, id: 0, linkType: 1, kernelDropped: 7, interfaceDropped: 0 }];
    const dropped = runCheck(holed, { files: [captureFile({ interfaces })] });
    expect(dropped.quality.lacks).toEqual(['dropped', 'gaps']);
    expect(dropped.quality.gaps.byCause[0]?.cause).toBe('dropped');
    const cut = holed.map((packet, at) => (at === 0 ? { ...packet, wireLength: 2000 } : packet));
    expect(runCheck(cut).quality.gaps.byCause[0]?.cause).toBe('snap-length');
  });

  it('tells connections seen in one direction, and those that began before', () => {
    const late = { ...example('no login', client(1, 1006, undefined, { sessionId: 11 })), midStream: true };
    expect(runCheck(examplePackets({ ...late, onlyFrom: 'client' })).quality).toMatchObject({
      complete: false,
      lacks: ['one-direction'],
      oneDirectionFlows: 1,
      midStreamFlows: 0,
    });
    const both = { ...late, steps: [...late.steps, device(1.1, 1007, undefined, { sessionId: 11 })] };
    expect(runCheck(examplePackets(both)).quality).toMatchObject({
      complete: true,
      midStreamFlows: 1,
      sessionsWithoutLogin: 1,
    });
  });

  it('is incomplete where a file could not be read to its end', () => {
    const error = { code: 'truncated', message: 'lab.pcap: ends inside a record', offset: 99 } as const;
    const record = runCheck(examplePackets(SILENT), { files: [captureFile({ error })] });
    expect(record.quality.lacks).toEqual(['damaged-file']);
    expect(record.files[0]).toMatchObject({ firstPacket: 1, error });
  });
});
