import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ENGINE_ORDER, probeEngine } from '../../capture/live/choose-engine.ts';
import type { LiveProblem } from '../../capture/live/engine.ts';
import type { ChildEngine } from '../../capture/live/engine-commands.ts';
import { readCounter } from '../../capture/live/interface-state.ts';
import type { Check } from '../../report/records/host-records.ts';
import { ENGINE_PLACES } from '../engine-places.ts';
import { type Family, installCommand, permitCommand } from './packages.ts';
import { runTool } from './run-tool.ts';

export interface EngineFacts {
  readonly checks: readonly Check[];
  /** What `live` would use. */
  readonly engine?: ChildEngine;
}

/** Which engines are there and may open an interface, and what mends it where none may. */
export async function engineChecks(
  name: string,
  family: Family | undefined,
  path: string,
): Promise<EngineFacts> {
  const problems = new Map<ChildEngine, LiveProblem | undefined>();
  for (const engine of ENGINE_ORDER) problems.set(engine, await probeEngine(engine, name, ENGINE_PLACES));
  const engine = ENGINE_ORDER.find((one) => problems.get(one) === undefined);
  const restricted = foundButClosed('dumpcap', path);
  const checks: Check[] = [];
  for (const one of ENGINE_ORDER) {
    const problem = problems.get(one);
    checks.push(await engineCheck(one, problem, restricted, name));
  }
  return {
    checks: [...checks, choiceCheck(engine, problems, restricted, family)],
    ...(engine && { engine }),
  };
}

async function engineCheck(
  engine: ChildEngine,
  problem: LiveProblem | undefined,
  restricted: boolean,
  name: string,
): Promise<Check> {
  const check = `engine/${engine}`;
  if (problem === undefined) {
    const version = await versionOf(engine);
    const limits = LIMITS[engine];
    return { check, status: 'ok', text: `${version}; may capture on ${name}${limits}` };
  }
  if (engine === 'dumpcap' && restricted)
    return { check, status: 'note', text: 'there, but for its group only' };
  if (problem.code === 'engine-missing') return { check, status: 'note', text: 'not installed' };
  if (problem.code === 'not-permitted') {
    return { check, status: 'note', text: `${await versionOf(engine)}; not permitted to capture` };
  }
  return { check, status: 'note', text: problem.message };
}

/** What a user should know of an engine. */
const LIMITS: Record<ChildEngine, string> = {
  tcpdump: '; tells drops while it runs, times in nanoseconds',
  dumpcap: '; tells drops at its end',
  cap: '; knows neither drops nor the time in the kernel',
};

function choiceCheck(
  engine: ChildEngine | undefined,
  problems: ReadonlyMap<ChildEngine, LiveProblem | undefined>,
  restricted: boolean,
  family: Family | undefined,
): Check {
  const check = 'engine/choice';
  if (engine !== undefined) return { check, status: 'ok', text: `live capture uses ${engine}` };
  const missing = problems.get('dumpcap')?.code === 'engine-missing' && !restricted;
  const command = missing ? installCommand('dumpcap', family) : permitCommand(family, restricted);
  const text = missing
    ? 'nothing here can capture: install dumpcap'
    : 'nothing here may capture: let your user use dumpcap, then log in anew';
  return { check, status: 'error', text, ...(command !== undefined && { command }) };
}

async function versionOf(engine: ChildEngine): Promise<string> {
  if (engine === 'cap') return 'the package cap';
  const { text } = await runTool(engine, ['--version']);
  const version = /\d+\.\d+(?:\.\d+)*/.exec(text)?.[0];
  const libpcap = /libpcap (?:version )?(\d+\.\d+\.\d+)/.exec(text)?.[1];
  return `${engine} ${version ?? '?'}${libpcap === undefined ? '' : `, libpcap ${libpcap}`}`;
}

/** On the path, but not for us to run: Debian's dumpcap once it is for a group. */
function foundButClosed(program: string, path: string): boolean {
  const places = path.split(delimiter).map((folder) => join(folder, program));
  const there = places.filter(isFile);
  return there.length > 0 && there.every((place) => !mayRun(place));
}

/** Folders of the path may be closed to us as well. */
function isFile(place: string): boolean {
  try {
    return statSync(place).isFile();
  } catch {
    return false;
  }
}

function mayRun(place: string): boolean {
  try {
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** An interface that can be opened for a try: the loopback one, else the first there is. */
export function tryInterface(): string {
  if (readCounter('lo', 'ifindex') !== undefined) return 'lo';
  try {
    return readdirSync('/sys/class/net')[0] ?? 'any';
  } catch {
    return 'any';
  }
}
