const POLYNOMIAL = 0x04c1_1db7;

/** The checksum of a table section (ISO/IEC 13818-1, annex A): most significant bit first, begun with ones. */
export function crc32Mpeg(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  }
  return crc >>> 0;
}
