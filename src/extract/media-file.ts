import type { ExtractedFile } from '../report/records/manifest-schema.ts';
import type { OutputFile, OutputFolder } from './output-folder.ts';

/** A file of an extraction while it grows, with what its manifest entry will say. */
export class MediaFile {
  readonly content: ExtractedFile['content'];
  /** Name of the codec where there is one. */
  readonly codec: string | undefined;
  frames = 0;
  cutFrames = 0;
  missingBytes = 0;
  readonly gaps: { offset: number; bytes: number }[] = [];
  readonly #folder: OutputFolder;
  readonly #file: OutputFile;
  readonly #gapsListed: number;

  constructor(
    folder: OutputFolder,
    file: OutputFile,
    content: ExtractedFile['content'],
    codec: string | undefined,
    gapsListed: number,
  ) {
    this.#gapsListed = gapsListed;
    this.#folder = folder;
    this.#file = file;
    this.content = content;
    this.codec = codec;
  }

  get name(): string {
    return this.#file.name;
  }

  get bytes(): number {
    return this.#file.bytes;
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    this.#folder.write(this.#file, bytes, start, end);
  }

  gap(length: number): void {
    if (length === 0) return;
    this.missingBytes += length;
    const last = this.gaps.at(-1);
    if (last !== undefined && last.offset === this.bytes) last.bytes += length;
    else if (this.gaps.length < this.#gapsListed) this.gaps.push({ offset: this.bytes, bytes: length });
  }

  frameEnded(cut: boolean): void {
    this.frames += 1;
    if (cut) this.cutFrames += 1;
  }

  /** Closes the file, with `head` over its beginning where given. Answers its SHA-256. */
  finish(head?: Uint8Array): string | undefined {
    return this.#folder.finish(this.#file, head);
  }
}
