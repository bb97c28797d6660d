import type { Packet } from '../../dissectors/core/packet.ts';
import type { ByteSource } from './byte-source.ts';
import type { CaptureFile, CaptureSink } from './capture-file.ts';
import { type Chunk, type ChunkRing, HEADROOM } from './chunk-ring.ts';
import { DecompressingSource, findDecompressor, SwollenError } from './decompressor.ts';
import { type FileFormat, MAGIC_BYTES, recogniseFormat } from './format.ts';
import type { CaptureLimits } from './limits.ts';
import { openSource, reason } from './open-source.ts';
import { PcapParser } from './pcap-parser.ts';
import { PcapngParser } from './pcapng-parser.ts';
import type { Damage, RecordParser } from './record-parser.ts';
import { byteCount, count, fileName, hexBytes } from './wording.ts';

/** What reading one file needs from outside; shared by all files of a run. */
export interface ReadJob {
  readonly ring: ChunkRing;
  /** The one view; its `number` counts on from file to file. */
  readonly packet: Packet;
  readonly sink: CaptureSink;
  /** Reading ends when this many packets of the file were handed over. */
  readonly most: number;
  readonly limits: CaptureLimits;
  readonly signal?: AbortSignal | undefined;
  /** Called after each chunk with the bytes read of this file. */
  readonly progress?: ((bytes: number) => void) | undefined;
}

/** Reads one capture to its end, its damage, the job's last packet or its abort. Never rejects for the file's sake. */
export async function readFile(path: string, job: ReadJob): Promise<CaptureFile> {
  const opened = await openSource(path);
  if ('code' in opened) {
    const message = `${fileName(path)}: ${opened.text}`;
    const error = { code: opened.code, message, offset: 0 };
    return { path, format: 'unknown', bytes: 0, packets: 0, interfaces: [], error };
  }
  const reading = new FileReading(opened.source, job);
  const interrupt = (): void => reading.interrupt();
  job.signal?.addEventListener('abort', interrupt, { once: true });
  // It may have been aborted while the file was opened.
  if (job.signal?.aborted === true) interrupt();
  try {
    const before = job.packet.number;
    const damage = await reading.run();
    return {
      path,
      format: reading.parser?.format ?? 'unknown',
      ...(reading.compression !== undefined && { compression: reading.compression }),
      bytes: reading.bytesRead,
      packets: job.packet.number - before - (reading.parser?.otherRecords ?? 0),
      interfaces: reading.parser?.interfaces() ?? [],
      ...(damage !== undefined && {
        error: { code: damage.code, message: wordDamage(path, damage), offset: damage.offset },
      }),
    };
  } finally {
    job.signal?.removeEventListener('abort', interrupt);
    await reading.close();
  }
}

/** A chunk on its way, and how many bytes it will bring. */
interface Arrival {
  readonly chunk: Chunk;
  readonly bytes: Promise<number>;
}

/** One file being read: the next chunks are fetched while the present one is parsed. */
class FileReading {
  parser: RecordParser | undefined;
  compression: 'gzip' | 'zstd' | undefined;
  #source: ByteSource;
  readonly #job: ReadJob;
  /** The bytes at hand are `#bytes[#start … #end)`; `#arrived` counts all that came, after decompression. */
  #bytes: Buffer;
  #start = HEADROOM;
  #end = HEADROOM;
  #arrived = 0;
  /** `#bytes` is no buffer of the ring but one made for a record that the headroom cannot hold. */
  #enlarged = false;
  readonly #arrivals: Arrival[] = [];
  #failure: Damage | undefined;

  constructor(source: ByteSource, job: ReadJob) {
    this.#source = source;
    this.#job = job;
    const first = job.ring.take();
    this.#bytes = first.buffer;
    job.packet.chunk = first.number;
  }

  get bytesRead(): number {
    return this.#source.bytesRead;
  }

  interrupt(): void {
    this.#source.interrupt();
  }

