import { SpoolFile } from './spool-file.ts';

/** Lengths of the two parts before each record. */
const HEAD_BYTES = 8;

export interface SpoolLimits {
  /** Bytes on disk: when they are used up, the older half makes room. */
  readonly spoolBytes: number;
  /** Bytes gathered before they are written. */
  readonly spoolBatchBytes: number;
}

/** What stands at a place of the spool; views that are good until the next call. */
export interface SpoolRecord {
  /** JSON, or nothing. */
  readonly notes: string;
  readonly body: Uint8Array;
}

/**
 * Bodies of control messages, appended to temporary files that have no name any more: they are gone with the
 * process. There are two at most, of half the room each: when the newer one is full, the older one makes room for the next.
 * Reading and writing are synchronous. What goes wrong is kept in `failure`, after which nothing more is taken; what
 * was taken before stays readable where it can be.
 */
export class BodySpool {
  /** Why nothing more is kept. */
  failure: string | undefined = undefined;
  /** Places before this one made room for others. */
  keptFrom = 1;
  readonly #folder: string;
  readonly #limits: SpoolLimits;
  #older: SpoolFile | undefined = undefined;
  #newer: SpoolFile | undefined;

  /** The files are made in `folder` and unlinked at once. */
  constructor(folder: string, limits: SpoolLimits) {
    this.#folder = folder;
    this.#limits = limits;
    // The first place is 1, so that none is 0.
    this.#newer = this.#open(1);
  }

  /** Keeps `notes` and `body[start … end)`; answers their place, or undefined where nothing more is kept. */
  add(notes: string, body: Uint8Array, start: number, end: number): number | undefined {
    const noteBytes = Buffer.byteLength(notes);
    const need = HEAD_BYTES + noteBytes + (end - start);
    const file = this.#fileFor(need);
    if (file === undefined) return undefined;
    const at = file.end;
    const space = file.reserve(need);
    space.writeUInt32LE(noteBytes, 0);
    space.writeUInt32LE(end - start, 4);
    const place = HEAD_BYTES + space.write(notes, HEAD_BYTES);
    space.set(body.subarray(start, end), place);
    file.commit(space);
    if (file.failure !== undefined) {
      this.failure = file.failure;
      return undefined;
    }
    return at;
  }

  /** The record at a place that `add` answered; undefined where it cannot be read any more. */
  read(at: number): SpoolRecord | undefined {
    const file = this.#newer !== undefined && at >= this.#newer.begin ? this.#newer : this.#older;
    if (file === undefined || at < file.begin) return undefined;
    const head = file.read(at, HEAD_BYTES);
    if (head === undefined) return undefined;
    const noteBytes = head.readUInt32LE(0);
    const bodyBytes = head.readUInt32LE(4);
    const record = file.read(at + HEAD_BYTES, noteBytes + bodyBytes);
    if (record === undefined) return undefined;
    return { notes: record.toString('utf8', 0, noteBytes), body: record.subarray(noteBytes) };
  }

  close(): void {
    this.#older?.close();
    this.#newer?.close();
    this.failure ??= 'the model is closed';
  }

  /** The file that has room for so many bytes, made if need be. */
  #fileFor(bytes: number): SpoolFile | undefined {
    if (this.failure !== undefined || this.#newer === undefined) return undefined;
    const most = this.#limits.spoolBytes / 2;
    if (this.#newer.bytes + bytes <= most) return this.#newer;
    if (bytes > most) return undefined;
    this.#older?.close();
    this.#older = this.#newer;
    this.keptFrom = this.#older.begin;
    this.#newer = this.#open(this.#older.end);
    return this.#newer;
  }

  #open(begin: number): SpoolFile | undefined {
    const file = new SpoolFile(this.#folder, begin, this.#limits.spoolBatchBytes);
    if (file.failure === undefined) return file;
    this.failure = file.failure;
    return undefined;
  }
}
