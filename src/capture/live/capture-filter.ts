/** Fragments after the first bear no port: IPv4 by their offset, IPv6 by the fragment header (RFC 8200 section 4.5). */
const FRAGMENTS = [
  '((ip proto 6 or ip proto 17) and ip[6:2] & 0x1fff != 0)',
  '(ip6[6] = 44 and (ip6[40] = 6 or ip6[40] = 17))',
];

/**
 * pcap-filter(7) expression for some ports, of TCP or UDP, in IPv4 or IPv6, and for the later fragments of both.
 *
 * With `tagged` also their copies with one VLAN tag, or two (QinQ). Each `vlan` moves all that is written after it by a
 * tag, whatever the parentheses, so the copies must stand last, the second inside the first. Link types without
 * Ethernet's header refuse the word.
 */
export function captureFilter(ports: readonly number[], tagged: boolean): string {
  const plain = [...portRanges(ports), ...FRAGMENTS].join(' or ');
  return tagged ? `${plain} or (vlan and (${plain} or (vlan and (${plain}))))` : plain;
}

/** Neighbours as one range: libpcap takes seconds over a filter of a hundred terms. */
function portRanges(ports: readonly number[]): string[] {
  const ranges: { first: number; last: number }[] = [];
  for (const port of [...new Set(ports)].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last === port - 1) range.last = port;
    else ranges.push({ first: port, last: port });
  }
  return ranges.map(({ first, last }) => (first === last ? `port ${first}` : `portrange ${first}-${last}`));
}