  async close(): Promise<void> {
    // Reads may be under way when the last packet asked for was found, or when the sink threw.
    this.#source.interrupt();
    await Promise.allSettled(this.#arrivals.map(({ bytes }) => bytes));
    await this.#source.close();
  }

  async run(): Promise<Damage | undefined> {
    const refused = await this.#recognise();
    const parser = this.parser;
    if (parser === undefined) return this.#stopped() ? undefined : (this.#failure ?? refused);
    const { packet, sink } = this.#job;
    for (;;) {
      while (this.#arrivals.length < this.#source.readsAtOnce) this.#fetch();
      this.#start += parser.push(this.#bytes, this.#start, this.#end);
      if (parser.damage !== undefined) return parser.damage;
      if (parser.full) return undefined;
      const drained = sink.drained();
      if (drained !== undefined) await drained;
      const next = this.#arrivals.shift();
      const came = next === undefined ? 0 : await this.#settle(next.bytes);
      this.#job.progress?.(this.#source.bytesRead);
      if (this.#stopped()) return undefined;
      if (next === undefined || came === 0) {
        return this.#failure ?? parser.finish(this.#bytes, this.#start, this.#end);
      }
      packet.chunk = next.chunk.number;
      this.#append(next.chunk.buffer, came);
    }
  }

  #fetch(): void {
    const chunk = this.#job.ring.take();
    const bytes = this.#source.read(chunk.buffer, HEADROOM);
    // A failure counts when its turn comes; should parsing end before that, it is of no interest.
    bytes.catch(() => 0);
    this.#arrivals.push({ chunk, bytes });
  }

  /** Reads the first bytes, undoes a compression, and chooses the parser; answers why there is none. */
  async #recognise(): Promise<Damage | undefined> {
    let format = await this.#readMagic();
    if (format.kind === 'compressed') {
      const { compression } = format;
      this.compression = compression;
      const open = findDecompressor(compression);
      if (open === undefined) {
        const text = `compressed with ${compression}, which only Node 22.15 or later can read; unpack it first`;
        return { code: 'unsupported-compression', offset: 0, text };
      }
      const head = Buffer.from(this.#bytes.subarray(this.#start, this.#end));
      this.#source = new DecompressingSource(this.#source, compression, open, head, this.#job.limits);
      this.#end = this.#start;
      this.#arrived = 0;
      format = await this.#readMagic();
    }
    const { packet, sink, most, limits } = this.#job;
    if (format.kind === 'pcap') this.parser = new PcapParser(packet, sink, most, limits);
    else if (format.kind === 'pcapng') this.parser = new PcapngParser(packet, sink, most, limits);
    else return refusal(format, this.compression, this.#bytes.subarray(this.#start, this.#end));
    return undefined;
  }

  /** Waits until the first bytes are there (a pipe may bring them one by one). */
  async #readMagic(): Promise<FileFormat> {
    for (;;) {
      const have = this.#end - this.#start;
      if (have >= MAGIC_BYTES) break;
      const came = await this.#settle(this.#source.read(this.#bytes, this.#end));
      if (came === 0) break;
      this.#end += came;
    }
    return recogniseFormat(this.#bytes.subarray(this.#start, Math.min(this.#end, this.#start + MAGIC_BYTES)));
  }

  /** Waits for a read; a failure ends the bytes and is kept. */
  async #settle(pending: Promise<number>): Promise<number> {
    try {
      const came = await pending;
      this.#arrived += came;
      return came;
    } catch (error) {
      this.#failure = this.#readFailure(error);
      return 0;
    }
  }

  #readFailure(error: unknown): Damage {
    const offset = this.#arrived;
    const compression = this.compression;
    if (compression === undefined) return { code: 'unreadable', offset, text: reason(error) };
    if (error instanceof SwollenError) return { code: 'decompression', offset, text: error.message };
    const early = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
    if (early) return { code: 'truncated', offset, text: `the ${compression} data end too early` };
    return { code: 'decompression', offset, text: `the ${compression} data are damaged (${reason(error)})` };
  }

  /** Joins what is left of the present chunk and `came` bytes at HEADROOM of the following one. */
  #append(following: Buffer, came: number): void {
    const rest = this.#end - this.#start;
    if (rest <= HEADROOM) {
      this.#bytes.copy(following, HEADROOM - rest, this.#start, this.#end);
      this.#bytes = following;
      this.#start = HEADROOM - rest;
      this.#end = HEADROOM + came;
      this.#enlarged = false;
      return;
    }
    if (!this.#enlarged || this.#bytes.length - this.#end < came) {
      // Twice what is there, so that a record of any length is copied a bounded number of times.
      const larger = Buffer.allocUnsafeSlow(2 * (rest + came));
      this.#bytes.copy(larger, 0, this.#start, this.#end);
      this.#bytes = larger;
      this.#start = 0;
      this.#end = rest;
      this.#enlarged = true;
    }
    following.copy(this.#bytes, this.#end, HEADROOM, HEADROOM + came);
    this.#end += came;
  }

  #stopped(): boolean {
    return this.#job.signal?.aborted === true;
  }
}

function refusal(format: FileFormat, compression: string | undefined, bytes: Uint8Array): Damage {
  if (format.kind === 'packed') {
    const text = `compressed with ${format.name}, which is not read; unpack it first`;
    return { code: 'unsupported-compression', offset: 0, text };
  }
  if (bytes.length === 0) {
    const text =
      compression === undefined ? 'is empty (0 bytes)' : `holds nothing but ${compression} framing`;
    return { code: 'empty', offset: 0, text: `${text}; expected a capture file` };
  }
  const inside = compression === undefined ? 'it begins' : `the ${compression} data begin`;
  const what = format.kind === 'unknown' && format.name !== undefined ? ` (${format.name})` : '';
  const begin = hexBytes(bytes.subarray(0, 4));
  const expected =
    compression === undefined
      ? 'pcap, pcapng, or one of them compressed with gzip or zstd'
      : 'pcap or pcapng, compressed once';
  const text = `not a capture file: ${inside} with ${begin}${what}; expected ${expected}`;
  return { code: 'not-a-capture', offset: 0, text };
}

function wordDamage(path: string, damage: Damage): string {
  const name = fileName(path);
  const at = count(damage.offset);
  switch (damage.code) {
    case 'truncated':
    case 'corrupt':
      return `${name}: ${damage.code} at byte ${at}: ${damage.text}`;
    case 'decompression':
    case 'unreadable':
      return `${name}: unreadable after ${byteCount(damage.offset)}: ${damage.text}`;
    default:
      return `${name}: ${damage.text}`;
  }
}
