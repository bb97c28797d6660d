import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { Judges } from '../../src/cli/check/judges.ts';
import { reportLines } from '../../src/cli/check/report-lines.ts';
import { FORMATS } from '../../src/cli/check/targets.ts';
import { boundsOf } from '../../src/cli/config/limit-bounds.ts';
import { limitsSchema } from '../../src/cli/config/limits-schema.ts';
import { configuredLimits, type RunLimitChanges } from '../../src/cli/config/run-limits.ts';
import { limitParts } from '../../src/cli/limits/limits-page.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { checkRecord } from '../../src/report/check/check-record.ts';
import { safeJson } from '../../src/report/format/safe-text.ts';
import { PLAIN } from '../../src/report/format/style.ts';
import { messageFields } from '../../src/report/message-fields.ts';
import { messageRecord } from '../../src/report/records/message-record.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { Conformance } from '../../src/rules/conformance.ts';
import { loadedModel } from '../dashboard/model-harness.ts';
import { PLAIN_OPTIONS } from '../report/check/run-check.ts';
import { PacketFeed } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';

const SETTABLE = limitParts()
  .flatMap(({ entries }) => entries)
  .filter(({ setBy }) => setBy.startsWith('the file'))
  .map(({ name }) => name);

const sample = (name: string) =>
  fileURLToPath(new URL(`../../captures/${name}/capture.pcapng`, import.meta.url));
const FIELDS = messageFields({ seconds: 0, nanoseconds: 0 }, { dialect: 'field', showSecrets: false });

/** A configuration in which each of these limits has the value that is asked for. */
function changesOf(names: readonly string[], value: (name: string) => number): RunLimitChanges {
  const changes: Record<string, unknown> = {};
  for (const name of names) {
    const keys = name.split('.');
    let group = changes;
    for (const key of keys.slice(0, -1)) {
      group[key] ??= {};
      group = group[key] as Record<string, unknown>;
    }
    group[keys.at(-1) ?? ''] = value(name);
  }
  return changes;
}

const least = (name: string) => boundsOf(name).least;
const most = (name: string) => boundsOf(name).most;

/** Reads a sample as `check` does, writes every report, and looks at it as the dashboard does. */
async function useAll(changes: RunLimitChanges, name: string): Promise<void> {
  const limits = configuredLimits(changes);
  const judges = new Judges(
    new Conformance(ALL_RULES, { dialect: 'field', limits: limits.rules }),
    undefined,
  );
  const analysis = new Analysis({ limits }, judges);
  const files = await readCaptures(
    [sample(name)],
    {
      packet: (packet) => {
        judges.packet(packet);
        analysis.push(packet);
      },
      drained: () => undefined,
    },
    { limits: limits.capture },
  );
  analysis.end();
  const summary = judges.summary.record(analysis, files);
  judges.conformance.end(false);
  const options = { ...PLAIN_OPTIONS, limits: limits.report };
  const record = checkRecord(ALL_RULES, judges.conformance, summary, analysis, judges.quality, options);
  for (const format of FORMATS) {
    const lines = [...reportLines(format, record, { style: PLAIN, verbose: true, limits: limits.report })];
    expect(lines.length).toBeGreaterThan(0);
  }
  expect(
    compileFilter('(tcp.port in {1}) or dvrip.name matches "a{3}"', FIELDS, limits.filter),
  ).toBeDefined();
  const model = await loadedModel(sample(name), { limits: changes });
  for (const list of ['sessions', 'flows', 'streams', 'findings', 'messages'] as const) {
    await model.rows(list, { filter: '' }, 0, 100);
  }
  const { rows, total } = await model.rows('messages', {}, 0, 100);
  expect(rows.length).toBe(Math.min(total, 100));
  const last = rows.at(-1)?.number;
  if (last !== undefined) expect((await model.message(last))?.row.number).toBe(last);
  await model.ladder(1, 0, 100);
  expect((await model.progress()).state).toBe('done');
}

describe('limits of a configuration', () => {
  it.each(SETTABLE)('%s may be anything within its bounds, and nothing else', (name) => {
    const { even = false } = boundsOf(name);
    const taken = (value: number) => limitsSchema.safeParse(changesOf([name], () => value)).success;
    expect([taken(least(name)), taken(most(name))]).toEqual([true, true]);
    expect([taken(least(name) / 2 - 1), taken(most(name) + 2), taken(Number.NaN)]).toEqual([
      false,
      false,
      false,
    ]);
    if (!/seconds$/i.test(name)) expect(taken(least(name) + 0.5)).toBe(false);
    if (even) expect(taken(least(name) + 1)).toBe(false);
  });

  it.each(['monitor-two-sockets', 'configuration-get-set', 'loss-and-reordering'])(
    'may all be as small as they may, or as large: %s is read to its end all the same',
    async (name) => {
      await useAll(changesOf(SETTABLE, least), name);
      await useAll(changesOf(SETTABLE, most), name);
    },
  );

  it('may each be as small as it may', async () => {
    for (const name of SETTABLE) {
      await useAll(changesOf([name], least), 'login-and-keepalive').catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
  });
});

describe('the deepest that a configuration allows', () => {
  const levels = most('conversations.bodies.nesting');

  it('is a body that every reader walks', async () => {
    const limits = configuredLimits(changesOf(['conversations.bodies.nesting'], most));
    const body = Buffer.from(`${'{"PassWord":['.repeat(levels / 2)}1,1,${']}'.repeat(levels / 2)}`);
    const conformance = new Conformance(ALL_RULES, { dialect: 'field', limits: limits.rules });
    const printed: string[] = [];
    const analysis = new Analysis(
      { limits },
      {
        message(message) {
          conformance.message(message);
          printed.push(safeJson(messageRecord(message, { body: true, showSecrets: false })));
        },
      },
    );
    const feed = new PacketFeed((packet) => analysis.push(packet));
    for (const packet of new Socket(34_567).client({ id: 1040, sessionId: 11, body }).packets)
      feed.push(packet);
    analysis.end();
    conformance.end(false);
    expect(printed).toHaveLength(1);
    expect(printed[0]).not.toContain('body/not-json');
    expect(printed[0]).toContain('body/json-habit');
  });

  it('is a filter that is compiled and runs', () => {
    const { filter } = configuredLimits(changesOf(['filter.nesting'], most));
    const deep = (depth: number) => `${'('.repeat(depth)}tcp.port${')'.repeat(depth)}`;
    expect(compileFilter(deep(most('filter.nesting')), FIELDS, filter).kind).toBe('filter');
    expect(compileFilter(deep(most('filter.nesting') + 1), FIELDS, filter).kind).toBe('error');
  });
});
