import { stat } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { Packet } from '../../../../dissectors/core/packet.ts';
import { Analysis, type AnalysisListener, type AnalysisOptions } from '../../../analysis/analysis.ts';
import { type CaptureFile, readCaptures } from '../../../capture/read-captures.ts';
import { analysisOptions } from '../analysis-options.ts';
import type { ModelOptions } from '../contract.ts';
import { modelRunLimits } from '../run-limits.ts';
import type { Job } from './job.ts';

/** Why these captures cannot be read a second time; undefined where they can. */
export async function readableOnce({ paths }: ModelOptions): Promise<string | undefined> {
  for (const path of paths) {
    if (path === '-') return 'standard input can be read only once';
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined && !stats.isFile()) return 'a pipe can be read only once';
  }
  return undefined;
}

/**
 * Hands every packet of the captures to `take` once more. Ends early when the job is cancelled, or `ended` is aborted.
 */
export async function readPackets(
  { paths, maxPackets, limits }: ModelOptions,
  job: Job,
  take: (packet: Packet) => void,
  ended?: AbortSignal,
): Promise<readonly CaptureFile[]> {
  return readCaptures(
    paths,
    { packet: take, drained: () => turn() },
    {
      signal: ended === undefined ? job.signal : AbortSignal.any([job.signal, ended]),
      onProgress: (read, total) => job.reached(read, total ?? 0),
      limits: modelRunLimits(limits).capture,
      ...(maxPackets !== undefined && { maxPackets }),
    },
  );
}

/** Analyses the captures once more: flows, messages and streams come in the same order, under the same numbers. */
export async function analyseAgain(
  options: ModelOptions,
  job: Job,
  listener: AnalysisListener,
  wishes: Pick<AnalysisOptions, 'keptMediaBytes' | 'mediaTap'>,
  ended?: AbortSignal,
): Promise<readonly CaptureFile[]> {
  const analysis = new Analysis({ ...analysisOptions(options), ...wishes }, listener);
  const files = await readPackets(options, job, (packet) => analysis.push(packet), ended);
  analysis.end();
  return files;
}
