import type { Packet } from '../../dissectors/core/packet.ts';
import { u16, u32 } from './byte-order.ts';
import type { CaptureInterface, CaptureSink } from './capture-file.ts';
import { CAPTURE_LIMITS, type CaptureLimits } from './limits.ts';
import { PcapngInterface } from './pcapng-interface.ts';
import type { Damage, RecordParser } from './record-parser.ts';
import { byteCount, count } from './wording.ts';

/** The block type of a section header: a palindrome, so that it reads alike in both byte orders. */
export const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;

/** Blocks without a packet that Wireshark shows as frames of their own; the numbers must go with its. */
const JOURNAL_EXPORT = 9;
const CUSTOM = 0x0bad;
const CUSTOM_NOT_COPIED = 0x40000bad;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Bytes of a block that are neither options nor packet data, the closing length included. */
const SMALLEST_BLOCK = 12;
const SECTION_FIXED = 28;
const INTERFACE_FIXED = 20;
const PACKET_FIXED = 32;
const SIMPLE_FIXED = 16;
const STATISTICS_FIXED = 24;

/** What a step answers when it cannot go on: more bytes are needed, or the damage is set. */
const STUCK = -1;

/**
 * Parser of pcapng (draft-ietf-opsawg-pcapng). Every block:
 *
 * ```
 * 0 type  4 total length  8 body, padded to a multiple of 4 …  total-4 total length once more
 * ```
 *
 * Blocks that are not needed (name resolution, secrets, custom, unknown ones) are passed over without being held.
 */
export class PcapngParser implements RecordParser {
  readonly format = 'pcapng';
  damage: Damage | undefined;
  otherRecords = 0;
  readonly #packet: Packet;
  readonly #sink: CaptureSink;
  readonly #limits: CaptureLimits;
  /** Of {@link CaptureLimits}, asked for with each packet. */
  readonly #optionBytes: number;
  #stopAt: number;
  #position = 0;
  /** What is added to a place in the bytes at hand to give the offset in the file. */
  #toFile = 0;
  #big = false;
  #sections = 0;
  /** Interfaces of the present section, by number. */
  #section: PcapngInterface[] = [];
  readonly #all: PcapngInterface[] = [];
  /** Time of the first packet of the section, in seconds. */
  #began: number | undefined;
  /** Total length of the block being passed over (0: none), how much of its body is to come, and where it began. */
  #passing = 0;
  #passLeft = 0;
  #passStart = 0;
  #passNumbered = false;

  /** Hands `most` packets to `sink` and numbers them on from `packet.number`. */
  constructor(packet: Packet, sink: CaptureSink, most: number, limits: CaptureLimits = CAPTURE_LIMITS) {
    this.#limits = limits;
    this.#optionBytes = limits.packetOptionBytes;
    this.#packet = packet;
    this.#sink = sink;
    this.#stopAt = packet.number + most;
  }

  get full(): boolean {
    return this.#packet.number >= this.#stopAt;
  }

  push(bytes: Uint8Array, start: number, end: number): number {
    this.#toFile = this.#position - start;
    const packet = this.#packet;
    packet.bytes = bytes;
    let at = start;
    while (packet.number < this.#stopAt) {
      const next = this.#passing !== 0 ? this.#pass(bytes, at, end) : this.#block(bytes, at, end);
      if (next === STUCK) break;
      at = next;
    }
    this.#position = at + this.#toFile;
    return at - start;
  }

