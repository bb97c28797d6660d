import { spawn } from 'node:child_process';
import { createReadStream, existsSync, renameSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureCapture } from './captures.mjs';
import { generateControl } from './generate-control.mjs';
import { measureTimeAndPeak } from './measure.mjs';
import { dvrscope, whyNoDvrscope } from './peers.mjs';
import { alignColumns, megabytes } from './table.mjs';

/** @typedef {import('./verdicts.mjs').Verdict} Verdict */

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const PROBE = fileURLToPath(new URL('dashboard-probe.mjs', import.meta.url));
const MANY = fileURLToPath(new URL('data/control-1m.pcap', import.meta.url));
const MANY_MESSAGES = 1_000_000;
const FEW_PACKETS = 1400;

const FIRST_SECONDS = 0.5;
const ANSWER_MS = 50;
const MORE_BYTES = 100e6;
/** Twice is within what one run of so short a thing differs from the next. */
const SCROLL_RATIO = 2;

/**
 * What the probes measured, each the median of the runs.
 * @typedef {object} DashboardFindings
 * @property {number} first seconds from the start of the process to the first rows
 * @property {{ asked: number, p50: number, p95: number, most: number }} latency milliseconds from question to answer while the file is read
 * @property {number} resident peak bytes of the process
 * @property {number | undefined} summary peak bytes of `summary`
 * @property {{ messages: number, p50: number, p95: number }} few
 * @property {{ messages: number, p50: number, p95: number }} many
 */

/**
 * The dashboard's model in its thread, asked as a screen asks.
 * @param {{ runs: number, gnuTime: string | undefined, say: (text: string) => void, print: (text: string) => void }} bench
 * @returns {Promise<DashboardFindings | undefined>} undefined where the command is not built
 */
export async function benchDashboard({ runs, gnuTime, say, print }) {
  if (whyNoDvrscope() !== undefined) return undefined;
  const monitor = ensureCapture('monitor-1gb', say).path;
  for await (const _ of createReadStream(monitor, { highWaterMark: 1 << 20 }));
  const many = manyMessages(say);
  /** @type {{ first: number, latency: DashboardFindings['latency'], resident: number }[]} */
  const rounds = [];
  for (let run = 0; run < runs; run++) {
    say(`dashboard, run ${run + 1}`);
    const first = await probe('first', monitor);
    const load = await probe('load', monitor);
    rounds.push({ first: first.first, latency: load.latency, resident: load.resident });
  }
  const summary = await measureTimeAndPeak(dvrscope(['summary', monitor]), gnuTime);
  const few = (await probe('scroll', String(FEW_PACKETS), many)).scroll;
  const lots = (await probe('scroll', '0', many)).scroll;
  const byLatency = [...rounds].sort((a, b) => a.latency.p95 - b.latency.p95);
  const middle = byLatency[Math.floor((runs - 1) / 2)];
  const findings = {
    first: median(rounds.map(({ first }) => first)),
    latency: middle?.latency ?? { asked: 0, p50: Number.NaN, p95: Number.NaN, most: Number.NaN },
    resident: Math.max(...rounds.map(({ resident }) => resident)),
    summary: summary.peakBytes,
    few,
    many: lots,
  };
  print(`\nthe dashboard's model on the 1 GB capture\n\n${table(findings)}`);
  return findings;
}

/** @param {DashboardFindings | undefined} findings @returns {Verdict[]} */
export function judgeDashboard(findings) {
  const targets = [
    'dashboard: first rows in under half a second',
    'dashboard: 95 % of answers within 50 ms while reading',
    'dashboard: at most 100 MB more than summary',
    'dashboard: 1,000,000 messages scroll as fast as 1,000 (x 2)',
  ];
  if (findings === undefined)
    return targets.map((target) => ({ target, measured: '', verdict: 'not measured' }));
  const { first, latency, resident, summary, few, many } = findings;
  const more = summary === undefined ? Number.NaN : resident - summary;
  return [
    verdict(targets[0], `${first.toFixed(3)} s`, first < FIRST_SECONDS),
    verdict(targets[1], `${latency.p95.toFixed(1)} ms`, latency.p95 <= ANSWER_MS),
    verdict(targets[2], `${megabytes(more)} MB more`, more <= MORE_BYTES),
    verdict(targets[3], `${(many.p50 / few.p50).toFixed(2)} x`, many.p50 <= few.p50 * SCROLL_RATIO),
  ];
}

/** @param {DashboardFindings} findings */
function table({ first, latency, resident, summary, few, many }) {
  const ms = (/** @type {number} */ value) => `${value.toFixed(2)} ms`;
  return alignColumns(
    [
      ['first rows, from the start of the process', `${first.toFixed(3)} s`],
      [
        `answers while reading (${latency.asked}): median, 95 %, longest`,
        ms(latency.p50),
        ms(latency.p95),
        ms(latency.most),
      ],
      [
        'peak memory, and that of summary',
        `${megabytes(resident)} MB`,
        summary === undefined ? '?' : `${megabytes(summary)} MB`,
      ],
      [`50 rows anywhere among ${few.messages} messages: median, 95 %`, ms(few.p50), ms(few.p95)],
      [`50 rows anywhere among ${many.messages} messages: median, 95 %`, ms(many.p50), ms(many.p95)],
    ],
    'right',
  );
}

/** @param {string | undefined} target @param {string} measured @param {boolean} met @returns {Verdict} */
function verdict(target = '', measured, met) {
  return { target, measured, verdict: met ? 'met' : 'MISSED' };
}

/** A capture of a million JSON messages; made once. @param {(text: string) => void} say */
function manyMessages(say) {
  if (existsSync(MANY)) return MANY;
  say(`making ${MANY}`);
  generateControl(`${MANY}.part`, MANY_MESSAGES);
  renameSync(`${MANY}.part`, MANY);
  return MANY;
}

/** Runs the probe, and gathers its lines into one object. @param {...string} args @returns {Promise<any>} */
function probe(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROBE, DIST, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      text += piece;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) reject(new Error(`the probe ended with ${code}`));
      else
        resolve(
          Object.assign(
            {},
            ...text
              .trim()
              .split('\n')
              .map((line) => JSON.parse(line)),
          ),
        );
    });
  });
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const runs = Number(process.argv[2] ?? '5');
  const print = (/** @type {string} */ text) => console.log(text);
  const findings = await benchDashboard({
    runs,
    gnuTime: undefined,
    say: (text) => console.error(text),
    print,
  });
  print(
    `\n${alignColumns(
      judgeDashboard(findings).map(({ target, verdict, measured }) => [target, verdict, measured]),
      'left',
    )}`,
  );
}
