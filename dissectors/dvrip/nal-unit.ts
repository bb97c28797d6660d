import { u8 } from '../core/bytes.ts';
import { VIDEO_H264, VIDEO_H265, VIDEO_MPEG4 } from './chunk-header.ts';

/**
 * The first bytes of a frame as a device packs it: Annex B of H.264 and H.265, a start code and a NAL unit header;
 * start codes of ISO 14496-2 for MPEG-4.
 *
 * ```
 * 00 00 (00) 01   H.264  forbidden 1 · ref_idc 2 · type 5
 *                 H.265  forbidden 1 · type 6 · layer 6 · temporal id plus one 3
 *                 MPEG-4 start code value 8
 * ```
 */
export const NAL_PROBE_BYTES = 6;

/**
 * Whether the 6 bytes at `at` begin a frame that a decoder of `codec` (VIDEO_ numbers) takes. Recorders also send FD
 * chunks with a start code whose content is no video: their NAL header names a layer no device uses (field notes §6.2).
 */
export function beginsFrame(codec: number, bytes: Uint8Array, at: number): boolean {
  if (u8(bytes, at) !== 0 || u8(bytes, at + 1) !== 0) return false;
  const unit = u8(bytes, at + 2) === 1 ? at + 3 : at + 4;
  if (u8(bytes, unit - 1) !== 1) return false;
  const first = u8(bytes, unit);
  const second = u8(bytes, unit + 1);
  if (codec === VIDEO_H264) return first < 0x80 && isH264Type(first & 31);
  if (codec === VIDEO_H265) {
    const layer = ((first & 1) << 5) | (second >> 3);
    return first < 0x80 && isH265Type(first >> 1) && layer === 0 && (second & 7) !== 0;
  }
  return codec === VIDEO_MPEG4 && (first >= 0xb0 || first <= 0x2f);
}

/** H.264 table 7-1 without the reserved and unspecified types. */
function isH264Type(type: number): boolean {
  return (type >= 1 && type <= 15) || (type >= 19 && type <= 21);
}

/** H.265 table 7-1 without the reserved and unspecified types. */
function isH265Type(type: number): boolean {
  return type <= 9 || (type >= 16 && type <= 21) || (type >= 32 && type <= 40);
}
