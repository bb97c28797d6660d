import { Extraction, MANIFEST } from '../../../extract/extraction.ts';
import { EXTRACT_LIMITS } from '../../../extract/limits.ts';
import { OutputFolder } from '../../../extract/output-folder.ts';
import type { ExtractRequest, ModelOptions, Outcome } from '../contract.ts';
import type { Job } from './job.ts';
import { unusablePath } from './output-file.ts';
import { analyseAgain } from './second-pass.ts';

/** Writes the files of one media stream, as `extract` does, with a manifest. */
export async function extractStream(
  options: ModelOptions,
  job: Job,
  request: ExtractRequest,
): Promise<Outcome> {
  const { directory, stream: wanted, force = false } = request;
  const unusable = unusablePath(directory);
  if (unusable !== undefined) return { kind: 'refused', message: unusable };
  const folder = new OutputFolder(directory, force, EXTRACT_LIMITS);
  if (!force && folder.failure === undefined && folder.has(MANIFEST))
    return { kind: 'exists', path: directory };
  const extraction = new Extraction(folder, EXTRACT_LIMITS);
  const ended = new AbortController();
  let number = 0;
  const sources = await analyseAgain(
    options,
    job,
    { message: () => folder.failure !== undefined && ended.abort() },
    {
      mediaTap: (stream) => {
        number += 1;
        return number === wanted ? extraction.tap(stream) : undefined;
      },
    },
    ended.signal,
  );
  const manifest = folder.failure === undefined ? extraction.finish(sources) : undefined;
  if (folder.failure !== undefined) {
    return folder.failure.includes('is there already')
      ? { kind: 'exists', path: directory }
      : { kind: 'refused', message: folder.failure };
  }
  if (job.cancelled) return { kind: 'cancelled' };
  const files = manifest?.files ?? [];
  return {
    kind: 'done',
    files: [...files.map(({ file }) => file), MANIFEST].map((name) => folder.pathOf(name)),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    items: files.length,
    notes: files.length === 0 ? ['the stream carries nothing that is a file'] : [],
  };
}
