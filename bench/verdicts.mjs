import { count, megabytes, seconds } from './table.mjs';

/** @typedef {ReadonlyMap<string, import('./series.mjs').Series>} Results by name */
/** @typedef {{ target: string, measured: string, verdict: 'met' | 'MISSED' | 'not measured' }} Verdict */

const TCPDUMP_RATIO = 1.5;
const CHECK_RATIO = 1.2;
const PEAK_BYTES = 200e6;
/** Four times the bytes; a tenth more is the measuring error. */
const LARGE_TIME_RATIO = 4 * 1.1;
const LARGE_PEAK_RATIO = 1.1;
const MESSAGES_PER_SECOND = 150_000;
const START_UP_RATIO = 1.5;
const FIRST_OUTPUT_SECONDS = 0.5;

/** Names of the series that are no candidate's. */
export const VERSION_RUN = 'dvrscope --version';
export const BARE_NODE_RUN = 'node -e 0';
export const FIRST_OUTPUT_RUN = 'dvrscope messages F';

/** @param {number} value */
const inSeconds = (value) => `${seconds(value)} s`;

/** @param {Results | undefined} results of the 1 GB capture @returns {Verdict[]} */
export function judgeMonitor(results) {
  const own = results?.get('dvrscope');
  return [
    within(
      '1 GB: at most 1.5 x the time of tcpdump',
      own?.median,
      results?.get('tcpdump')?.median,
      TCPDUMP_RATIO,
    ),
    below('1 GB: less time than tcpflow', own?.median, results?.get('tcpflow')?.median, inSeconds),
    within(
      '1 GB: check at most 1.2 x the time of summary',
      results?.get('check')?.median,
      own?.median,
      CHECK_RATIO,
    ),
    below('1 GB: peak below 200 MB', own?.peakBytes, PEAK_BYTES, (bytes) => `${megabytes(bytes)} MB`),
  ];
}

/** @param {Results | undefined} results of the 4 GB capture @param {Results | undefined} monitor of the 1 GB one @returns {Verdict[]} */
export function judgeLarge(results, monitor) {
  const own = results?.get('dvrscope');
  const small = monitor?.get('dvrscope');
  return [
    within('4 GB: 4 x the time of 1 GB (+10 %)', own?.median, small?.median, LARGE_TIME_RATIO),
    within('4 GB: no more memory than 1 GB (+10 %)', own?.peakBytes, small?.peakBytes, LARGE_PEAK_RATIO),
  ];
}

/** @param {Results | undefined} results @param {number} messages in the capture @returns {Verdict[]} */
export function judgeControl(results, messages) {
  const median = results?.get('dvrscope')?.median;
  const target = `control: ${count(MESSAGES_PER_SECOND)} messages/s or more`;
  if (median === undefined) return [notMeasured(target)];
  const rate = messages / median;
  return [verdict(target, `${count(rate)} messages/s`, rate >= MESSAGES_PER_SECOND)];
}

/** @param {Results | undefined} results @returns {Verdict[]} */
export function judgeStartUp(results) {
  const own = results?.get(VERSION_RUN)?.median;
  return [
    within('--version: at most 1.5 x node -e 0', own, results?.get(BARE_NODE_RUN)?.median, START_UP_RATIO),
  ];
}

/** @param {Results | undefined} results @returns {Verdict[]} */
export function judgeFirstOutput(results) {
  const own = results?.get(FIRST_OUTPUT_RUN)?.median;
  return [below('messages, 1 GB: first output in under half a second', own, FIRST_OUTPUT_SECONDS, inSeconds)];
}

/** @param {readonly string[] | undefined} mistakes what `summary` got wrong; absent when it was not run @returns {Verdict[]} */
export function judgeCounts(mistakes) {
  const target = 'summary counts what was put in';
  if (mistakes === undefined) return [notMeasured(target)];
  return [verdict(target, mistakes.join('; ') || 'all counts right', mistakes.length === 0)];
}

/** «2 met, 1 MISSED»; empty when nothing was measured. @param {readonly Verdict[]} verdicts */
export function tally(verdicts) {
  const met = verdicts.filter((each) => each.verdict === 'met').length;
  const missed = verdicts.filter((each) => each.verdict === 'MISSED').length;
  return [met > 0 ? `${met} met` : '', missed > 0 ? `${missed} MISSED` : ''].filter(Boolean).join(', ');
}

/**
 * @param {string} target @param {number | undefined} value @param {number | undefined} base
 * @param {number} limit of their ratio
 */
function within(target, value, base, limit) {
  if (value === undefined || base === undefined) return notMeasured(target);
  return verdict(target, `${(value / base).toFixed(2)} x`, value / base <= limit);
}

/**
 * @param {string} target @param {number | undefined} value @param {number | undefined} limit
 * @param {(value: number) => string} show
 */
function below(target, value, limit, show) {
  if (value === undefined || limit === undefined) return notMeasured(target);
  return verdict(target, `${show(value)} against ${show(limit)}`, value < limit);
}

/** @param {string} target @param {string} measured @param {boolean} isMet @returns {Verdict} */
function verdict(target, measured, isMet) {
  return { target, measured, verdict: isMet ? 'met' : 'MISSED' };
}

/** @param {string} target @returns {Verdict} */
function notMeasured(target) {
  return { target, measured: '', verdict: 'not measured' };
}
