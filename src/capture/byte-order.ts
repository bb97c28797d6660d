import { u16be, u16le, u32be, u32le } from '../../dissectors/core/bytes.ts';

/** Reads in the byte order of the file or section; `big` stays the same over a whole chunk, so the branch costs nothing. */
export function u32(bytes: Uint8Array, at: number, big: boolean): number {
  return big ? u32be(bytes, at) : u32le(bytes, at);
}

export function u16(bytes: Uint8Array, at: number, big: boolean): number {
  return big ? u16be(bytes, at) : u16le(bytes, at);
}
