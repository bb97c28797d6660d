import { createReadStream } from 'node:fs';
import { ensureCapture, removeCapture } from './captures.mjs';
import { checkSummary } from './check-summary.mjs';
import { benchDashboard, judgeDashboard } from './dashboard.mjs';
import { measureFirstOutput, measureTime } from './measure.mjs';
import { dvrscope, whyNoDvrscope } from './peers.mjs';
import { measureInTurn, readingOf } from './series.mjs';
import { count, rateTable, timeTable } from './table.mjs';
import * as verdicts from './verdicts.mjs';

/** @typedef {import('./peers.mjs').Candidate} Candidate */
/** @typedef {import('./verdicts.mjs').Results} Results */

/**
 * What all parts of the benchmark share.
 * @typedef {object} Bench
 * @property {number} runs of each candidate
 * @property {readonly Candidate[]} candidates
 * @property {string | undefined} gnuTime
 * @property {(text: string) => void} say progress, for the person waiting
 * @property {(text: string) => void} print results
 * @property {Findings} findings filled by the parts
 */

/**
 * What was measured; what was not is absent.
 * @typedef {object} Findings
 * @property {Results} [monitor] the 1 GB capture
 * @property {Results} [large] the 4 GB capture
 * @property {Results} [control]
 * @property {Results} [startUp]
 * @property {Results} [firstOutput]
 * @property {import('./dashboard.mjs').DashboardFindings} [dashboard]
 * @property {string[]} [mistakes] what `summary` counts wrongly
 */

const CONTROL_MESSAGES = 200_000;
const START_UP_RUNS = 20;
/** No target compares the other peers here, and they would take many minutes. */
const LARGE_CANDIDATES = new Set(['dvrscope', 'cat', 'tcpdump']);

/** @param {Bench} bench */
export async function benchMonitor(bench) {
  const capture = await openCapture(bench, 'monitor-1gb');
  const results = await readCapture(bench, capture, bench.candidates);
  bench.findings.monitor = results;
  bench.print(monitorTable('1 GB', capture, results, verdicts.judgeMonitor(results)));
}

/** @param {Bench} bench @param {boolean} keep the capture */
export async function benchLarge(bench, keep) {
  const capture = await openCapture(bench, 'monitor-4gb');
  const candidates = bench.candidates.filter(({ name }) => LARGE_CANDIDATES.has(name));
  const results = await readCapture(bench, capture, candidates);
  if (!keep) removeCapture('monitor-4gb');
  bench.findings.large = results;
  bench.print(monitorTable('4 GB', capture, results, verdicts.judgeLarge(results, bench.findings.monitor)));
}

/** @param {Bench} bench */
export async function benchControl(bench) {
  const capture = await openCapture(bench, 'control-200k');
  const results = await readCapture(bench, capture, bench.candidates);
  bench.findings.control = results;
  const { packets, messages } = capture.contents;
  bench.print(`\ncontrol traffic: ${count(packets)} packets, ${count(messages.control)} JSON messages\n`);
  const work = { amount: messages.control, unit: 'messages/s' };
  bench.print(rateTable([...results.values()], work, verdicts.tally(judgeControl(results))));
}

/** @param {Bench} bench */
export async function benchStartUp(bench) {
  const bareNode = { command: process.execPath, args: ['-e', '0'] };
  const subjects = [
    { name: verdicts.BARE_NODE_RUN, missing: undefined, run: () => measureTime(bareNode) },
    { name: verdicts.VERSION_RUN, missing: whyNoDvrscope(), run: () => measureTime(dvrscope(['--version'])) },
  ];
  bench.say(`start-up, ${START_UP_RUNS} runs`);
  const results = await measureInTurn(subjects, START_UP_RUNS, () => {});
  bench.findings.startUp = results;
  bench.print(`\nstart-up, ${START_UP_RUNS} runs\n\n${timeTable([...results.values()])}`);
}

/** @param {Bench} bench */
export async function benchFirstOutput(bench) {
  const { path } = await openCapture(bench, 'monitor-1gb');
  const run = () => measureFirstOutput(dvrscope(['messages', path]));
  const subject = { name: verdicts.FIRST_OUTPUT_RUN, missing: whyNoDvrscope(), run };
  const results = await measureInTurn([subject], bench.runs, bench.say);
  bench.findings.firstOutput = results;
  bench.print(`\nfirst byte of output on the 1 GB capture\n\n${timeTable([...results.values()])}`);
}

/** @param {Bench} bench */
export async function benchModel(bench) {
  const findings = await benchDashboard(bench);
  if (findings !== undefined) bench.findings.dashboard = findings;
}

/** Every target, in the order of the parts. @param {Findings} findings */
export function judgeAll({ monitor, large, control, startUp, firstOutput, dashboard, mistakes }) {
  return [
    ...verdicts.judgeMonitor(monitor),
    ...verdicts.judgeLarge(large, monitor),
    ...judgeControl(control),
    ...verdicts.judgeStartUp(startUp),
    ...verdicts.judgeFirstOutput(firstOutput),
    ...judgeDashboard(dashboard),
    ...verdicts.judgeCounts(mistakes),
  ];
}

/** @param {Results | undefined} results */
function judgeControl(results) {
  return verdicts.judgeControl(results, CONTROL_MESSAGES);
}

/**
 * Made if need be, and read once so that it lies in the page cache.
 * @param {Bench} bench @param {import('./captures.mjs').CaptureName} name
 */
async function openCapture(bench, name) {
  const capture = ensureCapture(name, bench.say);
  for await (const _ of createReadStream(capture.path, { highWaterMark: 1 << 20 }));
  return capture;
}

/** @param {Bench} bench @param {import('./captures.mjs').Capture} capture @param {readonly Candidate[]} candidates */
async function readCapture({ runs, gnuTime, say, findings }, capture, candidates) {
  if (candidates.some(({ name, missing }) => name === 'dvrscope' && missing === undefined)) {
    say(`checking what dvrscope summary counts in ${capture.path}`);
    findings.mistakes = [...(findings.mistakes ?? []), ...(await checkSummary(capture))];
  }
  const subjects = candidates.map((candidate) => readingOf(candidate, capture.path, gnuTime));
  return measureInTurn(subjects, runs, say);
}

/**
 * @param {string} size @param {import('./captures.mjs').Capture} capture @param {Results} results
 * @param {readonly verdicts.Verdict[]} judged
 */
function monitorTable(size, { contents: { bytes, packets, messages } }, results, judged) {
  const work = { amount: bytes / 1e9, unit: 'GB/s' };
  return [
    `\n${size} of monitor traffic: ${count(packets)} packets, ${count(messages.media)} media messages\n`,
    rateTable([...results.values()], work, verdicts.tally(judged)),
  ].join('\n');
}
