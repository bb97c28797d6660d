import type { Packet } from '../../../dissectors/core/packet.ts';
import type { CaptureInterface, CaptureSink } from '../capture-file.ts';
import { type Chunk, ChunkRing } from '../chunk-ring.ts';
import { MAGIC_BYTES, recogniseFormat } from '../format.ts';
import { CAPTURE_LIMITS, type CaptureLimits, CHUNK_BYTES } from '../limits.ts';
import { PcapParser } from '../pcap-parser.ts';
import { PcapngParser } from '../pcapng-parser.ts';
import type { Damage, RecordParser } from '../record-parser.ts';
import { hexBytes } from '../wording.ts';

/** Numbers of packets are never used up: what counts them stops at 2^53. */
const NO_END = 2 ** 52;

/**
 * The read buffers of all interfaces together. Each piece is appended to the newest, behind the beginning of a record that
 * the piece before it left unfinished, so that every record is in one piece and the last chunks stay intact
 * (RECENT_CHUNKS), from whichever interface they came.
 */
export class LiveChunks {
  readonly #ring = new ChunkRing(CHUNK_BYTES);
  #chunk: Chunk = this.#ring.take();
  #end = 0;

  get number(): number {
    return this.#chunk.number;
  }

  get buffer(): Buffer {
    return this.#chunk.buffer;
  }

  /** Most bytes that {@link LiveChunks.reserve} has room for. */
  get most(): number {
    return this.#chunk.buffer.length;
  }

  /** Where `bytes` may be written in `buffer`. */
  reserve(bytes: number): number {
    if (this.#chunk.buffer.length - this.#end < bytes) {
      this.#chunk = this.#ring.take();
      this.#end = 0;
    }
    const start = this.#end;
    this.#end += bytes;
    return start;
  }
}

/** Cuts the bytes of one engine's run into records. */
export class RecordReader {
  parser: RecordParser | undefined;
  damage: Damage | undefined;
  bytes = 0;
  readonly #file: number;
  readonly #packet: Packet;
  readonly #sink: CaptureSink;
  readonly #chunks: LiveChunks;
  readonly #limits: CaptureLimits;
  /** What is left of the pieces before: the beginning of a record, in `#rest[0 … #restBytes)`. */
  #rest = Buffer.allocUnsafeSlow(4096);
  #restBytes = 0;

  /** `file` is what `Packet.file` shall be. */
  constructor(
    file: number,
    packet: Packet,
    sink: CaptureSink,
    chunks: LiveChunks,
    limits: CaptureLimits = CAPTURE_LIMITS,
  ) {
    this.#limits = limits;
    this.#file = file;
    this.#packet = packet;
    this.#sink = sink;
    this.#chunks = chunks;
  }

  /** Takes `piece[0 … length)`, which may be used anew afterwards. Nothing once there is damage. */
  push(piece: Buffer, length: number): void {
    if (this.damage !== undefined) return;
    this.bytes += length;
    const together = this.#restBytes + length;
    if (this.parser === undefined && together < MAGIC_BYTES) {
      this.#keep(piece, 0, length);
    } else if (together <= this.#chunks.most) {
      const start = this.#chunks.reserve(together);
      const { buffer } = this.#chunks;
      this.#rest.copy(buffer, start, 0, this.#restBytes);
      piece.copy(buffer, start + this.#restBytes, 0, length);
      const used = this.#parse(buffer, start, start + together);
      this.#restBytes = 0;
      this.#keep(buffer, start + used, start + together);
    } else {
      // A record larger than a chunk grows where it is.
      this.#keep(piece, 0, length);
      const used = this.#parse(this.#rest, 0, together);
      this.#rest.copyWithin(0, used, together);
      this.#restBytes = together - used;
    }
  }

  /** No more bytes will come. */
  finish(): void {
    if (this.damage !== undefined) return;
    if (this.parser === undefined) this.#recognise(this.#rest, 0, this.#restBytes);
    this.damage ??= this.parser?.finish(this.#rest, 0, this.#restBytes);
  }

  interfaces(): readonly CaptureInterface[] {
    return this.parser?.interfaces() ?? [];
  }

  #parse(bytes: Buffer, start: number, end: number): number {
    const parser = this.parser ?? this.#recognise(bytes, start, end);
    if (parser === undefined) return end - start;
    const packet = this.#packet;
    packet.file = this.#file;
    packet.chunk = this.#chunks.number;
    const used = parser.push(bytes, start, end);
    this.damage = parser.damage;
    return used;
  }

  #recognise(bytes: Buffer, start: number, end: number): RecordParser | undefined {
    const head = bytes.subarray(start, Math.min(end, start + MAGIC_BYTES));
    const format = recogniseFormat(head);
    if (format.kind === 'pcap') {
      this.parser = new PcapParser(this.#packet, this.#sink, NO_END, this.#limits);
    } else if (format.kind === 'pcapng') {
      this.parser = new PcapngParser(this.#packet, this.#sink, NO_END, this.#limits);
    } else if (head.length === 0) {
      this.damage = { code: 'empty', offset: 0, text: 'ended without a byte; expected pcap or pcapng' };
    } else {
      const text = `no capture: it begins with ${hexBytes(head.subarray(0, 4))}; expected pcap or pcapng`;
      this.damage = { code: 'not-a-capture', offset: 0, text };
    }
    return this.parser;
  }

  /** Adds `from[start … end)` to the rest. */
  #keep(from: Buffer, start: number, end: number): void {
    const together = this.#restBytes + end - start;
    if (together > this.#rest.length) {
      const larger = Buffer.allocUnsafeSlow(2 * together);
      this.#rest.copy(larger, 0, 0, this.#restBytes);
      this.#rest = larger;
    }
    from.copy(this.#rest, this.#restBytes, start, end);
    this.#restBytes = together;
  }
}
