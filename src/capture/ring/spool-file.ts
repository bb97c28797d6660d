import { constants } from 'node:fs';
import { type FileHandle, lstat, open, unlink } from 'node:fs/promises';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;

/** Bytes of captures are nobody else's business. */
const MODE = 0o600;

/** A file on disk that we made, and what it was when we made it: only that is ever removed. */
export interface MadeFile {
  readonly path: string;
  readonly device: number;
  readonly inode: number;
}

/** One file being written, block after block. */
export class SpoolFile {
  readonly made: MadeFile;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(path: string, handle: FileHandle, device: number, inode: number) {
    this.made = { path, device, inode };
    this.#handle = handle;
  }

  /**
   * Makes the file anew, never through a symbolic link. `replace`: a regular file that is there is emptied first.
   * Rejects with an error of the system, or because what is there is no regular file.
   */
  static async make(path: string, replace: boolean): Promise<SpoolFile> {
    const flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | (replace ? 0 : O_EXCL);
    const handle = await open(path, flags, MODE);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new Error('it is no regular file');
      if (stats.size > 0) await handle.truncate(0);
      return new SpoolFile(path, handle, stats.dev, stats.ino);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Writes all of a piece, or rejects; what came before it stays whole. */
  async write(piece: Uint8Array, length: number): Promise<void> {
    for (let at = 0; at < length; ) {
      const { bytesWritten } = await this.#handle.write(piece, at, length - at, this.#bytes + at);
      at += bytesWritten;
    }
    this.#bytes += length;
  }

  /** Writes pieces at once; answers how many of them are written whole, which may be fewer when the disk is full. */
  async writeTogether(pieces: readonly Uint8Array[]): Promise<number> {
    let { bytesWritten: left } = await this.#handle.writev([...pieces], this.#bytes);
    let whole = 0;
    for (const { length } of pieces) {
      if (left < length) break;
      left -= length;
      this.#bytes += length;
      whole += 1;
    }
    return whole;
  }

  /** Ends the file behind the last piece that was written whole. */
  async close(): Promise<void> {
    try {
      await this.#handle.truncate(this.#bytes);
    } finally {
      await this.#handle.close();
    }
  }
}

/** Removes a file if it is still the one that we made. */
export async function removeMade({ path, device, inode }: MadeFile): Promise<void> {
  const stats = await lstat(path);
  if (stats.dev === device && stats.ino === inode) await unlink(path);
}
