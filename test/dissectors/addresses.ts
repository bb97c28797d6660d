/** The address at an offset as tshark prints it: dotted, or the shortest IPv6 form (RFC 5952). */
export function formatAddress(bytes: Uint8Array, at: number, length: number): string {
  const octets = [...bytes.subarray(at, at + length)];
  if (length === 4) return octets.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((octets[2 * i] ?? 0) << 8) | (octets[2 * i + 1] ?? 0));
  const text = new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]`).hostname.slice(
    1,
    -1,
  );
  const isV4Mapped = text.startsWith('::ffff:');
  return isV4Mapped ? `::ffff:${octets.slice(12).join('.')}` : text;
}
