/** Media as a device packs it: frames in chunks, chunks in slices (field notes 6.1, 6.2). */
import { MEDIA_SLICE_BYTES } from './wire.ts';

export type FrameKind = 'key' | 'inter' | 'audio';

export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

export interface VideoShape {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** 1 MPEG-4, 2 H.264, 3 H.265. */
  readonly codec: number;
}

/** Seconds in the lowest bits: sec 6, min 6, hour 5, day 5, month 4, year since 2000 6. */
export function packDateTime(time: Date): number {
  const packed =
    time.getUTCSeconds() |
    (time.getUTCMinutes() << 6) |
    (time.getUTCHours() << 12) |
    (time.getUTCDate() << 17) |
    ((time.getUTCMonth() + 1) << 22) |
    ((time.getUTCFullYear() - 2000) << 26);
  return packed >>> 0;
}

/*
 * 00 00 01 FC | T | F | W | H | u32 date-time | u32 length | payload
 * T: codec in bits 0-3, bits 8-9 of W in bits 4-5, of H in bits 6-7; W and H count 8 pixels. F: frames per second.
 */
function keyChunk(payload: Buffer, shape: VideoShape, time: Date): Buffer {
  const width = shape.width >> 3;
  const height = shape.height >> 3;
  const head = Buffer.from([0, 0, 1, 0xfc, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  head[4] = (shape.codec & 15) | ((width >> 8) << 4) | ((height >> 8) << 6);
  head[5] = shape.framesPerSecond & 31;
  head[6] = width & 255;
  head[7] = height & 255;
  head.writeUInt32LE(packDateTime(time), 8);
  head.writeUInt32LE(payload.length, 12);
  return Buffer.concat([head, payload]);
}

/* 00 00 01 FD | u32 length | payload */
function interChunk(payload: Buffer): Buffer {
  const head = Buffer.from([0, 0, 1, 0xfd, 0, 0, 0, 0]);
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload]);
}

/* 00 00 01 FA | 0E = G.711 A-law | 02 = 8000 Hz | u16 length | payload */
export function audioChunk(payload: Buffer): Buffer {
  const head = Buffer.from([0, 0, 1, 0xfa, 0x0e, 0x02, 0, 0]);
  head.writeUInt16LE(payload.length, 6);
  return Buffer.concat([head, payload]);
}

export function frameChunk(frame: Frame, shape: VideoShape, time: Date): Buffer {
  switch (frame.kind) {
    case 'key':
      return keyChunk(frame.payload, shape, time);
    case 'inter':
      return interChunk(frame.payload);
    case 'audio':
      return audioChunk(frame.payload);
  }
}

export function sliceBytes(bytes: Buffer, size = MEDIA_SLICE_BYTES): readonly Buffer[] {
  const slices: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) slices.push(bytes.subarray(at, at + size));
  return slices;
}
