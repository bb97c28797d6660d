import * as json from '../../../dissectors/dvrip/json-limits.ts';
import { DEFAULT_LIMITS } from '../../analysis/limits.ts';
import * as capture from '../../capture/limits.ts';
import * as live from '../../capture/live/limits.ts';
import * as ring from '../../capture/ring/limits.ts';
import { MODEL_LIMITS } from '../../dashboard/model/limits.ts';
import { EXTRACT_LIMITS } from '../../extract/limits.ts';
import { FILTER_LIMITS } from '../../filter/limits.ts';
import { REPORT_LIMITS } from '../../report/check/limits.ts';
import { ANALYSIS_WORDS } from './analysis-words.ts';
import type { LimitWords } from './limit-words.ts';
import {
  CAPTURE_WORDS,
  EXTRACT_WORDS,
  FILTER_WORDS,
  JSON_WORDS,
  LIVE_WORDS,
  MODEL_WORDS,
  REPORT_WORDS,
  RING_WORDS,
} from './other-words.ts';

/** One limit of the program. */
export interface LimitEntry {
  /** With the names of the groups that it is in: `reassembly.pendingBytes`. */
  readonly name: string;
  readonly value: number;
  readonly words: LimitWords;
}

interface Part {
  readonly title: string;
  readonly about: string;
  readonly entries: readonly LimitEntry[];
}

const KiB = 1024;
const MiB = KiB * KiB;

/** All limits, by the part of the program that has them. */
export function limitParts(): readonly Part[] {
  return [
    {
      title: 'Analysis',
      about: 'configurable: `limits` in `dvrscope.config.json`',
      entries: entriesOf('', DEFAULT_LIMITS, ANALYSIS_WORDS),
    },
    {
      title: 'Extraction',
      about: 'configurable: `limits.extract` in `dvrscope.config.json`',
      entries: entriesOf('extract.', EXTRACT_LIMITS, EXTRACT_WORDS),
    },
    {
      title: 'Capture files',
      about: '`src/capture/limits.ts`',
      entries: entriesOf('', capture, CAPTURE_WORDS),
    },
    {
      title: 'Control bodies',
      about: '`dissectors/dvrip/json-limits.ts`',
      entries: entriesOf('', json, JSON_WORDS),
    },
    {
      title: 'Display filters',
      about: '`src/filter/limits.ts`',
      entries: entriesOf('', FILTER_LIMITS, FILTER_WORDS),
    },
    {
      title: 'Reports',
      about: '`src/report/check/limits.ts`',
      entries: entriesOf('', REPORT_LIMITS, REPORT_WORDS),
    },
    {
      title: 'Dashboard',
      about: '`src/dashboard/model/limits.ts`',
      entries: entriesOf('', MODEL_LIMITS, MODEL_WORDS),
    },
    {
      title: 'Live capture',
      about: '`src/capture/live/limits.ts`',
      entries: entriesOf('', live, LIVE_WORDS),
    },
    { title: 'Ring files', about: '`src/capture/ring/limits.ts`', entries: entriesOf('', ring, RING_WORDS) },
  ];
}

/** Pairs numbers with their words, in the order of the words: a module tells its exports in that of the alphabet. */
function entriesOf(prefix: string, values: object, words: object): readonly LimitEntry[] {
  const numbers: ReadonlyMap<string, unknown> = new Map(Object.entries(values));
  return Object.entries(words).flatMap(([key, found]: [string, unknown]): readonly LimitEntry[] => {
    const value = numbers.get(key);
    const name = `${prefix}${key}`;
    if (typeof value === 'number' && isWords(found)) return [{ name, value, words: found }];
    return typeof value === 'object' && value !== null && typeof found === 'object' && found !== null
      ? entriesOf(`${name}.`, value, found)
      : [];
  });
}

function isWords(found: unknown): found is LimitWords {
  return Array.isArray(found) && found.length === 2;
}

/** `docs/limits.md`. */
export function limitsPage(): string {
  const lines = [
    '# Limits',
    '',
    'Made by `npm run docs` from the limits themselves; do not edit it here. Whatever a capture holds, dvrscope keeps no more than',
    'this. Reaching a limit is told where the last column says; the rest of the capture is read on.',
    '',
    'Those of the analysis and of extraction may be set in `dvrscope.config.json`, for every command that reads capture files;',
    '`live` and the dashboard derive theirs from `--max-memory`:',
    '',
    '```json',
    '{ "limits": { "flows": { "flows": 20000 }, "conversations": { "framing": { "longestBody": 1048576 } }, "extract": { "files": 100 } } }',
    '```',
  ];
  for (const { title, about, entries } of limitParts()) {
    lines.push('', `## ${title}`, '', `${about.charAt(0).toUpperCase()}${about.slice(1)}.`, '');
    lines.push('| limit | default | beyond it | told in |', '| --- | ---: | --- | --- |');
    for (const { name, value, words } of entries) {
      lines.push(`| \`${name}\` | ${shown(name, value)} | ${words[0]} | ${words[1]} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function shown(name: string, value: number): string {
  const bytes = /bytes|longest(?:Body|Chunk)|LENGTH$/i.test(name);
  if (bytes && value >= MiB && value % MiB === 0) return `${value / MiB} MiB`;
  if (bytes && value >= KiB && value % KiB === 0) return `${value / KiB} KiB`;
  if (/seconds$/i.test(name) && !/per/i.test(name)) return `${value} s`;
  return value.toLocaleString('en-US');
}
