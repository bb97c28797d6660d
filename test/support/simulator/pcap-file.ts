/** Reads and writes the classic pcap files that tcpdump makes, and finds TCP in them: only what the recorder needs. */
import type { Endpoint } from './log.ts';

export interface CaptureRecord {
  readonly seconds: number;
  /** Micro- or nanoseconds, as the file has them. */
  readonly fraction: number;
  readonly frame: Buffer;
}

export interface CaptureFile {
  /** The 24 bytes of the file header, kept as they are. */
  readonly header: Buffer;
  readonly records: readonly CaptureRecord[];
}

const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
const MAGICS = [0xa1b2c3d4, 0xa1b23c4d];
const ETHERNET = 1;

/* Record: u32 seconds | u32 fraction | u32 captured length | u32 original length | frame, in the writer's byte order. */
export function readCaptureFile(bytes: Buffer): CaptureFile {
  if (bytes.length < FILE_HEADER_BYTES || !MAGICS.includes(bytes.readUInt32LE(0)))
    throw new Error('not a pcap file');
  if (bytes.readUInt32LE(20) !== ETHERNET) throw new Error('not an Ethernet capture');
  const records: CaptureRecord[] = [];
  let at = FILE_HEADER_BYTES;
  while (at + RECORD_HEADER_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at + 8);
    const start = at + RECORD_HEADER_BYTES;
    if (length !== bytes.readUInt32LE(at + 12)) throw new Error('a packet was cut by the snapshot length');
    const times = { seconds: bytes.readUInt32LE(at), fraction: bytes.readUInt32LE(at + 4) };
    records.push({ ...times, frame: bytes.subarray(start, start + length) });
    at = start + length;
  }
  if (at !== bytes.length) throw new Error('the file ends inside a packet');
  return { header: bytes.subarray(0, FILE_HEADER_BYTES), records };
}

export function writeCaptureFile(file: CaptureFile): Buffer {
  const parts: Buffer[] = [file.header];
  for (const { seconds, fraction, frame } of file.records) {
    const head = Buffer.alloc(RECORD_HEADER_BYTES);
    head.writeUInt32LE(seconds, 0);
    head.writeUInt32LE(fraction, 4);
    head.writeUInt32LE(frame.length, 8);
    head.writeUInt32LE(frame.length, 12);
    parts.push(head, frame);
  }
  return Buffer.concat(parts);
}

export interface Segment {
  readonly protocol: 'tcp' | 'udp';
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** 0 for UDP. */
  readonly sequence: number;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly payload: Buffer;
}

const ETHERNET_BYTES = 14;
const TCP = 6;
const UDP = 17;

/** The IPv4 TCP segment or UDP datagram in an Ethernet frame, or undefined for anything else. */
export function segmentOf(frame: Buffer): Segment | undefined {
  if (frame.length < ETHERNET_BYTES + 20 || frame.readUInt16BE(12) !== 0x0800) return undefined;
  const ip = frame.subarray(ETHERNET_BYTES);
  const transport = ip.subarray((ip.readUInt8(0) & 15) * 4, ip.readUInt16BE(2));
  const protocol = ip.readUInt8(9);
  if ((protocol !== TCP || transport.length < 20) && (protocol !== UDP || transport.length < 8))
    return undefined;
  const from = { address: ip.subarray(12, 16).join('.'), port: transport.readUInt16BE(0) };
  const to = { address: ip.subarray(16, 20).join('.'), port: transport.readUInt16BE(2) };
  if (protocol === UDP)
    return { protocol: 'udp', from, to, sequence: 0, syn: false, fin: false, payload: transport.subarray(8) };
  const payload = transport.subarray((transport.readUInt8(12) >> 4) * 4);
  const flags = transport.readUInt8(13);
  const syn = (flags & 2) !== 0;
  const fin = (flags & 1) !== 0;
  return { protocol: 'tcp', from, to, sequence: transport.readUInt32BE(4), syn, fin, payload };
}

/** The same frame under another IP identification, as the sender's second try would have it; the checksum follows. */
export function sentAgain(frame: Buffer): Buffer {
  const copy = Buffer.from(frame);
  const ip = copy.subarray(ETHERNET_BYTES);
  ip.writeUInt16BE((ip.readUInt16BE(4) + 0x1000) & 0xffff, 4);
  ip.writeUInt16BE(0, 10);
  let sum = 0;
  for (let at = 0; at < (ip.readUInt8(0) & 15) * 4; at += 2) sum += ip.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  ip.writeUInt16BE(~sum & 0xffff, 10);
  return copy;
}

export function directionKey(protocol: string, from: Endpoint, to: Endpoint): string {
  return `${protocol} ${from.address}:${from.port} > ${to.address}:${to.port}`;
}

/** What one direction of a flow carried. For UDP the datagrams one behind the other. */
export interface CapturedStream {
  /** Sequence number of the first byte; 0 for UDP. */
  readonly base: number;
  readonly bytes: Buffer;
}

/** Lays out all streams of a recording that has its connection openings and lost nothing. Throws where it did. */
export function capturedStreams(records: readonly CaptureRecord[]): ReadonlyMap<string, CapturedStream> {
  const bases = new Map<string, number>();
  const parts = new Map<string, Buffer[]>();
  const lengths = new Map<string, number>();
  for (const { frame } of records) {
    const segment = segmentOf(frame);
    if (segment === undefined) continue;
    const key = directionKey(segment.protocol, segment.from, segment.to);
    if (segment.syn) bases.set(key, (segment.sequence + 1) >>> 0);
    if (segment.protocol === 'udp') bases.set(key, 0);
    const base = bases.get(key);
    if (base === undefined) throw new Error(`the opening of ${key} is not in the recording`);
    const length = lengths.get(key) ?? 0;
    const place = segment.protocol === 'udp' ? length : (segment.sequence - base) >>> 0;
    const fresh = segment.payload.length === 0 ? 0 : place + segment.payload.length - length;
    if (fresh <= 0) continue;
    if (place > length) throw new Error(`${key} has a gap at ${length}`);
    parts.set(key, [...(parts.get(key) ?? []), segment.payload.subarray(segment.payload.length - fresh)]);
    lengths.set(key, length + fresh);
  }
  const streams = new Map<string, CapturedStream>();
  for (const [key, base] of bases) streams.set(key, { base, bytes: Buffer.concat(parts.get(key) ?? []) });
  return streams;
}
