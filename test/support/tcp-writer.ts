/** Builds Ethernet/IPv4 packets with TCP segments and UDP datagrams in them, for tests: every field can be set. */

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

const TCP = 6;
const UDP = 17;

/** An IPv4 address in dotted form and a port. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface WrittenSegment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Any integer: it is taken modulo 2^32. */
  readonly sequence: number;
  readonly acknowledgement?: number;
  readonly flags?: number;
  readonly payload?: Uint8Array;
}

function ipv4(from: Endpoint, to: Endpoint, protocol: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(34);
  header.writeUInt16BE(0x0800, 12);
  header[14] = 0x45;
  header.writeUInt16BE(20 + payload.length, 16);
  header[22] = 64;
  header[23] = protocol;
  header.set(from.address.split('.').map(Number), 26);
  header.set(to.address.split('.').map(Number), 30);
  return Buffer.concat([header, payload]);
}

export function writeSegment(segment: WrittenSegment): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(segment.from.port, 0);
  header.writeUInt16BE(segment.to.port, 2);
  header.writeInt32BE(segment.sequence | 0, 4);
  header.writeInt32BE((segment.acknowledgement ?? 0) | 0, 8);
  header.writeUInt16BE(0x5000 | (segment.flags ?? ACK), 12);
  header.writeUInt16BE(0xffff, 14);
  return ipv4(segment.from, segment.to, TCP, Buffer.concat([header, segment.payload ?? Buffer.alloc(0)]));
}

export function writeDatagram(from: Endpoint, to: Endpoint, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt16BE(8 + payload.length, 4);
  return ipv4(from, to, UDP, Buffer.concat([header, payload]));
}
