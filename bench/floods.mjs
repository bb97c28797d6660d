import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FLOODS, PATTERNS, writeFlood } from './floods/all-floods.mjs';
import { asGnuTime, measureTimeAndPeak } from './measure.mjs';
import { findProgram } from './peers.mjs';
import { alignColumns } from './table.mjs';

// `npm run bench:floods`: what an attacker can send cheaply, beside ordinary traffic, each once, twice and four times as
// large. A byte must cost the same in all three, and no more memory be taken than the ceiling.

const SIZES = [1, 2, 4];
/** Of a flood in which a byte costs this much more when there are four times as many, time does not grow with the bytes alone. */
const MOST_GROWTH = 1.5;
/** Processor time that is nothing but chance: what takes less cannot be compared. */
const NOISE_SECONDS = 0.15;
const MIB = 1024 * 1024;
/** `live` is held to its own. Files are read with the limits of docs/limits.md, and V8 keeps four times what is alive. */
const CEILING_MIB = { live: 256, files: 1024 };

const { values } = parseArgs({
  options: {
    packets: { type: 'string', default: '50000' },
    only: { type: 'string', default: '' },
    command: { type: 'string', default: 'check' },
    times: { type: 'string', default: '3' },
    program: { type: 'string', default: '../dist/bundle/cli/dvrscope.js' },
  },
});
const packets = Number(values.packets);
const times = Number(values.times);
const names = Object.keys(FLOODS).filter((name) => name.includes(values.only));
const program = fileURLToPath(new URL(values.program, import.meta.url));
const gnuTime = asGnuTime(findProgram('time'));
const folder = mkdtempSync(join(tmpdir(), 'floods-'));
const ceilingMib = values.command === 'live' ? CEILING_MIB.live : CEILING_MIB.files;

/** What a user would type. @param {string} name @param {string} path */
function argumentsFor(name, path) {
  const pattern = PATTERNS[name.replace('-Y: ', '')];
  if (pattern !== undefined) return ['messages', path, '-q', '--json', '-Y', pattern];
  if (values.command === 'summary') return ['summary', path, '-q', '--json'];
  if (values.command === 'live')
    return ['live', '-i', path, '-q', '--json', '-w', 'none', '--max-memory', '256'];
  return ['check', path, '-q', '--format', 'json', '--fail-on', 'never'];
}

/** The least processor time and the most memory of several runs. @param {string} name @param {number} n */
async function measure(name, n) {
  const path = join(folder, 'flood.pcap');
  const { bytes } = writeFlood(name, path, n);
  let cpu = Number.POSITIVE_INFINITY;
  let peak = 0;
  /** @type {string | undefined} */
  let failure;
  for (let run = 0; run < times; run++) {
    const args = [program, ...argumentsFor(name, path)];
    const measured = await measureTimeAndPeak({ command: process.execPath, args }, gnuTime);
    failure ??= measured.failure;
    cpu = Math.min(cpu, measured.cpuSeconds ?? measured.seconds);
    peak = Math.max(peak, measured.peakBytes ?? 0);
  }
  rmSync(path);
  return { bytes, cpu, peak, failure };
}

/** @typedef {Awaited<ReturnType<typeof measure>>} Measured */

/**
 * What a byte costs in the largest run, in that of the smallest; undefined where either is too short to tell.
 * @param {Measured} none @param {Measured} least @param {Measured} most
 */
function growth(none, least, most) {
  const [small, large] = [least.cpu - none.cpu, most.cpu - none.cpu];
  if (large < NOISE_SECONDS) return undefined;
  return large / most.bytes / (Math.max(small, NOISE_SECONDS / 2) / least.bytes);
}

const head = [
  '',
  ...SIZES.flatMap((size) => [`${size}x: MB`, 'cpu s', 'peak MiB']),
  'ns/byte',
  'a byte costs',
  '',
];
const rows = [head];
let bad = 0;
try {
  for (const name of names) {
    const none = await measure(name, 0);
    const all = [];
    for (const size of SIZES) all.push(await measure(name, size * packets));
    const [least = none, most = none] = [all[0], all.at(-1)];
    const grown = growth(none, least, most);
    const peak = Math.max(...all.map((run) => run.peak)) / MIB;
    const faults = [
      ...all.flatMap(({ failure }) => failure ?? []).slice(0, 1),
      ...((grown ?? 0) > MOST_GROWTH ? ['MORE THAN ITS BYTES'] : []),
      ...(peak > ceilingMib ? [`ABOVE ${ceilingMib} MiB`] : []),
    ];
    if (faults.length > 0) bad += 1;
    const cells = all.map((run) => [
      (run.bytes / 1e6).toFixed(1),
      run.cpu.toFixed(2),
      (run.peak / MIB).toFixed(0),
    ]);
    const nanoseconds = ((most.cpu - none.cpu) * 1e9) / most.bytes;
    const words = grown === undefined ? 'too short to tell' : `x ${grown.toFixed(2)}`;
    rows.push([name, ...cells.flat(), nanoseconds.toFixed(0), words, faults.join(', ') || 'good']);
    console.error(rows.at(-1)?.join('  '));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(alignColumns(rows));
console.log(
  `\n${rows.length - 1 - bad} of ${rows.length - 1} in proportion to their bytes and below ${ceilingMib} MiB`,
);
process.exitCode = bad > 0 ? 1 : 0;
