import type { Packet } from '../../dissectors/core/packet.ts';
import { u16, u32 } from './byte-order.ts';
import type { CaptureInterface, CaptureSink } from './capture-file.ts';
import { CAPTURE_LIMITS, type CaptureLimits, largestRecord } from './limits.ts';
import type { Damage, RecordParser } from './record-parser.ts';
import { byteCount, count } from './wording.ts';

/** Magic numbers as the writing machine saw them. */
export const PCAP_MAGIC = 0xa1b2c3d4;
export const PCAP_NANOSECOND_MAGIC = 0xa1b23c4d;
/** A. Kuznetzov's libpcap patch: records carry the interface index and the packet type as well. */
export const PCAP_MODIFIED_MAGIC = 0xa1b2cd34;

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const MODIFIED_RECORD_HEADER = 24;
const BILLION = 1_000_000_000;

/**
 * Parser of the classic format (draft-ietf-opsawg-pcap).
 *
 * ```
 * file    0 magic  4 major (u16)  6 minor (u16)  8 zone  12 sigfigs  16 snap length  20 link type and FCS  24
 * record  0 seconds  4 fraction  8 captured length  12 original length  (16 ifindex  20 protocol  22 type  23 pad)
 * ```
 */
export class PcapParser implements RecordParser {
  readonly format = 'pcap';
  readonly otherRecords = 0;
  damage: Damage | undefined;
  readonly #packet: Packet;
  readonly #sink: CaptureSink;
  readonly #stopAt: number;
  #position = 0;
  #begun = false;
  #bigEndian = false;
  #recordHeader = RECORD_HEADER;
  #nanosecondsPerUnit = 1000;
  #capturedAt = 8;
  #originalAt = 12;
  #lengthsInDoubt = false;
  #linkType = 0;
  #fcsLength: number | undefined;
  #snapLength = 0;
  #largest = 0;
  readonly #limits: CaptureLimits;

  /** Hands `most` packets to `sink` and numbers them on from `packet.number`. */
  constructor(packet: Packet, sink: CaptureSink, most: number, limits: CaptureLimits = CAPTURE_LIMITS) {
    this.#limits = limits;
    this.#packet = packet;
    this.#sink = sink;
    this.#stopAt = packet.number + most;
  }

  get full(): boolean {
    return this.#packet.number >= this.#stopAt;
  }

  push(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    if (!this.#begun) {
      if (end - at < FILE_HEADER || !this.#begin(bytes, at)) return 0;
      at += FILE_HEADER;
    }
    const toFile = this.#position - start;
    const packet = this.#packet;
    const sink = this.#sink;
    const stopAt = this.#stopAt;
    const big = this.#bigEndian;
    const header = this.#recordHeader;
    const capturedAt = this.#capturedAt;
    const originalAt = this.#originalAt;
    const nanosecondsPerUnit = this.#nanosecondsPerUnit;
    packet.linkType = this.#linkType;
    packet.bytes = bytes;

    while (end - at >= header && packet.number < stopAt) {
      let captured = u32(bytes, at + capturedAt, big);
      let original = u32(bytes, at + originalAt, big);
      if (this.#lengthsInDoubt && captured > original) [captured, original] = [original, captured];
      if (captured > this.#largest) {
        this.damage = {
          code: 'corrupt',
          offset: at + toFile,
          text: `a packet record promises ${byteCount(captured)}; expected at most ${count(this.#largest)}`,
        };
        break;
      }
      const data = at + header;
      if (captured > end - data) break;
      packet.number++;
      let seconds = u32(bytes, at, big);
      let nanoseconds = u32(bytes, at + 4, big) * nanosecondsPerUnit;
      if (nanoseconds >= BILLION) {
        seconds += Math.floor(nanoseconds / BILLION);
        nanoseconds %= BILLION;
      }
      packet.seconds = seconds;
      packet.nanoseconds = nanoseconds;
      packet.start = data;
      packet.end = data + captured;
      packet.wireLength = original;
      packet.fileOffset = data + toFile;
      at = data + captured;
      sink.packet(packet);
    }
    this.#position = at + toFile;
    return at - start;
  }

  finish(bytes: Uint8Array, start: number, end: number): Damage | undefined {
    const have = end - start;
    if (this.#begun && have === 0) return undefined;
    const offset = this.#position;
    if (!this.#begun) {
      return { code: 'truncated', offset, text: `the file header needs 24 bytes, ${count(have)} are there` };
    }
    if (have < this.#recordHeader) {
      const text = `a packet record header needs ${this.#recordHeader} bytes, ${count(have)} are there`;
      return { code: 'truncated', offset, text };
    }
    const captured = u32(bytes, start + this.#capturedAt, this.#bigEndian);
    const data = have - this.#recordHeader;
    const text = `a packet record promises ${byteCount(captured)}, ${count(data)} are there`;
    return { code: 'truncated', offset, text };
  }

  interfaces(): readonly CaptureInterface[] {
    if (!this.#begun) return [];
    return [
      {
        section: 0,
        id: 0,
        linkType: this.#linkType,
        ...(this.#snapLength !== 0 && { snapLength: this.#snapLength }),
        ...(this.#fcsLength !== undefined && { fcsLength: this.#fcsLength }),
      },
    ];
  }

  #begin(bytes: Uint8Array, at: number): boolean {
    const little = u32(bytes, at, false);
    this.#bigEndian =
      little !== PCAP_MAGIC && little !== PCAP_NANOSECOND_MAGIC && little !== PCAP_MODIFIED_MAGIC;
    const big = this.#bigEndian;
    const magic = u32(bytes, at, big);
    const major = u16(bytes, at + 4, big);
    const minor = u16(bytes, at + 6, big);
    if (major !== 2) {
      const text = `pcap format version ${major}.${minor}; expected 2.4`;
      this.damage = { code: 'corrupt', offset: 0, text };
      return false;
    }
    this.#snapLength = u32(bytes, at + 16, big);
    const link = u32(bytes, at + 20, big);
    // Section 4: 16 bits of link type, 10 reserved bits to be ignored, the bit that says that an FCS length is
    // given, and in the top four bits that length in units of 16 bits.
    this.#linkType = link & 0xffff;
    if ((link & 0x04000000) !== 0) this.#fcsLength = (link >>> 28) * 2;
    if (magic === PCAP_NANOSECOND_MAGIC) this.#nanosecondsPerUnit = 1;
    if (magic === PCAP_MODIFIED_MAGIC) this.#recordHeader = MODIFIED_RECORD_HEADER;
    // Writers before version 2.3 put the original length first; at 2.3 some did and some did not (libpcap).
    if (minor < 3) {
      this.#capturedAt = 12;
      this.#originalAt = 8;
    }
    this.#lengthsInDoubt = minor === 3;
    this.#largest = largestRecord(this.#linkType, this.#snapLength, this.#limits);
    this.#begun = true;
    return true;
  }
}
