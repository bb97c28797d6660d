import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @typedef {{ command: string, args: readonly string[] }} Command */

/**
 * One run of a command.
 * @typedef {object} Run
 * @property {number} seconds wall time, from the start of the process to its end
 * @property {number | undefined} peakBytes largest resident set
 * @property {number | undefined} cpuSeconds user and system time together, known by GNU time only
 * @property {string | undefined} failure why the run does not count
 */

/** Far above what any candidate takes; a hung one must not hang the benchmark. */
const LIMIT_MS = 15 * 60_000;
const POLL_MS = 10;
/** What GNU time is asked to print. */
const REPORT_FORMAT = 'peak %M KiB cpu %U %S';
const REPORT = /peak (\d+) KiB cpu ([\d.]+) ([\d.]+)\n$/;
const KEPT_ERROR_CHARACTERS = 4000;
const SHOWN_ERROR_CHARACTERS = 100;

/**
 * Runs a command with its output thrown away.
 *
 * The peak is the kernel's own (`ru_maxrss`) where GNU time is at hand to ask for it. Elsewhere it is the last `VmHWM`
 * of /proc/PID/status, which only grows, read each 10 ms; what was taken in the last 10 ms may be missing.
 *
 * @param {Command} command
 * @param {string | undefined} gnuTime path of GNU time
 * @returns {Promise<Run>}
 */
export function measureTimeAndPeak({ command, args }, gnuTime) {
  if (gnuTime === undefined) return runOnce(command, args, 'poll');
  // -q: says nothing of the exit code, which it hands on. Its line is the last one on standard error.
  return runOnce(gnuTime, ['-q', '-f', REPORT_FORMAT, command, ...args], 'reported');
}

/** As above without the peak, and with nothing else that takes time. @param {Command} command */
export function measureTime({ command, args }) {
  return runOnce(command, args, 'none');
}

/**
 * Wall time from start to the first byte on standard output; then the command is killed.
 * @param {Command} command
 * @returns {Promise<Run>}
 */
export function measureFirstOutput({ command, args }) {
  return new Promise((resolve) => {
    const begin = process.hrtime.bigint();
    const none = { peakBytes: undefined, cpuSeconds: undefined };
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let seconds = Number.NaN;
    const errors = keepTail(child.stderr);
    child.stdout.once('data', () => {
      seconds = secondsSince(begin);
      child.stdout.destroy();
      child.kill('SIGKILL');
    });
    child.once('error', (error) => resolve({ ...none, seconds, failure: error.message }));
    child.once('close', (code) => {
      const failure = Number.isNaN(seconds) ? explain(code, null, errors()) || 'no output' : undefined;
      resolve({ ...none, seconds, failure });
    });
  });
}

/** The path of GNU time, which BusyBox's and the shell's are not. @param {string | undefined} path */
export function asGnuTime(path) {
  const asked = path === undefined ? undefined : spawnSync(path, ['--version'], { encoding: 'utf8' });
  return asked && `${asked.stdout}${asked.stderr}`.includes('GNU') ? path : undefined;
}

/** @param {string} command @param {readonly string[]} args @param {'poll' | 'reported' | 'none'} peak @returns {Promise<Run>} */
function runOnce(command, args, peak) {
  return new Promise((resolve) => {
    const begin = process.hrtime.bigint();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const errors = keepTail(child.stderr);
    let seconds = Number.NaN;
    /** @type {number | undefined} */
    let peakBytes;
    const samplePeak = () => {
      peakBytes = residentPeak(child.pid) ?? peakBytes;
    };
    const polling = peak === 'poll' ? setInterval(samplePeak, POLL_MS) : undefined;
    const limit = setTimeout(() => kill(child), LIMIT_MS);
    const finish = () => {
      clearInterval(polling);
      clearTimeout(limit);
    };
    child.once('error', (error) => {
      finish();
      resolve({ seconds, peakBytes, cpuSeconds: undefined, failure: error.message });
    });
    child.once('exit', () => {
      seconds = secondsSince(begin);
      finish();
    });
    child.once('close', (code, signal) => {
      const [line, kib, user, system] = (peak === 'reported' && REPORT.exec(errors())) || [''];
      const failure = explain(code, signal, errors().slice(0, errors().length - line.length));
      const cpuSeconds = user && system ? Number(user) + Number(system) : undefined;
      resolve({ seconds, peakBytes: peakBytes ?? kibibytes(kib), cpuSeconds, failure });
    });
  });
}

/** Kills what runs under GNU time rather than GNU time itself, which would leave it behind. */
function kill(/** @type {import('node:child_process').ChildProcess} */ child) {
  try {
    const below = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
    if (below === '') child.kill('SIGKILL');
    else for (const pid of below.split(' ')) process.kill(Number(pid), 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // this kernel keeps no such list, or the command has just ended
  }
}

/** @param {number | null} code @param {string | null} signal @param {string} errors */
function explain(code, signal, errors) {
  if (code === 0) return undefined;
  const lines = errors.trim().split('\n');
  // Node prints the stack and its own version behind the message.
  const message = (lines.find((line) => /Error\b/.test(line)) ?? lines.at(-1) ?? '').slice(
    0,
    SHOWN_ERROR_CHARACTERS,
  );
  return [signal ? `killed by ${signal}` : `exit ${code}`, message].filter(Boolean).join(': ');
}

/** @param {import('node:stream').Readable} stream @returns {() => string} */
function keepTail(stream) {
  let tail = '';
  stream.setEncoding('utf8').on('data', (text) => {
    tail = (tail + text).slice(-KEPT_ERROR_CHARACTERS);
  });
  return () => tail;
}

/** @param {number | undefined} pid */
function residentPeak(pid) {
  try {
    return kibibytes(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined; // it has just ended
  }
}

/** @param {string | undefined} text */
function kibibytes(text) {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? undefined : value * 1024;
}

/** @param {bigint} begin */
function secondsSince(begin) {
  return Number(process.hrtime.bigint() - begin) / 1e9;
}
