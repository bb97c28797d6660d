import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FLOODS, writeFlood } from './flood-packets.mjs';
import { asGnuTime, measureTimeAndPeak } from './measure.mjs';
import { findProgram } from './peers.mjs';
import { alignColumns } from './table.mjs';

// `npm run bench:floods`: what an attacker can send cheaply, beside ordinary traffic. Twice as much of a flood must take
// at most about twice as long: the last column says how much longer it took.

const { values } = parseArgs({
  options: {
    packets: { type: 'string', default: '100000' },
    only: { type: 'string', default: '' },
    command: { type: 'string', default: 'check' },
  },
});
const packets = Number(values.packets);
const names = /** @type {(keyof typeof FLOODS)[]} */ (Object.keys(FLOODS)).filter((name) =>
  name.includes(values.only),
);
const command = fileURLToPath(new URL('../dist/bundle/cli/dvrscope.js', import.meta.url));
const gnuTime = asGnuTime(findProgram('time'));
const folder = mkdtempSync(join(tmpdir(), 'floods-'));

/** Flags beside the file: what a user would type. @param {string} path */
function argumentsFor(path) {
  const pattern = ['messages', path, '-q', '-Y', 'dvrip.body matches "(([a-z\\"{]+)+,?)+$"', '--json'];
  const check = ['check', path, '-q', '--format', 'json', '--fail-on', 'never'];
  const summary = ['summary', path, '-q', '--json'];
  return { check, summary, pattern }[values.command] ?? check;
}

/** @param {keyof typeof FLOODS} name @param {number} n */
async function measure(name, n) {
  const path = join(folder, 'flood.pcap');
  const { bytes } = writeFlood(name, path, n);
  const run = await measureTimeAndPeak(
    { command: process.execPath, args: [command, ...argumentsFor(path)] },
    gnuTime,
  );
  rmSync(path);
  return { ...run, bytes, cpu: run.cpuSeconds ?? run.seconds };
}

const rows = [['', 'MB', 'cpu s', 'ns/byte', 'peak MB', 'twice: cpu s', 'peak MB', 'longer by']];
try {
  for (const name of names) {
    const once = await measure(name, packets);
    const twice = await measure(name, 2 * packets);
    const megabytes = (/** @type {number | undefined} */ bytes) => ((bytes ?? 0) / 1e6).toFixed(0);
    rows.push([
      name,
      (once.bytes / 1e6).toFixed(1),
      once.failure ?? once.cpu.toFixed(2),
      ((once.cpu * 1e9) / once.bytes).toFixed(0),
      megabytes(once.peakBytes),
      twice.failure ?? twice.cpu.toFixed(2),
      megabytes(twice.peakBytes),
      (twice.cpu / once.cpu).toFixed(2),
    ]);
    console.error(rows.at(-1)?.join('  '));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(alignColumns(rows));
