import { measureTimeAndPeak } from './measure.mjs';

/** @typedef {import('./measure.mjs').Run} Run */

/**
 * Something to be measured.
 * @typedef {object} Subject
 * @property {string} name
 * @property {string | undefined} missing why it cannot run here
 * @property {() => Promise<Run>} run
 */

/**
 * What the runs of one subject came to; without numbers, and with the reason, when one of them failed.
 * @typedef {object} Series
 * @property {string} name
 * @property {number} [median] seconds
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [cpuSeconds] the median of user and system time together
 * @property {number} [peakBytes] the largest of all runs
 * @property {string} [failure]
 */

/**
 * Measures subjects in turn, one run of each a round, so that what slows the machine for a while slows all of them.
 * One that fails is not run again.
 * @param {readonly Subject[]} subjects @param {number} rounds @param {(text: string) => void} say
 * @returns {Promise<Map<string, Series>>} by name
 */
export async function measureInTurn(subjects, rounds, say) {
  const states = subjects.map((subject) => ({
    ...subject,
    failure: subject.missing,
    runs: /** @type {Run[]} */ ([]),
  }));
  for (let round = 1; round <= rounds; round++) {
    for (const state of states) {
      if (state.failure !== undefined) continue;
      const run = await state.run();
      state.runs.push(run);
      state.failure = run.failure;
      say(`${round}/${rounds} ${state.name}: ${run.failure ?? `${run.seconds.toFixed(3)} s`}`);
    }
  }
  return new Map(states.map(({ name, failure, runs }) => [name, summarize(name, failure, runs)]));
}

/**
 * @param {import('./peers.mjs').Candidate} candidate @param {string} file @param {string | undefined} gnuTime
 * @returns {Subject}
 */
export function readingOf(candidate, file, gnuTime) {
  return {
    name: candidate.name,
    missing: candidate.missing,
    run: async () => {
      candidate.prepare?.();
      try {
        return await measureTimeAndPeak(candidate.command(file), gnuTime);
      } finally {
        candidate.cleanUp?.();
      }
    },
  };
}

/** @param {string} name @param {string | undefined} failure @param {readonly Run[]} runs @returns {Series} */
function summarize(name, failure, runs) {
  if (failure !== undefined) return { name, failure };
  const times = runs.map(({ seconds }) => seconds);
  const median = medianOf(times);
  if (median === undefined) return { name, failure: 'not run' };
  const cpuSeconds = medianOf(runs.flatMap((run) => run.cpuSeconds ?? []));
  const peaks = runs.flatMap((run) => run.peakBytes ?? []);
  return {
    name,
    median,
    min: Math.min(...times),
    max: Math.max(...times),
    ...(cpuSeconds !== undefined && { cpuSeconds }),
    ...(peaks.length > 0 && { peakBytes: Math.max(...peaks) }),
  };
}

/** @param {readonly number[]} values @returns {number | undefined} none of an empty list */
function medianOf(values) {
  const ascending = values.toSorted((a, b) => a - b);
  const lower = ascending[(ascending.length - 1) >> 1];
  const upper = ascending[ascending.length >> 1];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}
