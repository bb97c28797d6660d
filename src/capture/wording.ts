/** 1234567 → `1,234,567`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 byte`, `1,500 bytes`. */
export function byteCount(value: number): string {
  return value === 1 ? '1 byte' : `${count(value)} bytes`;
}

/** Bytes as a person reads them: `ff d8 ff e0`. */
export function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** A path as it stands in a message: always one line, whatever the name holds. */
export function fileName(path: string): string {
  if (path === '-') return 'standard input';
  return Array.from(path, (char) => ((char.codePointAt(0) ?? 0) < 0x20 ? '?' : char)).join('');
}
