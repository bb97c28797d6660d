import { RingMarks } from './ring-marks.ts';
import type { MadeFile } from './spool-file.ts';

/** One file of the ring, from the moment its first packet came. Its packets are numbered without holes. */
export class RingFile {
  /** Number of its first packet, and when that was captured. */
  readonly first: number;
  readonly seconds: number;
  /** Packets that were taken for it … */
  taken = 0;
  /** … and those that are on disk. */
  written = 0;
  /** Nothing more is written to it than is written now. */
  failed = false;
  removed = false;
  made: MadeFile | undefined = undefined;
  readonly marks = new RingMarks();

  constructor(first: number, seconds: number) {
    this.first = first;
    this.seconds = seconds;
  }

  /** Number behind its last packet. */
  get end(): number {
    return this.first + (this.failed ? this.written : this.taken);
  }
}

/** What became of packets: all of them are kept, one has left the ring, or one was left out. */
export type Whereabouts = 'kept' | 'gone' | 'left-out';

/** Which packets are in which file. */
export class RingFiles {
  #files: RingFile[] = [];
  #removed = 0;

  add(file: RingFile): void {
    this.#files.push(file);
  }

  /** A file was removed to make room. */
  sweep(): void {
    const { length } = this.#files;
    this.#files = this.#files.filter(({ removed }) => !removed);
    this.#removed += length - this.#files.length;
  }

  /** The oldest of which a packet may be there. */
  get oldest(): RingFile | undefined {
    return this.#files.find((file) => file.end > file.first);
  }

  /** Of packets `first` to `last`; of a gap between them nothing is said. */
  whereabouts(first: number, last: number): Whereabouts {
    const begin = this.#whereabouts(first);
    return begin === 'kept' ? this.#whereabouts(last) : begin;
  }

  /** The files that hold packets `from` to `to`. */
  between(from: number, to: number): readonly RingFile[] {
    return this.#files.slice(Math.max(0, this.#placeOf(from))).filter(({ first }) => first <= to);
  }

  #whereabouts(number: number): Whereabouts {
    const file = this.#files[this.#placeOf(number)];
    if (file === undefined) return this.#removed > 0 ? 'gone' : 'left-out';
    return number < file.end ? 'kept' : 'left-out';
  }

  /** Place of the last file that begins at a packet or before it; -1 where none does. */
  #placeOf(number: number): number {
    return this.#files.findLastIndex(({ first }) => first <= number);
  }
}
