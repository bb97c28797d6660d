import { u16be } from '../../../dissectors/core/bytes.ts';

/** `192.0.2.10`, or IPv6 as RFC 5952 writes it. */
export function formatAddress(address: Uint8Array): string {
  if (address.length === 4) return address.join('.');
  const groups: number[] = [];
  for (let at = 0; at < 16; at += 2) groups.push(u16be(address, at));
  // The longest run of two or more zero groups, the first of equals, becomes "::" (RFC 5952 §4.2).
  let from = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run += 1;
    if (run > length) {
      from = i;
      length = run;
    }
    i += run;
  }
  const words = groups.map((group) => group.toString(16));
  if (from === -1) return words.join(':');
  return `${words.slice(0, from).join(':')}::${words.slice(from + length).join(':')}`;
}

/** `192.0.2.10:34567`, `[2001:db8::1]:34567`. */
export function formatEndpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** `0x0000000B`, the form in which session ids are shown everywhere. */
export function formatSessionId(id: number): string {
  return `0x${id.toString(16).toUpperCase().padStart(8, '0')}`;
}
