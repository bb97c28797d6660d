import type { CaptureFile } from '../../../capture/capture-file.ts';
import { Extraction, MANIFEST } from '../../../extract/extraction.ts';
import type { ExtractLimits } from '../../../extract/limits.ts';
import { OutputFolder } from '../../../extract/output-folder.ts';
import type { MediaTap } from '../../../session/media-tap.ts';
import type { ExtractRequest, Outcome } from '../contract.ts';
import type { Job } from './job.ts';
import { unusablePath } from './output-file.ts';

/** What a second pass over packets is to do with the streams that are meant. */
export interface StreamTaking {
  readonly tap: MediaTap;
  /** Nothing more can be written: there is no need to go on. */
  failed(): boolean;
}

/**
 * Writes the files of media streams, as `extract` does, with a manifest. `pass` analyses the packets once more, gives the streams
 * that are meant to the tap, and answers which files it has read.
 */
export async function extractStreams(
  job: Job,
  { directory, force = false }: ExtractRequest,
  limits: ExtractLimits,
  pass: (taking: StreamTaking) => Promise<readonly CaptureFile[]>,
  notes: readonly string[] = [],
): Promise<Outcome> {
  const unusable = unusablePath(directory);
  if (unusable !== undefined) return { kind: 'refused', message: unusable };
  const folder = new OutputFolder(directory, force, limits);
  if (!force && folder.failure === undefined && folder.has(MANIFEST))
    return { kind: 'exists', path: directory };
  const extraction = new Extraction(folder, limits);
  const sources = await pass({
    tap: (stream) => extraction.tap(stream),
    failed: () => folder.failure !== undefined,
  });
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
    notes: [...notes, ...(files.length === 0 ? ['the stream carries nothing that is a file'] : [])],
  };
}
