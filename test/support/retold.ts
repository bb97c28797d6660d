import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { PROTOCOL_UDP } from '../../src/reassembly/flow.ts';
import { writeMessage } from './dvrip-writer.ts';
import type { FedPacket } from './packet-feed.ts';
import { Socket } from './socket.ts';
import { writeDatagram } from './tcp-writer.ts';

/** One message of a conversation that can be told again with something changed. */
export interface Told {
  readonly flow: number;
  /** Who opened the connection said it. */
  readonly byOpener: boolean;
  readonly from: 'client' | 'device';
  readonly name: string;
  readonly media: boolean;
  readonly time: number;
  readonly id: number;
  readonly version: number;
  readonly reserved1: number;
  readonly reserved2: number;
  readonly sessionId: number;
  readonly sequence: number;
  readonly byte12: number;
  readonly byte13: number;
  readonly body: Buffer;
  /** Bytes of body that the header promises, where they are not those that follow. */
  readonly length?: number;
}

interface Connection {
  readonly flow: number;
  readonly udp: boolean;
  readonly opener: { readonly address: string; readonly port: number };
  readonly other: { readonly address: string; readonly port: number };
  /** Who closed first, and when; undefined where nobody did. */
  readonly closed: { readonly byOpener: boolean; readonly time: number } | undefined;
}

/** A capture as a conversation: who is connected, and who said what, in order of time. */
export interface Talk {
  readonly connections: readonly Connection[];
  readonly said: readonly Told[];
}

const dotted = (address: Uint8Array) => address.join('.');

/** Reads a capture that has lost nothing. */
export async function readTalk(path: string): Promise<Talk> {
  const said: Told[] = [];
  const connections: Connection[] = [];
  const analysis = new Analysis(
    { keptMediaBytes: 1 << 20 },
    {
      message(m) {
        const {
          messageId: id,
          version,
          reserved1,
          reserved2,
          sessionId,
          sequence,
          byte12,
          byte13,
        } = m.header;
        said.push({
          flow: m.flow.number,
          byOpener: m.side === m.flow.client,
          from: m.from,
          name: m.name,
          media: m.media,
          time: m.seconds + m.nanoseconds / 1e9,
          ...{ id, version, reserved1, reserved2, sessionId, sequence, byte12, byte13 },
          body: Buffer.from(m.body.subarray(m.bodyStart, m.bodyEnd)),
        });
      },
      flowEnded(flow, dvrip) {
        const end = (side: 0 | 1) => ({ address: dotted(flow.address(side)), port: flow.port(side) });
        const closed =
          dvrip === undefined || dvrip.closedBy === -1
            ? undefined
            : { byOpener: dvrip.closedBy === flow.client, time: flow.endSeconds + flow.endNanoseconds / 1e9 };
        const udp = flow.protocol === PROTOCOL_UDP;
        connections.push({
          flow: flow.number,
          udp,
          opener: end(flow.client),
          other: end(flow.server),
          closed,
        });
      },
    },
  );
  await readCaptures([path], { packet: (packet) => analysis.push(packet), drained: () => undefined });
  analysis.end();
  return { connections, said };
}

/** The packets of a conversation: every message in segments of its own. */
export function tellTalk({ connections, said }: Talk): FedPacket[] {
  const packets: FedPacket[] = [];
  for (const connection of connections) {
    const own = said.filter(({ flow }) => flow === connection.flow);
    packets.push(...(connection.udp ? datagrams(connection, own) : segments(connection, own)));
  }
  return packets.sort(
    (a, b) => (a.seconds ?? 0) - (b.seconds ?? 0) || (a.nanoseconds ?? 0) - (b.nanoseconds ?? 0),
  );
}

function datagrams({ opener, other }: Connection, own: readonly Told[]): FedPacket[] {
  return own.map((told) => {
    const [from, to] = told.byOpener ? [opener, other] : [other, opener];
    return { bytes: writeDatagram(from, to, written(told)), ...clock(told.time) };
  });
}

const LONGEST_SEGMENT = 32_000;

function segments({ opener, other, closed }: Connection, own: readonly Told[]): FedPacket[] {
  const addresses = { client: opener.address, device: other.address };
  const socket = new Socket(other.port, opener.port, true, addresses);
  const times: number[] = [];
  const stamp = (time: number) => {
    while (times.length < socket.packets.length) times.push(time);
  };
  stamp(own[0]?.time ?? 0);
  for (const told of own) {
    const bytes = written(told);
    for (let at = 0; at < bytes.length; at += LONGEST_SEGMENT) {
      const piece = bytes.subarray(at, at + LONGEST_SEGMENT);
      if (told.byOpener) socket.client(piece);
      else socket.device(piece);
    }
    stamp(told.time);
  }
  if (closed !== undefined) socket.close(closed.byOpener ? 0 : 1);
  stamp(Math.max(closed?.time ?? 0, own.at(-1)?.time ?? 0));
  return socket.packets.map((packet, i) => ({ ...packet, ...clock(times[i] ?? 0) }));
}

function written({ length, ...told }: Told): Buffer {
  return writeMessage(length === undefined ? told : { ...told, length });
}

function clock(time: number): { seconds: number; nanoseconds: number } {
  const seconds = Math.floor(time);
  return { seconds, nanoseconds: Math.round((time - seconds) * 1e9) };
}
