import { DEFAULT_CEILING_MIB } from '../dist/src/analysis/memory-ceiling.js';
import { alignColumns, count, megabytes } from './table.mjs';

/** What the issue asks for: a key is answered within so many milliseconds. */
const ANSWER_MS = 100;
const MiB = 1024 * 1024;

/** The run in words, and held against what is asked for. @param {import('./live-keys.mjs').KeysRun} run */
export function keysVerdict(run) {
  if (run.failure !== undefined) return run.failure;
  const { sent, sentPerSecond, bitsPerSecond, received, dropped, answers, media, cores, peakBytes, ring } =
    run;
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const longest = times.at(-1) ?? Number.NaN;
  const slowest = [...answers].sort((a, b) => b.ms - a.ms).slice(0, 3);
  const peak = peakBytes ?? Number.NaN;
  return alignColumns(
    [
      [
        'packets sent',
        count(sent),
        `${count(Math.round(sentPerSecond))}/s, ${(bitsPerSecond / 1e9).toFixed(2)} Gbit/s`,
      ],
      ['seen', count(received), `${count(dropped)} dropped`],
      [
        `answers to ${answers.length} keys`,
        `median ${milliseconds(quantile(times, 0.5))}, 95 % ${milliseconds(quantile(times, 0.95))}, longest ${milliseconds(longest)}`,
        `within ${ANSWER_MS} ms: ${longest <= ANSWER_MS ? 'met' : 'MISSED'}`,
      ],
      ['the slowest', slowest.map(({ key, ms }) => `${key} ${milliseconds(ms)}`).join(', '), ''],
      [
        `media bytes out of the ring, ${media.length} times`,
        `median ${milliseconds(
          quantile(
            [...media].sort((a, b) => a - b),
            0.5,
          ),
        )}, longest ${milliseconds(Math.max(...media))}`,
        ring,
      ],
      ['processors of the dashboard', cores?.toFixed(2) ?? '?', 'its own threads, without the engine'],
      [
        'peak memory',
        `${megabytes(peak)} MB`,
        `below ${DEFAULT_CEILING_MIB} MiB: ${peak <= DEFAULT_CEILING_MIB * MiB ? 'met' : 'MISSED'}`,
      ],
    ],
    'left',
  );
}

/** @param {number} value */
function milliseconds(value) {
  return `${value.toFixed(1)} ms`;
}

/** @param {readonly number[]} sorted @param {number} share */
function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
