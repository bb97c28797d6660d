import type { Line } from '../painter.ts';

/** Bytes and which of them are lit or hidden. */
export interface HexBytes {
  readonly bytes: Uint8Array;
  readonly masked: readonly (readonly [number, number])[];
  /** Range `[start, end)` that belongs to the selected field. */
  readonly lit?: readonly [number, number] | undefined;
}

const OFFSET_WIDTH = 6;
/** Offset, two blanks, and three cells of hex and one of text for each byte. */
const FIXED = OFFSET_WIDTH + 3;

/** How many bytes a line of some width shows: 16, 8 or 4. */
export function bytesPerRow(width: number): number {
  for (const count of [16, 8]) if (FIXED + count * 4 <= width) return count;
  return 4;
}

export function hexRowCount({ bytes }: HexBytes, perRow: number): number {
  return Math.ceil(bytes.length / perRow);
}

/** One line as in a hex dump: offset, bytes, characters. Hidden bytes are `**`. */
export function hexRow({ bytes, masked, lit }: HexBytes, row: number, perRow: number): Line {
  const start = row * perRow;
  const inRange = (at: number, range: readonly [number, number] | undefined) =>
    range !== undefined && at >= range[0] && at < range[1];
  const line: { text: string; tone: 'label' | 'plain' | 'lit' }[] = [
    { text: `${start.toString(16).padStart(OFFSET_WIDTH, '0')}  `, tone: 'label' },
  ];
  const characters: { text: string; tone: 'plain' | 'lit' }[] = [];
  for (let at = start; at < start + perRow; at++) {
    const byte = bytes[at];
    if (byte === undefined) {
      line.push({ text: '   ', tone: 'plain' });
      continue;
    }
    const hidden = masked.some((range) => inRange(at, range));
    const tone = inRange(at, lit) ? 'lit' : 'plain';
    line.push({ text: hidden ? '**' : byte.toString(16).padStart(2, '0'), tone });
    // The blank between two lit bytes is lit too, so that a field is one block.
    line.push({
      text: ' ',
      tone: tone === 'lit' && inRange(at + 1, lit) && at + 1 < start + perRow ? 'lit' : 'plain',
    });
    const visible = byte >= 0x20 && byte < 0x7f;
    characters.push({ text: hidden ? '*' : visible ? String.fromCharCode(byte) : '.', tone });
  }
  return [...line, { text: ' ', tone: 'plain' }, ...characters];
}
