import type { AnalysisListener } from '../analysis/analysis.ts';
import type { CaptureFile } from '../capture/read-captures.ts';
import type { Flow } from '../reassembly/flow.ts';
import type { Manifest } from '../report/records/manifest-schema.ts';
import type { MediaStream } from '../session/media-stream.ts';
import type { MediaConsumer } from '../session/media-tap.ts';
import type { Message } from '../session/message.ts';
import { BodyFiles } from './body-files.ts';
import { FileMaker } from './file-maker.ts';
import type { ExtractLimits } from './limits.ts';
import { makeMp4 } from './mp4.ts';
import type { OutputFolder } from './output-folder.ts';
import { Recordings } from './recordings.ts';
import { StreamFiles } from './stream-files.ts';

export const MANIFEST = 'manifest.json';

/** Writes what a capture carries beside words: video, sound, pictures, firmware, archives, texts. */
export class Extraction implements AnalysisListener {
  readonly #folder: OutputFolder;
  readonly #maker: FileMaker;
  readonly #bodies: BodyFiles;
  readonly #recordings: Recordings | undefined;

  /** `recorded`: the times of all frames are kept, for `makeRecordings`. */
  constructor(folder: OutputFolder, limits: ExtractLimits, recorded = false) {
    this.#folder = folder;
    this.#recordings = recorded ? new Recordings(limits.framesTimed) : undefined;
    this.#maker = new FileMaker(folder, limits, this.#recordings);
    this.#bodies = new BodyFiles(this.#maker);
  }

  /** To be given to the analysis as `mediaTap`. */
  tap(stream: MediaStream): MediaConsumer {
    return new StreamFiles(stream, this.#maker);
  }

  message(message: Message): void {
    this.#bodies.message(message);
  }

  flowEnded(flow: Flow): void {
    this.#bodies.flowEnded(flow.number);
  }

  /** Makes the MP4 files, when the analysis has ended and before `finish`. Answers what failed, a line each. */
  async makeRecordings(): Promise<string[]> {
    const failures: string[] = [];
    for (const recording of this.#recordings?.all ?? []) {
      const mp4 = await makeMp4(recording, this.#folder);
      if (mp4?.entry !== undefined) this.#maker.files.push(mp4.entry);
      if (mp4?.failure !== undefined) failures.push(`${mp4.name}: ffmpeg: ${mp4.failure}`);
    }
    return failures;
  }

  /** Writes the manifest, when the analysis has ended, and answers it. */
  finish(sources: readonly CaptureFile[]): Manifest {
    this.#bodies.end();
    const manifest: Manifest = {
      schema: 'dvrscope.extract/1',
      sources: sources.map(({ path, bytes, packets }) => ({ path, bytes, packets })),
      files: this.#maker.files.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
      leftOut: this.#maker.leftOut,
    };
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    const file = this.#folder.create(MANIFEST);
    if (file !== undefined) {
      this.#folder.write(file, text, 0, text.length);
      this.#folder.finish(file);
    }
    return manifest;
  }
}
