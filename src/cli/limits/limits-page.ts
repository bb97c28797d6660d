import { DEFAULT_LIMITS } from '../../analysis/limits.ts';
import { DEFAULT_CEILING_MIB, limitsFor } from '../../analysis/memory-ceiling.ts';
import { liveRecordLimits } from '../../dashboard/model/limits.ts';
import { RUN_LIMITS } from '../config/run-limits.ts';
import { ANALYSIS_WORDS } from './analysis-words.ts';
import { FIXED_LIMITS } from './fixed-limits.ts';
import type { LimitWords } from './limit-words.ts';
import { OTHER_WORDS } from './other-words.ts';

/** One limit of the program. */
export interface LimitEntry {
  /** With the names of the groups that it is in: `reassembly.pendingBytes`. */
  readonly name: string;
  readonly value: number;
  /** What sets it, or why nothing does. */
  readonly setBy: string;
  readonly words: LimitWords;
}

interface Part {
  readonly title: string;
  /** What else there is to say. */
  readonly about?: string;
  readonly entries: readonly LimitEntry[];
}

const KiB = 1024;
const MiB = KiB * KiB;
const TiB = MiB * MiB;

/** The groups of the configuration that one table shows; those of the analysis are in the first. */
const PARTS = {
  extract: 'Extraction',
  capture: 'Capture files',
  filter: 'Display filters',
  report: 'Reports',
  dashboard: 'Dashboard',
  live: 'Live capture',
  ring: 'Ring files',
} as const;

const ABOUT: ReadonlyMap<string, string> = new Map([
  [
    'extract',
    'Names of files are ours: of a capture they hold nothing but numbers and a time, so they are short.',
  ],
  [
    'capture',
    'A compressed file that swells beyond its limits is read up to them; memory is bounded by what waits, not by what comes.',
  ],
  ['report', 'Of `check`. What people see at a glance; `--format json` always has all that was kept.'],
]);

/** Options of the command line that set a limit too. */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['ring.temporaryFiles', '`-b files:`'],
  ['ring.temporaryFileBytes', '`-b filesize:`'],
  ['ring.folderFileBytes', '`-b filesize:`'],
]);

/** All limits, by the part of the program that has them. */
export function limitParts(): readonly Part[] {
  const derived = derivedNames();
  const parts = Object.entries(PARTS).map(([group, title]): Part => {
    const settable = entriesOf('', pick(RUN_LIMITS, group), pick(OTHER_WORDS, group), derived);
    const fixed = Object.entries(FIXED_LIMITS)
      .filter(([name]) => name.startsWith(`${group}.`))
      .map(([name, { value, why, words }]): LimitEntry => ({ name, value, setBy: why, words }));
    const about = ABOUT.get(group);
    return { title, ...(about !== undefined && { about }), entries: [...settable, ...fixed] };
  });
  return [{ title: 'Analysis', entries: entriesOf('', DEFAULT_LIMITS, ANALYSIS_WORDS, derived) }, ...parts];
}

/** Those that `live` derives from its memory: they have other values there. */
function derivedNames(): ReadonlySet<string> {
  const ceiling = DEFAULT_CEILING_MIB * MiB;
  const live = { ...limitsFor(ceiling), dashboard: liveRecordLimits(ceiling).records };
  const usual = flat('', RUN_LIMITS);
  return new Set(
    [...flat('', live)].filter(([name, value]) => usual.get(name) !== value).map(([name]) => name),
  );
}

function flat(prefix: string, group: object): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [key, value] of Object.entries(group) as readonly (readonly [string, unknown])[]) {
    if (typeof value === 'number') found.set(`${prefix}${key}`, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of flat(`${prefix}${key}.`, value)) found.set(name, inner);
    }
  }
  return found;
}

function pick(groups: object, name: string): object {
  return Object.fromEntries(Object.entries(groups).filter(([key]) => key === name));
}

/** Pairs numbers with their words, in the order of the words. */
function entriesOf(
  prefix: string,
  values: object,
  words: object,
  derived: ReadonlySet<string>,
): readonly LimitEntry[] {
  const numbers: ReadonlyMap<string, unknown> = new Map(Object.entries(values));
  return Object.entries(words).flatMap(([key, found]: [string, unknown]): readonly LimitEntry[] => {
    const value = numbers.get(key);
    const name = `${prefix}${key}`;
    if (typeof value === 'number' && isWords(found)) {
      return [{ name, value, setBy: setBy(name, derived), words: found }];
    }
    return typeof value === 'object' && value !== null && typeof found === 'object' && found !== null
      ? entriesOf(`${name}.`, value, found, derived)
      : [];
  });
}

function setBy(name: string, derived: ReadonlySet<string>): string {
  const option = OPTIONS.get(name);
  if (option !== undefined) return `the file; ${option}`;
  return derived.has(name) ? 'the file; in `live` else `--max-memory`' : 'the file';
}

function isWords(found: unknown): found is LimitWords {
  return Array.isArray(found) && found.length === 2;
}

const EXAMPLE =
  '{ "limits": { "flows": { "flows": 20000 }, "conversations": { "framing": { "longestBody": 1048576 } }, "extract": { "files": 100 } } }';

/** `docs/limits.md`. */
export function limitsPage(): string {
  const lines = [
    '# Limits',
    '',
    'Made by `npm run docs` from the limits themselves; do not edit it here. Whatever a capture holds, dvrscope keeps no more than',
    'this. Reaching a limit is told where the last column says; the rest of the capture is read on.',
    '',
    'Each may be set, by the name that it has here, under `limits` of `dvrscope.config.json` in the working directory (`check` also takes',
    'that of `--config`), for every command, the dashboard and `live` included; the third column says which may not, and why:',
    '',
    '```json',
    EXAMPLE,
    '```',
    '',
    'A number that is out of bounds, or a name that is no limit, is refused with file, line and column; `dvrscope schema` writes the',
    'JSON Schema by which editors complete and check it. `live`, its dashboard included, derives from `--max-memory` what the third column',
    'says so of, and lowers it while memory is scarce. What the file says wins: it is neither derived nor lowered, so that a file can ask for',
    'more than the ceiling allows.',
    '',
    'Beside these there are small numbers that nobody can set: what is remembered within one connection, session or rule (16 to 256 logins,',
    'requests or streams; one kilobyte or so each), how long a word in a message of ours may be, how long a configuration (4 MiB) or',
    'a YAML file of expectations (1 MiB). They are constants with a name where they are used; how many connections and sessions there are',
    'is bounded here.',
  ];
  for (const { title, about, entries } of limitParts()) {
    lines.push('', `## ${title}`, '', ...(about === undefined ? [] : [about, '']));
    lines.push('| limit | default | set by | beyond it | told in |', '| --- | ---: | --- | --- | --- |');
    for (const { name, value, setBy: by, words } of entries) {
      lines.push(`| \`${name}\` | ${shown(name, value)} | ${by} | ${words[0]} | ${words[1]} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function shown(name: string, value: number): string {
  const bytes = /bytes(?:InAll)?$|longest(?:Body|Chunk)$/i.test(name);
  if (bytes && value >= TiB && value % TiB === 0) return `${value / TiB} TiB`;
  if (bytes && value >= MiB && value % MiB === 0) return `${value / MiB} MiB`;
  if (bytes && value >= KiB && value % KiB === 0) return `${value / KiB} KiB`;
  if (/seconds$/i.test(name)) return `${value} s`;
  return value.toLocaleString('en-US');
}
