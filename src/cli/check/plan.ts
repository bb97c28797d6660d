import { resolve } from 'node:path';
import { messageFields, type TimeOrigin } from '../../report/message-fields.ts';
import type { Severity } from '../../rules/rule.ts';
import { type CommandOptions, dialectOf } from '../command.ts';
import type { Config } from '../config/config-schema.ts';
import { CONFIG_FILE, loadConfiguration } from '../config/configuration.ts';
import type { NamedMessage } from '../config/message-words.ts';
import { configuredLimits, type RunLimitChanges, type RunLimits } from '../config/run-limits.ts';
import { readTextFile } from '../config/text-file.ts';
import { Waivers } from '../config/waivers.ts';
import { usageError } from '../failure.ts';
import { inputPaths } from '../read-run.ts';
import type { Baseline } from './baseline.ts';
import type { CheckCommandOptions } from './check-options.ts';
import type { Expectations } from './expectations.ts';
import { ReportFile } from './report-file.ts';
import { requiredMessages } from './required-messages.ts';
import { type Format, targetsOf } from './targets.ts';

/** What a check is to do: command line and configuration together, every file that they name read. */
export interface Plan {
  readonly paths: readonly string[];
  readonly options: CommandOptions;
  readonly dialect: 'field' | 'spec';
  readonly failOn: 'error' | 'warning' | 'note' | 'never';
  readonly requireComplete: boolean;
  /** Messages that must have been seen; undefined where none were asked for. */
  readonly required: readonly NamedMessage[] | undefined;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly waivers: Waivers;
  readonly baseline: Baseline | undefined;
  readonly newBaseline: ReportFile | undefined;
  readonly expectations: Expectations | undefined;
  readonly limits: RunLimits;
  /** What the configuration says of them; undefined where it says nothing. */
  readonly limitChanges: RunLimitChanges | undefined;
  /** To be given the time of the first packet: the filters of expectations ask for it. */
  readonly origin: TimeOrigin;
  readonly stdout: Format;
  readonly reports: readonly { readonly file: ReportFile; readonly format: Format }[];
  readonly verbose: boolean;
}

/** @throws Failure: what is wrong is found before a capture is read */
export async function planOf(files: readonly string[], given: CheckCommandOptions): Promise<Plan> {
  const paths = inputPaths(files, given);
  const { config, ...configured } = await loadConfiguration(given.config);
  const options = readingOptions(given, config);
  const dialect = dialectOf(options);
  const targets = targetsOf(given.format ?? [], given.output ?? []);
  const { baseline, writeBaseline, requireCoverage } = given;
  const clash = targets.files.find(
    ({ path }) => writeBaseline !== undefined && resolve(path) === resolve(writeBaseline),
  );
  if (clash !== undefined) throw usageError(`${clash.path} is named for a report and for the baseline`);
  // A baseline may be read and written in one run; of the other files none is written over.
  const read = [...paths, given.config ?? CONFIG_FILE, ...(given.expect === undefined ? [] : [given.expect])];
  const required =
    requireCoverage === undefined ? configured.requireCoverage : requiredMessages(requireCoverage);
  const origin: TimeOrigin = { seconds: 0, nanoseconds: 0 };
  const limits = configuredLimits(config.limits);
  return {
    paths,
    options,
    dialect,
    failOn: given.failOn ?? config.failOn ?? 'error',
    requireComplete: given.requireComplete === true,
    required: required.length === 0 ? undefined : required,
    severities: configured.severities,
    waivers: new Waivers(configured.waivers, new Date().toISOString().slice(0, 10)),
    baseline: baseline === undefined ? undefined : await readBaseline(baseline),
    newBaseline: writeBaseline === undefined ? undefined : new ReportFile(writeBaseline, read),
    expectations: await readExpectations(given.expect, options, origin, limits),
    limits,
    limitChanges: config.limits,
    origin,
    stdout: targets.stdout,
    reports: targets.files.map(({ path, format }) => ({ file: new ReportFile(path, read), format })),
    verbose: given.verbose === true,
  };
}

/** The command line comes before the configuration; ports of both count. */
function readingOptions(given: CheckCommandOptions, { dialect, ports = [] }: Config): CommandOptions {
  const { output: _, ...rest } = given;
  return {
    ...rest,
    dialect: given.dialectGiven ? given.dialect : (dialect ?? given.dialect),
    decodeAs: [...ports, ...(given.decodeAs ?? [])],
  };
}

async function readBaseline(path: string): Promise<Baseline> {
  const { Baseline } = await import('./baseline.ts');
  return new Baseline(path);
}

async function readExpectations(
  path: string | undefined,
  options: CommandOptions,
  origin: TimeOrigin,
  limits: RunLimits,
): Promise<Expectations | undefined> {
  if (path === undefined) return undefined;
  const { parseYamlDocument } = await import('./yaml-document.ts');
  const { Expectations } = await import('./expectations.ts');
  const document = parseYamlDocument(path, readTextFile(path, '--expect') ?? '');
  const shown = { dialect: dialectOf(options), showSecrets: options.showSecrets === true };
  return new Expectations(document, messageFields(origin, shown), limits.filter);
}
