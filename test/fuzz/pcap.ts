import { Packet } from '../../dissectors/core/packet.ts';
import { PcapParser } from '../../src/capture/pcap-parser.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import type { RecordParser } from '../../src/capture/record-parser.ts';

/** One record of a capture input. */
export interface PcapRecord {
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly wireLength: number;
  readonly bytes: Buffer;
}

/** A capture input in pieces: it is kept as a plain pcap file, so that other tools open a case. */
export interface PcapInput {
  readonly linkType: number;
  readonly records: readonly PcapRecord[];
}

const HEADER = 24;
const RECORD_HEADER = 16;
const NANOSECOND_MAGIC = 0xa1b23c4d;

export function writeInput({ linkType, records }: PcapInput): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(NANOSECOND_MAGIC, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(linkType >>> 0, 20);
  const parts: Buffer[] = [header];
  for (const { seconds, nanoseconds, wireLength, bytes } of records) {
    const front = Buffer.alloc(RECORD_HEADER);
    front.writeUInt32LE(seconds >>> 0, 0);
    front.writeUInt32LE(nanoseconds >>> 0, 4);
    front.writeUInt32LE(bytes.length, 8);
    front.writeUInt32LE(wireLength >>> 0, 12);
    parts.push(front, bytes);
  }
  return Buffer.concat(parts);
}

export function readInput(input: Buffer): PcapInput {
  const records: PcapRecord[] = [];
  const linkType = input.length >= HEADER ? input.readUInt32LE(20) : 1;
  for (let at = HEADER; at + RECORD_HEADER <= input.length; ) {
    const end = at + RECORD_HEADER + input.readUInt32LE(at + 8);
    if (end > input.length) break;
    records.push({
      seconds: input.readUInt32LE(at),
      nanoseconds: input.readUInt32LE(at + 4),
      wireLength: input.readUInt32LE(at + 12),
      bytes: input.subarray(at + RECORD_HEADER, end),
    });
    at = end;
  }
  return { linkType, records };
}

const BUFFERS = 8;
const BUFFER_BYTES = 1 << 16;

/**
 * Hands the packets of a capture input over as the reader does: one view, read buffers that are used again, their old
 * content gone, so that what was kept without a copy is found out.
 */
export function feed(input: Buffer, take: (packet: Packet) => void): void {
  const packet = new Packet();
  const buffers = Array.from({ length: BUFFERS }, () => Buffer.alloc(BUFFER_BYTES, 0xee));
  const view = new Packet();
  let used = 0;
  const parser: RecordParser = new PcapParser(
    packet,
    {
      packet: () => {
        const length = packet.end - packet.start;
        if (used + length > BUFFER_BYTES) {
          view.chunk += 1;
          used = 0;
          if (length <= BUFFER_BYTES) buffers[view.chunk % BUFFERS]?.fill(0xee);
        }
        const large = length > BUFFER_BYTES;
        const buffer = large ? Buffer.alloc(length) : (buffers[view.chunk % BUFFERS] ?? Buffer.alloc(0));
        buffer.set(packet.bytes.subarray(packet.start, packet.end), used);
        view.number = packet.number;
        view.seconds = packet.seconds;
        view.nanoseconds = packet.nanoseconds;
        view.linkType = packet.linkType;
        view.wireLength = packet.wireLength;
        view.fileOffset = packet.fileOffset;
        view.bytes = buffer;
        view.start = used;
        view.end = used + length;
        take(view);
        if (large) view.chunk += 1;
        else used += length;
      },
      drained: () => undefined,
    },
    2 ** 52,
  );
  parser.push(input, 0, input.length);
}

/** The first packets of a capture file of any format, by link type. */
export async function readFile(path: string, most: number): Promise<readonly PcapInput[]> {
  const byLink = new Map<number, PcapRecord[]>();
  const sink = {
    packet: ({ linkType, bytes, start, end, ...packet }: Packet) => {
      const records = byLink.get(linkType) ?? [];
      byLink.set(linkType, records);
      const { seconds, nanoseconds, wireLength } = packet;
      records.push({ seconds, nanoseconds, wireLength, bytes: Buffer.from(bytes.subarray(start, end)) });
    },
    drained: () => undefined,
  };
  await readCaptures([path], sink, { maxPackets: most });
  return [...byLink].map(([linkType, records]) => ({ linkType, records }));
}
