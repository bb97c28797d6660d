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
import type { OutputFolder } from './output-folder.ts';
import { StreamFiles } from './stream-files.ts';

export const MANIFEST = 'manifest.json';

/** Writes what a capture carries beside words: video, sound, pictures, firmware, archives, texts. */
export class Extraction implements AnalysisListener {
  readonly #folder: OutputFolder;
  readonly #maker: FileMaker;
  readonly #bodies: BodyFiles;

  constructor(folder: OutputFolder, limits: ExtractLimits) {
    this.#folder = folder;
    this.#maker = new FileMaker(folder, limits);
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
