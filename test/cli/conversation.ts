import { readCaptures } from '../../src/capture/read-captures.ts';
import { type WrittenPacket, writePcapng } from '../support/capture-writer.ts';
import { type Message, writeMessage } from '../support/simulator/wire.ts';

/** A DVRIP message with nothing special in its header. */
export function message(id: number, body: string | Uint8Array, header: Partial<Message> = {}): Buffer {
  return writeMessage({
    id,
    version: 0,
    octet2: 0,
    octet3: 0,
    sessionId: 0x0b,
    sequence: 0,
    octet12: 0,
    octet13: 0,
    ...header,
    body: Buffer.from(body),
  });
}

export interface Ends {
  readonly clientPort?: number;
  readonly devicePort?: number;
}

/*
 * Ethernet (14) | IPv4 without options (20) | TCP without options (20) | payload
 */
function segment(
  fromClient: boolean,
  flags: number,
  sequence: number,
  payload: Uint8Array,
  ends: Ends,
): Buffer {
  const { clientPort = 50_000, devicePort = 34_567 } = ends;
  const frame = Buffer.alloc(54 + payload.length);
  frame.writeUInt16BE(0x0800, 12);
  frame.writeUInt8(0x45, 14);
  frame.writeUInt16BE(40 + payload.length, 16);
  frame.writeUInt8(64, 22);
  frame.writeUInt8(6, 23);
  const [client, device] = [Buffer.from([192, 0, 2, 20]), Buffer.from([192, 0, 2, 10])];
  (fromClient ? client : device).copy(frame, 26);
  (fromClient ? device : client).copy(frame, 30);
  frame.writeUInt16BE(fromClient ? clientPort : devicePort, 34);
  frame.writeUInt16BE(fromClient ? devicePort : clientPort, 36);
  frame.writeUInt32BE(sequence, 38);
  frame.writeUInt8(0x50, 46);
  frame.writeUInt8(flags, 47);
  frame.writeUInt16BE(0xffff, 48);
  frame.set(payload, 54);
  return frame;
}

const SYN = 0x02;
const ACK = 0x10;

/** One TCP connection, written packet by packet. Time goes on by a millisecond a packet. */
export class TcpConversation {
  readonly packets: WrittenPacket[] = [];
  readonly #ends: Ends;
  readonly #next = { client: 1000, device: 2000 };

  constructor(ends: Ends = {}) {
    this.#ends = ends;
    this.#write(true, SYN, new Uint8Array(0));
    this.#write(false, SYN | ACK, new Uint8Array(0));
    this.#next.client += 1;
    this.#next.device += 1;
  }

  /** The client sends bytes, one segment for each piece. */
  client(...pieces: readonly Uint8Array[]): this {
    for (const piece of pieces) this.#write(true, ACK, piece);
    return this;
  }

  device(...pieces: readonly Uint8Array[]): this {
    for (const piece of pieces) this.#write(false, ACK, piece);
    return this;
  }

  /** The capture as pcapng. */
  bytes(): Buffer {
    return writePcapng(this.packets);
  }

  #write(fromClient: boolean, flags: number, payload: Uint8Array): void {
    const from = fromClient ? 'client' : 'device';
    const bytes = segment(fromClient, flags, this.#next[from], payload, this.#ends);
    this.#next[from] += payload.length;
    const at = this.packets.length;
    const seconds = 1_700_000_000 + Math.floor(at / 1000);
    this.packets.push({ bytes, seconds, nanoseconds: (at % 1000) * 1_000_000 });
  }
}

/** Cuts bytes into pieces of a length. */
export function pieces(bytes: Uint8Array, length: number): Uint8Array[] {
  const cut: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) cut.push(bytes.subarray(at, at + length));
  return cut;
}

/** The packets of a capture of Ethernet frames. */
export async function readPackets(path: string): Promise<WrittenPacket[]> {
  const packets: WrittenPacket[] = [];
  await readCaptures([path], {
    packet: (packet) => {
      const bytes = Buffer.from(packet.bytes.subarray(packet.start, packet.end));
      packets.push({ bytes, seconds: packet.seconds, nanoseconds: packet.nanoseconds });
    },
    drained: () => undefined,
  });
  return packets;
}

/** The same packets with one TCP port replaced by another (IPv4 without options). */
export function onOtherPort(packets: readonly WrittenPacket[], from: number, to: number): WrittenPacket[] {
  return packets.map((packet) => {
    const bytes = Buffer.from(packet.bytes);
    if (bytes.readUInt16BE(12) === 0x0800 && bytes.readUInt8(23) === 6) {
      for (const at of [34, 36]) if (bytes.readUInt16BE(at) === from) bytes.writeUInt16BE(to, at);
    }
    return { ...packet, bytes };
  });
}
