/** Builds media chunks by the table of the field notes (§6.2), for tests; knows nothing of the analyzer's decoders. */

export interface WrittenPicture {
  /** Pixels; multiples of 8. */
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  /** UTC parts are written as the device's local time. */
  readonly time?: Date;
}

export function keyChunk(codec: number, payload: Uint8Array, picture: WrittenPicture = {}): Buffer {
  const { width = 352, height = 288, fps = 25, time = new Date(Date.UTC(2026, 0, 1)) } = picture;
  const header = Buffer.from([0, 0, 1, 0xfc, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  header[4] = codec | (((width / 8) >> 8) << 4) | (((height / 8) >> 8) << 6);
  header[5] = fps;
  header[6] = (width / 8) & 255;
  header[7] = (height / 8) & 255;
  const date = ((time.getUTCFullYear() - 2000) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  const clock = (time.getUTCHours() << 12) | (time.getUTCMinutes() << 6) | time.getUTCSeconds();
  header.writeUInt32LE(date * 2 ** 17 + clock, 8);
  header.writeUInt32LE(payload.length, 12);
  return Buffer.concat([header, payload]);
}

export function interChunk(payload: Uint8Array): Buffer {
  const header = Buffer.from([0, 0, 1, 0xfd, 0, 0, 0, 0]);
  header.writeUInt32LE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

export function audioChunk(codec: number, rateCode: number, payload: Uint8Array): Buffer {
  const header = Buffer.from([0, 0, 1, 0xfa, codec, rateCode, 0, 0]);
  header.writeUInt16LE(payload.length, 6);
  return Buffer.concat([header, payload]);
}

/** Bytes that are no text, no JSON and no archive. */
export const FIRMWARE = Buffer.from(Array.from({ length: 1500 }, (_, i) => (i * 7 + (i >> 5)) & 255));
