/** Where the frames of the simulator come from: an Annex-B file cut into pictures, or made up from a seed. */
import type { Frame, VideoShape } from './media-chunks.ts';

export interface Footage {
  readonly shape: VideoShape;
  /** Video frames in order; the first is a key frame. */
  readonly frames: readonly Frame[];
}

const NAL_NON_IDR = 1;
const NAL_IDR = 5;

/** Small seeded generator (Marsaglia's xorshift), so that a recording's made-up bytes are the same every time. */
export function seededBytes(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed | 1;
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 255;
  }
  return bytes;
}

/** The NAL units of an Annex-B stream, without their start codes. */
function nalUnits(stream: Buffer): readonly Buffer[] {
  const units: Buffer[] = [];
  let start = stream.indexOf('000001', 0, 'hex');
  while (start >= 0) {
    const next = stream.indexOf('000001', start + 3, 'hex');
    let end = next < 0 ? stream.length : next;
    while (next >= 0 && stream[end - 1] === 0) end -= 1;
    units.push(stream.subarray(start + 3, end));
    start = next;
  }
  return units;
}

/**
 * Cuts an H.264 Annex-B stream with one slice a picture into frames, parameter sets and SEI in front of their picture.
 * Every unit gets the 4-byte start code that devices write.
 */
export function splitH264(stream: Buffer, shape: VideoShape): Footage {
  return split(stream, shape, (firstByte) => {
    const type = firstByte & 31;
    if (type === NAL_IDR) return 'key';
    return type === NAL_NON_IDR ? 'inter' : undefined;
  });
}

/** The same of H.265 (ITU-T H.265, table 7-1): slices are the types below 32, 16 to 23 those of random access points. */
export function splitH265(stream: Buffer, shape: VideoShape): Footage {
  return split(stream, shape, (firstByte) => {
    const type = (firstByte >> 1) & 63;
    if (type >= 32) return undefined;
    return type >= 16 && type <= 23 ? 'key' : 'inter';
  });
}

/** `kindOf` answers what picture the unit with that first byte is, undefined where it is none. */
function split(
  stream: Buffer,
  shape: VideoShape,
  kindOf: (firstByte: number) => 'key' | 'inter' | undefined,
): Footage {
  const frames: Frame[] = [];
  let held: Buffer[] = [];
  for (const unit of nalUnits(stream)) {
    held.push(Buffer.from([0, 0, 0, 1]), unit);
    const kind = kindOf(unit[0] ?? 0);
    if (kind === undefined) continue;
    frames.push({ kind, payload: Buffer.concat(held) });
    held = [];
  }
  return { shape, frames };
}

/** Frames of the right form without a picture in them, for tests that have no ffmpeg. */
export function madeUpFootage(count: number, keyEvery = 12, keyBytes = 9000, interBytes = 700): Footage {
  const parameterSets = Buffer.from('000000016742c00bda0b13900000000168ce3c80', 'hex');
  const frames = Array.from({ length: count }, (_, number): Frame => {
    const key = number % keyEvery === 0;
    const picture = seededBytes(key ? keyBytes : interBytes, number + 1);
    // A start code inside a picture would be emulation: no byte below 4 means none can arise.
    for (let at = 0; at < picture.length; at += 1) picture[at] = picture.readUInt8(at) | 4;
    const head = Buffer.from([0, 0, 0, 1, key ? 0x65 : 0x41]);
    return key
      ? { kind: 'key', payload: Buffer.concat([parameterSets, head, picture]) }
      : { kind: 'inter', payload: Buffer.concat([head, picture]) };
  });
  return { shape: { width: 176, height: 144, framesPerSecond: 12, codec: 2 }, frames };
}

/** G.711 A-law (ITU-T G.711, sign and even bits inverted) of a 16-bit sample. */
function encodeALaw(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = Math.min(Math.abs(sample), 32767) >> 3;
  const exponent = magnitude < 32 ? 0 : Math.min(7, 27 - Math.clz32(magnitude));
  const mantissa = exponent === 0 ? magnitude >> 1 : magnitude >> exponent;
  return (sign | (exponent << 4) | (mantissa & 15)) ^ 0x55;
}

export const AUDIO_BYTES = 320;

/** One 40 ms piece of a tone, 8000 samples a second, A-law. */
export function toneFrame(number: number, hertz: number): Frame {
  const payload = Buffer.alloc(AUDIO_BYTES);
  for (let at = 0; at < AUDIO_BYTES; at += 1) {
    const seconds = (number * AUDIO_BYTES + at) / 8000;
    payload[at] = encodeALaw(Math.round(8000 * Math.sin(2 * Math.PI * hertz * seconds)));
  }
  return { kind: 'audio', payload };
}
