import { crc32Mpeg } from './crc32-mpeg.ts';

const PACKET_BYTES = 188;
const PACKET_HEADER = 4;
const PACKET_ROOM = PACKET_BYTES - PACKET_HEADER;
const SYNC = 0x47;
const PAT_PID = 0;
const PMT_PID = 0x1000;
const VIDEO_PID = 0x100;
const PROGRAM = 1;
/** Adaptation field with a clock reference: length, flags, six bytes of clock. */
const CLOCK_FIELD = 8;
const HAS_CLOCK = 0x10;
const PES_HEADER = 19;
const VIDEO_STREAM_ID = 0xe0;

/** stream_type (ISO/IEC 13818-1, table 2-34). */
export const STREAM_TYPES: ReadonlyMap<string, number> = new Map([
  ['h264', 0x1b],
  ['h265', 0x24],
]);

/** An MPEG transport stream (ISO/IEC 13818-1) of one program with one video, made frame by frame. */
export class TransportStream {
  readonly #streamType: number;
  #videoCounter = 0;

  constructor(streamType: number) {
    this.#streamType = streamType;
  }

  /**
   * The association table and the map table, a packet each; they come first.
   *
   * ```
   * PAT  00 B0 length=13  transport-stream-id(16) C1 00 00  program(16) 111+PMT-PID(13)  CRC(32)
   * PMT  02 B0 length=18  program(16) C1 00 00  111+clock-PID(13) F0 00  type(8) 111+PID(13) F0 00  CRC(32)
   * ```
   */
  tables(): Buffer {
    const association = [0x00, 0xb0, 13, 0, PROGRAM, 0xc1, 0, 0, 0, PROGRAM, ...pidBytes(PMT_PID)];
    const clock = pidBytes(VIDEO_PID);
    const type = this.#streamType;
    const map = [0x02, 0xb0, 18, 0, PROGRAM, 0xc1, 0, 0, ...clock, 0xf0, 0, type, ...clock, 0xf0, 0];
    return Buffer.concat([tablePacket(PAT_PID, association), tablePacket(PMT_PID, map)]);
  }

  /**
   * The packets of one frame. Its decoding time is its presentation time: what a device sends live has no frames that
   * are shown before others that came earlier.
   *
   * ```
   * packet  47  start(1 of 3 bits) PID(13)  adaptation(2) counter(4)  [length(8) flags(8) clock(48) FF…]  payload
   * PES     000001 E0  0000 = any length  80 C0 = both times  0A  presentation(40)  decoding(40)  frame
   * ```
   *
   * @param tick of 90 kHz, below 2^33
   */
  frame(tick: number, frame: Uint8Array): Buffer {
    const first = PACKET_ROOM - CLOCK_FIELD - PES_HEADER;
    const further = Math.ceil(Math.max(0, frame.length - first) / PACKET_ROOM);
    const out = Buffer.alloc((1 + further) * PACKET_BYTES, 0xff);
    let at = 0;
    for (let start = 0; start < out.length; start += PACKET_BYTES) {
      const begins = start === 0;
      const header = begins ? PES_HEADER : 0;
      const room = PACKET_ROOM - header - (begins ? CLOCK_FIELD : 0);
      const take = Math.min(room, frame.length - at);
      const field = PACKET_ROOM - header - take;
      this.#packetHeader(out, start, begins, field > 0);
      if (field > 0) out[start + PACKET_HEADER] = field - 1;
      if (field > 1) out[start + PACKET_HEADER + 1] = begins ? HAS_CLOCK : 0;
      if (begins) {
        writeClock(out, start + PACKET_HEADER + 2, tick);
        writePesHeader(out, start + PACKET_HEADER + field, tick);
      }
      out.set(frame.subarray(at, at + take), start + PACKET_BYTES - take);
      at += take;
    }
    return out;
  }

  #packetHeader(out: Buffer, at: number, begins: boolean, field: boolean): void {
    out[at] = SYNC;
    out.writeUInt16BE((begins ? 0x4000 : 0) | VIDEO_PID, at + 1);
    out[at + 3] = (field ? 0x30 : 0x10) | this.#videoCounter;
    this.#videoCounter = (this.#videoCounter + 1) & 15;
  }
}

/** A PID behind its three reserved bits. */
function pidBytes(pid: number): readonly [number, number] {
  return [0xe0 | (pid >> 8), pid & 255];
}

function tablePacket(pid: number, section: readonly number[]): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES, 0xff);
  const body = Buffer.from(section);
  packet[0] = SYNC;
  packet.writeUInt16BE(0x4000 | pid, 1);
  packet[3] = 0x10;
  // The section begins right behind this pointer.
  packet[4] = 0;
  packet.set(body, 5);
  packet.writeUInt32BE(crc32Mpeg(body), 5 + body.length);
  return packet;
}

/** Clock reference: base(33) 111111 extension(9). */
function writeClock(out: Buffer, at: number, tick: number): void {
  out.writeUInt32BE(Math.floor(tick / 2), at);
  out[at + 4] = ((tick % 2) << 7) | 0x7e;
  out[at + 5] = 0;
}

function writePesHeader(out: Buffer, at: number, tick: number): void {
  out.set([0, 0, 1, VIDEO_STREAM_ID, 0, 0, 0x80, 0xc0, 10], at);
  writeTime(out, at + 9, 0x30, tick);
  writeTime(out, at + 14, 0x10, tick);
}

/** A time stamp: prefix(4) bits 32-30 marker · bits 29-15 marker · bits 14-0 marker. */
function writeTime(out: Buffer, at: number, prefix: number, tick: number): void {
  out[at] = prefix | (Math.floor(tick / 2 ** 30) << 1) | 1;
  out.writeUInt16BE(((Math.floor(tick / 2 ** 15) & 0x7fff) << 1) | 1, at + 1);
  out.writeUInt16BE(((tick % 2 ** 15) << 1) | 1, at + 3);
}
