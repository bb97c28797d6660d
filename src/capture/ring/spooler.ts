import { PIECE_BYTES, type RingLimits, SPARE_PIECES } from './limits.ts';
import type { RingFile } from './ring-files.ts';
import { removeMade, SpoolFile } from './spool-file.ts';

/** Pieces written in one call of the system: a disk that is behind catches up. */
const PIECES_AT_ONCE = 16;

/** Where a file goes: `path(0)`, and if that is taken `path(1)`, …; or one path that is replaced. */
export interface FileWish {
  readonly path: (attempt: number) => string;
  readonly replace: boolean;
  /** Told what becomes of it. */
  readonly file: RingFile;
}

export interface SpoolerEvents {
  opened(path: string, file: RingFile): void;
  /** Nothing more of the present file is written; it is whole up to the last piece before. */
  failed(path: string, why: string): void;
  /** A file was removed to make room. */
  removed(): void;
}

/** A part of the file, and of how many packets. */
interface Piece {
  readonly kind: 'write';
  readonly piece: Buffer;
  readonly length: number;
  readonly packets: number;
}

type Job =
  | { readonly kind: 'open'; readonly wish: FileWish }
  | Piece
  | { readonly kind: 'close' }
  | { readonly kind: 'keep'; readonly files: number }
  | { readonly kind: 'tell'; readonly tell: () => void };

/** A file that is being written. */
interface Writing {
  readonly file: RingFile;
  readonly path: string;
  readonly spool: SpoolFile;
}

/**
 * Does in the background, one after the other, what the ring wants of the disk, so that a slow disk never holds up
 * the capture. Once something failed, the rest of that file is passed over.
 */
export class Spooler {
  /** Files on disk, the oldest first. */
  readonly made: RingFile[] = [];
  /** Files that were removed to make room. */
  removed = 0;
  /** Bytes on disk, and how many packets they are. */
  bytes = 0;
  packets = 0;
  /** Packets of pieces that were passed over. */
  lost = 0;
  readonly #events: SpoolerEvents;
  readonly #limits: RingLimits;
  readonly #jobs: Job[] = [];
  readonly #free: Buffer[] = [];
  #waitingBytes = 0;
  #working = false;
  #writing: Writing | undefined = undefined;
  #idle: () => void = () => undefined;

  constructor(limits: RingLimits, events: SpoolerEvents) {
    this.#limits = limits;
    this.#events = events;
  }

  open(wish: FileWish): void {
    this.#push({ kind: 'open', wish });
  }

  /** Takes a copy of so many packets; false when too much waits already, and then the file is to be closed. */
  write(bytes: Uint8Array, packets: number): boolean {
    if (this.#waitingBytes + bytes.length > this.#limits.waitingBytes) {
      this.lost += packets;
      return false;
    }
    const large = bytes.length > PIECE_BYTES;
    const piece = large
      ? Buffer.allocUnsafe(bytes.length)
      : (this.#free.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES));
    piece.set(bytes);
    this.#waitingBytes += bytes.length;
    this.#push({ kind: 'write', piece, length: bytes.length, packets });
    return true;
  }

  close(): void {
    this.#push({ kind: 'close' });
  }

  /** Removes the oldest files beyond so many. */
  keep(files: number): void {
    this.#push({ kind: 'keep', files });
  }

  /** Resolves when what was handed on so far is on disk, or has failed. */
  written(): Promise<void> {
    return new Promise((tell) => this.#push({ kind: 'tell', tell }));
  }

  /** Resolves when all of it is done. */
  done(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle = resolve;
      if (!this.#working) resolve();
    });
  }

  #push(job: Job): void {
    this.#jobs.push(job);
    if (this.#working) return;
    this.#working = true;
    void this.#work();
  }

  async #work(): Promise<void> {
    for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) await this.#do(job);
    this.#working = false;
    this.#idle();
  }

  async #do(job: Job): Promise<void> {
    switch (job.kind) {
      case 'open':
        this.#writing = await this.#open(job.wish);
        break;
      case 'write':
        await this.#write(job);
        break;
      case 'close':
        await this.#close();
        break;
      case 'keep':
        await this.#remove(job.files);
        break;
      case 'tell':
        job.tell();
        break;
    }
  }

  async #open({ path, replace, file }: FileWish): Promise<Writing | undefined> {
    for (let attempt = 0; ; attempt++) {
      const name = path(attempt);
      try {
        const spool = await SpoolFile.make(name, replace);
        file.made = spool.made;
        const known = this.made.findIndex(({ made }) => made?.path === name);
        if (known !== -1) this.made.splice(known, 1);
        this.made.push(file);
        this.#events.opened(name, file);
        return { file, path: name, spool };
      } catch (error) {
        if (codeOf(error) === 'EEXIST' && !replace && attempt < this.#limits.nameAttempts) continue;
        file.failed = true;
        this.#events.failed(name, wordsOf(error));
        return undefined;
      }
    }
  }

  /** Writes a piece, and those that wait behind it for the same file: one call for some megabytes. */
  async #write(first: Piece): Promise<void> {
    const pieces = [first];
    for (let next = this.#jobs[0]; next?.kind === 'write'; next = this.#jobs[0]) {
      if (pieces.length >= PIECES_AT_ONCE) break;
      pieces.push(next);
      this.#jobs.shift();
    }
    const writing = this.#writing;
    let written = 0;
    let failure: unknown;
    if (writing !== undefined) {
      try {
        written = await writing.spool.writeTogether(
          pieces.map(({ piece, length }) => piece.subarray(0, length)),
        );
        // What was not written whole is tried once more by itself: the error says why.
        for (const { piece, length } of pieces.slice(written)) {
          await writing.spool.write(piece, length);
          written += 1;
        }
      } catch (error) {
        failure = error;
      }
    }
    for (const [at, piece] of pieces.entries()) this.#count(piece, at < written, writing?.file);
    if (writing === undefined || failure === undefined) return;
    writing.file.failed = true;
    await this.#close();
    this.#events.failed(writing.path, wordsOf(failure));
  }

  #count({ piece, length, packets }: Piece, written: boolean, file: RingFile | undefined): void {
    if (written) {
      this.bytes += length;
      this.packets += packets;
      if (file !== undefined) file.written += packets;
    } else {
      this.lost += packets;
    }
    this.#waitingBytes -= length;
    if (piece.length === PIECE_BYTES && this.#free.length < SPARE_PIECES) this.#free.push(piece);
  }

  async #close(): Promise<void> {
    const writing = this.#writing;
    this.#writing = undefined;
    try {
      await writing?.spool.close();
    } catch (error) {
      if (writing !== undefined) this.#events.failed(writing.path, wordsOf(error));
    }
  }

  async #remove(keep: number): Promise<void> {
    while (this.made.length > keep) {
      const oldest = this.made.shift();
      if (oldest?.made === undefined) return;
      this.removed += 1;
      oldest.removed = true;
      this.#events.removed();
      // Somebody else may have removed it, or the folder.
      await removeMade(oldest.made).catch(() => undefined);
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ELOOP: 'it is a symbolic link',
  EISDIR: 'it is a directory',
  ENOENT: 'the folder is not there',
  ENXIO: 'it is no regular file',
};

function wordsOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined) return WORDS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}
