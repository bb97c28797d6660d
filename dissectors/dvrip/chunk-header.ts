import { u8, u16le, u32le } from '../core/bytes.ts';

/**
 * Chunk headers inside the bodies of media messages (field notes §6.2; lengths without the chunk header, LE):
 *
 * ```
 * FC key frame, FE picture   00 00 01 FC  type fps width height  datetime(32)  length(32)   16 bytes
 * FD inter frame             00 00 01 FD  length(32)                                         8 bytes
 * FA audio                   00 00 01 FA  codec rate  length(16)                             8 bytes
 * F9 information             00 00 01 F9  type unused  length(16)                            8 bytes
 *
 * type   bits 0-3 codec · bits 4-5 = bits 8-9 of width · bits 6-7 = bits 8-9 of height
 * fps    bits 0-4; the others are unspecified
 * width, height   in units of 8 pixels: a height that is no multiple of 8 is cut down
 * datetime        from the lowest bit: second 6, minute 6, hour 5, day 5, month 4, year since 2000 6
 * ```
 */
export const CHUNK_KEY_FRAME = 0xfc;
export const CHUNK_INTER_FRAME = 0xfd;
export const CHUNK_AUDIO = 0xfa;
export const CHUNK_PICTURE = 0xfe;
export const CHUNK_INFORMATION = 0xf9;

export const LONGEST_CHUNK_HEADER = 16;

export const VIDEO_MPEG4 = 1;
export const VIDEO_H264 = 2;
export const VIDEO_H265 = 3;

export const AUDIO_G711_U = 10;
export const AUDIO_G711_A = 14;

/** One chunk header, decoded in place: a walker owns one and fills it for each chunk. */
export class ChunkHeader {
  /** One of the CHUNK_ numbers. */
  type = 0;
  /** Bytes of payload. */
  length = 0;
  /** FC and FE: coding of the picture (VIDEO_ numbers; 0 in FE is JPEG). FA: coding of the sound (AUDIO_ numbers). */
  codec = 0;
  /** FC and FE: frames per second, 0 … 31; 0 says nothing. */
  fps = 0;
  /** FC and FE: pixels, a multiple of 8. */
  width = 0;
  height = 0;
  /** FC and FE: the device's local time, packed; {@link chunkSeconds} reads it. */
  dateTime = 0;
  /** FA: code of the sampling rate; {@link audioRate} reads it. */
  rateCode = 0;
  /** F9: what the information is. */
  information = 0;

  /** Reads the header at `at`, where 16 bytes are, or as many as its type has. Answers its length; 0 = there is none. */
  read(bytes: Uint8Array, at: number): number {
    if (u8(bytes, at) !== 0 || u8(bytes, at + 1) !== 0 || u8(bytes, at + 2) !== 1) return 0;
    const type = u8(bytes, at + 3);
    const size = chunkHeaderLength(type);
    if (size === 0) return 0;
    this.type = type;
    this.codec = this.fps = this.width = this.height = this.dateTime = this.rateCode = this.information = 0;
    if (type === CHUNK_INTER_FRAME) {
      this.length = u32le(bytes, at + 4);
    } else if (size === LONGEST_CHUNK_HEADER) {
      const coding = u8(bytes, at + 4);
      this.codec = coding & 15;
      this.fps = u8(bytes, at + 5) & 31;
      this.width = ((((coding >> 4) & 3) << 8) | u8(bytes, at + 6)) << 3;
      this.height = (((coding >> 6) << 8) | u8(bytes, at + 7)) << 3;
      this.dateTime = u32le(bytes, at + 8);
      this.length = u32le(bytes, at + 12);
    } else {
      if (type === CHUNK_AUDIO) {
        this.codec = u8(bytes, at + 4);
        this.rateCode = u8(bytes, at + 5);
      } else {
        this.information = u8(bytes, at + 4);
      }
      this.length = u16le(bytes, at + 6);
    }
    return size;
  }
}

/** Length of the header of a chunk type; 0 = no such type. */
export function chunkHeaderLength(type: number): number {
  switch (type) {
    case CHUNK_KEY_FRAME:
    case CHUNK_PICTURE:
      return 16;
    case CHUNK_INTER_FRAME:
    case CHUNK_AUDIO:
    case CHUNK_INFORMATION:
      return 8;
    default:
      return 0;
  }
}

/** A key frame or an inter frame. */
export function isVideoChunk(type: number): boolean {
  return type === CHUNK_KEY_FRAME || type === CHUNK_INTER_FRAME;
}

/**
 * The packed local time of a key frame as seconds since 1970, as if its zone were UTC; undefined where the fields
 * make no date.
 */
export function chunkSeconds(dateTime: number): number | undefined {
  const second = dateTime & 63;
  const minute = (dateTime >>> 6) & 63;
  const hour = (dateTime >>> 12) & 31;
  const day = (dateTime >>> 17) & 31;
  const month = (dateTime >>> 22) & 15;
  const year = 2000 + (dateTime >>> 26);
  if (second > 59 || minute > 59 || hour > 23 || day === 0 || month === 0 || month > 12) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // 31 February would have become a day of March.
  return date.getUTCDate() === day ? date.getTime() / 1000 : undefined;
}

const AUDIO_RATES = [0, 4000, 8000, 11_025, 16_000, 20_000, 22_050, 32_000, 44_100, 48_000];

/** Samples per second by the rate code of an FA header; undefined where the code is unknown. */
export function audioRate(code: number): number | undefined {
  const rate = AUDIO_RATES[code];
  return rate === 0 ? undefined : rate;
}

const VIDEO_CODECS: ReadonlyMap<number, string> = new Map([
  [VIDEO_MPEG4, 'mpeg4'],
  [VIDEO_H264, 'h264'],
  [VIDEO_H265, 'h265'],
]);

const AUDIO_CODECS: ReadonlyMap<number, string> = new Map([
  [7, 'pcm8'],
  [8, 'g729'],
  [9, 'ima-adpcm'],
  [AUDIO_G711_U, 'g711u'],
  [11, 'g721'],
  [12, 'pcm8-vwis'],
  [13, 'ms-adpcm'],
  [AUDIO_G711_A, 'g711a'],
  [15, 'pcm16'],
]);

/** Name of a video codec; `unknown-N` where it has none. */
export function videoCodecName(codec: number): string {
  return VIDEO_CODECS.get(codec) ?? `unknown-${codec}`;
}

/** Name of an audio codec; `unknown-N` where it has none. */
export function audioCodecName(codec: number): string {
  return AUDIO_CODECS.get(codec) ?? `unknown-${codec}`;
}
