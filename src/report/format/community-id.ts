import { createHash } from 'node:crypto';

/**
 * Community ID version 1 (seed 0), by which Zeek, Suricata and Arkime name the same flow:
 * SHA-1 over seed(16) · lower endpoint's address · higher's · protocol · 0 · lower port · higher port.
 */
export function communityId(
  protocol: number,
  address0: Uint8Array,
  port0: number,
  address1: Uint8Array,
  port1: number,
): string {
  const order = Buffer.compare(address0, address1) || port0 - port1;
  const swap = order > 0;
  const tail = Buffer.alloc(6);
  tail[0] = protocol;
  tail.writeUInt16BE(swap ? port1 : port0, 2);
  tail.writeUInt16BE(swap ? port0 : port1, 4);
  const hash = createHash('sha1');
  hash.update(Buffer.alloc(2));
  hash.update(swap ? address1 : address0);
  hash.update(swap ? address0 : address1);
  hash.update(tail);
  return `1:${hash.digest('base64')}`;
}
