const ROW = 16;

/**
 * Lines as `xxd` and tshark print them: offset, 16 bytes in hex, the same as ASCII. Bytes in `masked` ranges
 * are shown as `**`.
 */
export function hexDump(
  bytes: Uint8Array,
  masked: readonly (readonly [number, number])[] = [],
  firstOffset = 0,
): string[] {
  const hidden = (at: number) => masked.some(([from, to]) => at >= from && at < to);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += ROW) {
    let hex = '';
    let text = '';
    for (let i = at; i < at + ROW; i++) {
      const byte = bytes[i];
      if (i === at + ROW / 2) hex += ' ';
      if (byte === undefined) {
        hex += '   ';
      } else if (hidden(i)) {
        hex += '** ';
        text += '*';
      } else {
        hex += `${byte.toString(16).padStart(2, '0')} `;
        text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
      }
    }
    lines.push(`${(firstOffset + at).toString(16).padStart(6, '0')}  ${hex} ${text}`);
  }
  return lines;
}