  finish(bytes: Uint8Array, start: number, end: number): Damage | undefined {
    const have = end - start;
    const passing = this.#passing;
    if (passing !== 0) {
      const there = this.#position - this.#passStart + have;
      const text = `a block promises ${byteCount(passing)}, ${count(there)} are there`;
      return { code: 'truncated', offset: this.#passStart, text };
    }
    if (have === 0) return undefined;
    const offset = this.#position;
    if (have < SMALLEST_BLOCK) {
      const text = `a block needs at least ${SMALLEST_BLOCK} bytes, ${count(have)} are there`;
      return { code: 'truncated', offset, text };
    }
    const total = u32(bytes, start + 4, this.#big);
    const what = isPacket(u32(bytes, start, this.#big)) ? 'packet block' : 'block';
    const text = `a ${what} promises ${byteCount(total)}, ${count(have)} are there`;
    return { code: 'truncated', offset, text };
  }

  interfaces(): readonly CaptureInterface[] {
    return this.#all.map((one) => one.summary());
  }

  #block(bytes: Uint8Array, at: number, end: number): number {
    if (end - at < SMALLEST_BLOCK) return STUCK;
    const type = u32(bytes, at, this.#big);
    if (type === ENHANCED_PACKET) return this.#packetBlock(bytes, at, end, false);
    if (type === SECTION_HEADER) return this.#sectionHeader(bytes, at, end);
    const total = u32(bytes, at + 4, this.#big);
    if (total < smallest(type) || (total & 3) !== 0) return this.#badLength(type, total, at);
    switch (type) {
      case INTERFACE_DESCRIPTION:
        return this.#interfaceDescription(bytes, at, end, total);
      case INTERFACE_STATISTICS:
        return this.#interfaceStatistics(bytes, at, end, total);
      case OBSOLETE_PACKET:
        return this.#packetBlock(bytes, at, end, true);
      case SIMPLE_PACKET:
        return this.#simplePacket(bytes, at, end, total);
      case JOURNAL_EXPORT:
      case CUSTOM:
      case CUSTOM_NOT_COPIED:
        this.#passNumbered = true;
        return this.#passOver(at, total, 8);
      default:
        return this.#passOver(at, total, 8);
    }
  }

  /** Section 4.1: `8 byte-order magic  12 major (u16)  14 minor (u16)  16 section length (u64)  24 options`. */
  #sectionHeader(bytes: Uint8Array, at: number, end: number): number {
    if (end - at < 16) return STUCK;
    const big = u32(bytes, at + 8, true) === BYTE_ORDER_MAGIC;
    if (!big && u32(bytes, at + 8, false) !== BYTE_ORDER_MAGIC) {
      return this.#refuse(at, 'a section header has no byte-order magic; expected 1a2b3c4d');
    }
    const total = u32(bytes, at + 4, big);
    if (total < SECTION_FIXED || (total & 3) !== 0) return this.#badLength(SECTION_HEADER, total, at);
    const major = u16(bytes, at + 12, big);
    if (major !== 1) {
      const minor = u16(bytes, at + 14, big);
      return this.#refuse(at, `pcapng format version ${major}.${minor}; expected 1.0`);
    }
    this.#big = big;
    this.#sections++;
    this.#section = [];
    this.#began = undefined;
    // The section length is of no use: many writers leave it open, and the blocks say where they end.
    return this.#passOver(at, total, 16);
  }

  /** Section 4.2: `8 link type (u16)  10 reserved  12 snap length  16 options`. */
  #interfaceDescription(bytes: Uint8Array, at: number, end: number, total: number): number {
    const held = Math.min(total, this.#limits.heldBlockBytes);
    if (end - at < held) return STUCK;
    if (this.#all.length === this.#limits.interfaces) {
      return this.#refuse(at, `more than ${count(this.#limits.interfaces)} interfaces in one file`);
    }
    const big = this.#big;
    const one = new PcapngInterface(
      this.#sections - 1,
      this.#section.length,
      u16(bytes, at + 8, big),
      u32(bytes, at + 12, big),
      this.#limits,
      this.#sink,
    );
    const whole = held === total;
    if (!one.describe(bytes, at + 16, at + held - (whole ? 4 : 0), big) && whole) {
      return this.#refuse(at, 'an option of an interface description reaches beyond its block');
    }
    this.#section.push(one);
    this.#all.push(one);
    return this.#passOver(at, total, held - 4);
  }

  /** Section 4.6: `8 interface  12 timestamp (upper, lower)  20 options`. */
  #interfaceStatistics(bytes: Uint8Array, at: number, end: number, total: number): number {
    const held = Math.min(total, this.#limits.heldBlockBytes);
    if (end - at < held) return STUCK;
    const id = u32(bytes, at + 8, this.#big);
    const one = this.#section[id];
    if (one === undefined) return this.#noInterface(id, at);
    one.count(bytes, at + 20, at + held - 4, this.#big);
    if (this.#began !== undefined) one.tellDrops(this.#began, this.#packet);
    return this.#passOver(at, total, held - 4);
  }

  /**
   * Section 4.3 and appendix A (the obsolete form, whose interface and drops count share the word at 8):
   * `8 interface  12 timestamp (upper, lower)  20 captured length  24 original length  28 data, options`.
   */
  #packetBlock(bytes: Uint8Array, at: number, end: number, obsolete: boolean): number {
    if (end - at < 28) return STUCK;
    const big = this.#big;
    const total = u32(bytes, at + 4, big);
    if (total < PACKET_FIXED || (total & 3) !== 0) return this.#badLength(ENHANCED_PACKET, total, at);
    const id = obsolete ? u16(bytes, at + 8, big) : u32(bytes, at + 8, big);
    const one = this.#section[id];
    if (one === undefined) return this.#noInterface(id, at);
    const captured = u32(bytes, at + 20, big);
    if (captured > one.largest) return this.#tooLarge(captured, one.largest, at);
    const options = total - PACKET_FIXED - captured;
    if (options < 0 || options > this.#optionBytes) {
      const text = `a packet block of ${byteCount(total)} holds a packet of ${byteCount(captured)}`;
      return this.#refuse(at, text);
    }
    if (end - at < total) return STUCK;
    if (u32(bytes, at + total - 4, big) !== total) return this.#badTrailer(bytes, at + total - 4, total, at);
    const packet = this.#packet;
    const before = one.lastSeconds;
    one.clock.stamp(packet, bytes, at + 12, big);
    one.lastSeconds = packet.seconds;
    this.#began ??= packet.seconds;
    if (obsolete) one.drops.counted(u16(bytes, at + 10, big), before, packet);
    else if (options > 3) {
      one.noteDrops(bytes, at + 28 + ((captured + 3) & ~3), at + total - 4, big, before, packet);
    }
    this.#deliver(one.linkType, at + 28, captured, u32(bytes, at + 24, big));
    return at + total;
  }

  /**
   * Section 4.4: `8 original length  12 data`, seen by interface 0. It has no time: the packet gets that of the
   * packet before it in the file (1970 for the first), rather than a jump back.
   */
  #simplePacket(bytes: Uint8Array, at: number, end: number, total: number): number {
    const one = this.#section[0];
    if (one === undefined) return this.#noInterface(0, at);
    const original = u32(bytes, at + 8, this.#big);
    const room = total - SIMPLE_FIXED;
    const cut = one.snapLength === 0 ? original : Math.min(original, one.snapLength);
    const captured = Math.min(cut, room);
    if (captured > one.largest) return this.#tooLarge(captured, one.largest, at);
    if (room > one.largest + 3) return this.#badLength(SIMPLE_PACKET, total, at);
    if (end - at < total) return STUCK;
    if (u32(bytes, at + total - 4, this.#big) !== total)
      return this.#badTrailer(bytes, at + total - 4, total, at);
    this.#deliver(one.linkType, at + 12, captured, original);
    return at + total;
  }

  #deliver(linkType: number, start: number, captured: number, original: number): void {
    const packet = this.#packet;
    packet.number++;
    packet.linkType = linkType;
    packet.start = start;
    packet.end = start + captured;
    packet.wireLength = original;
    packet.fileOffset = start + this.#toFile;
    this.#sink.packet(packet);
  }

  /** The rest of a block is not needed, `done` of its bytes are used up; answers where to go on. */
  #passOver(at: number, total: number, done: number): number {
    this.#passing = total;
    this.#passLeft = total - done - 4;
    this.#passStart = at + this.#toFile;
    return at + done;
  }

  #pass(bytes: Uint8Array, at: number, end: number): number {
    if (this.#passLeft > 0) {
      const step = Math.min(this.#passLeft, end - at);
      this.#passLeft -= step;
      return step === 0 ? STUCK : at + step;
    }
    if (end - at < 4) return STUCK;
    const total = this.#passing;
    if (u32(bytes, at, this.#big) !== total) {
      return this.#badTrailer(bytes, at, total, this.#passStart - this.#toFile);
    }
    this.#passing = 0;
    if (this.#passNumbered) {
      this.#passNumbered = false;
      this.#packet.number++;
      this.#stopAt++;
      this.otherRecords++;
    }
    return at + 4;
  }

  #badLength(type: number, total: number, at: number): number {
    const text = `a ${isPacket(type) ? 'packet ' : ''}block promises ${byteCount(total)}; expected a multiple of 4, at least ${smallest(type)}`;
    return this.#refuse(at, text);
  }

  /** The block that begins at `at` has its closing length at `closing`. */
  #badTrailer(bytes: Uint8Array, closing: number, total: number, at: number): number {
    const second = count(u32(bytes, closing, this.#big));
    return this.#refuse(at, `a block promises ${byteCount(total)} at its front and ${second} at its end`);
  }

  #noInterface(id: number, at: number): number {
    const text = `a block names interface ${count(id)}; the section has ${count(this.#section.length)}`;
    return this.#refuse(at, text);
  }

  #tooLarge(captured: number, largest: number, at: number): number {
    const text = `a packet block promises ${byteCount(captured)}; expected at most ${count(largest)}`;
    return this.#refuse(at, text);
  }

  #refuse(at: number, text: string): number {
    this.damage = { code: 'corrupt', offset: at + this.#toFile, text };
    return STUCK;
  }
}

function isPacket(type: number): boolean {
  return type === ENHANCED_PACKET || type === OBSOLETE_PACKET || type === SIMPLE_PACKET;
}

function smallest(type: number): number {
  switch (type) {
    case SECTION_HEADER:
      return SECTION_FIXED;
    case INTERFACE_DESCRIPTION:
      return INTERFACE_FIXED;
    case OBSOLETE_PACKET:
    case ENHANCED_PACKET:
      return PACKET_FIXED;
    case SIMPLE_PACKET:
      return SIMPLE_FIXED;
    case INTERFACE_STATISTICS:
      return STATISTICS_FIXED;
    default:
      return SMALLEST_BLOCK;
  }
}
