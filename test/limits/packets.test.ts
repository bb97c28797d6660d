import { describe, expect } from 'vitest';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';
import { writeDatagram } from '../support/tcp-writer.ts';
import { reaches } from './reaching.ts';
import { runLimited } from './run-limited.ts';

const ALIVE: WrittenMessage = {
  id: 1006,
  sessionId: 11,
  body: jsonBody({ Name: 'KeepAlive', SessionID: '0x0000000B' }),
};
const ETHERNET = 14;
const IP_HEADER = 20;

describe('a packet', () => {
  const [packet] = new Socket(34_567, 50_000, false).client(ALIVE).packets;
  const tagged = (tags: number): FedPacket => {
    const bytes = Buffer.from(packet?.bytes ?? []);
    const vlan = Buffer.from('81000001'.repeat(tags), 'hex');
    return { bytes: Buffer.concat([bytes.subarray(0, 12), vlan, bytes.subarray(12)]) };
  };

  reaches('packets.nestedLayers', 5, 'with more headers is not decoded, and counted', ({ limits }) => {
    // Ethernet, the tags, IPv4 and TCP.
    const { summary, messages } = runLimited([tagged(2), tagged(3)], limits);
    expect(summary.undecodedPackets).toBe(1);
    expect(messages).toHaveLength(1);
  });
});

describe('datagrams in pieces', () => {
  const device = { address: '192.168.1.10', port: 34_569 };
  const client = { address: '192.168.1.5', port: 34_569 };
  const body = jsonBody({ Name: 'x'.repeat(1200), Ret: 100 });
  const said = Buffer.alloc(20);
  said[0] = 0xff;
  said.writeUInt16LE(1531, 14);
  said.writeUInt32LE(body.length, 16);
  const datagram = writeDatagram(device, client, Buffer.concat([said, body]));

  /** The pieces of one datagram, of some 600 bytes each. */
  const pieces = (identification: number): readonly Buffer[] => {
    const payload = datagram.subarray(ETHERNET + IP_HEADER);
    return [0, 600, 1200].map((offset) => {
      const part = payload.subarray(offset, offset + 600);
      const head = Buffer.from(datagram.subarray(0, ETHERNET + IP_HEADER));
      head.writeUInt16BE(IP_HEADER + part.length, ETHERNET + 2);
      head.writeUInt16BE(identification, ETHERNET + 4);
      const more = offset + 600 < payload.length ? 0x2000 : 0;
      head.writeUInt16BE(more | (offset / 8), ETHERNET + 6);
      return Buffer.concat([head, part]);
    });
  };
  const all = (bytes: readonly Buffer[]) => bytes.map((one) => ({ bytes: one }));

  reaches('packets.fragmentedDatagrams', 1, 'give up the oldest, and count it', ({ limits }) => {
    const [a1, ...a] = pieces(1);
    const run = runLimited(all([...(a1 === undefined ? [] : [a1]), ...pieces(2), ...a]), limits);
    expect(run.messages).toHaveLength(1);
    expect(run.reached).toEqual({ fragmentedDatagrams: 1 });
    expect(run.summary.quality.incompleteDatagrams).toBe(2);
  });

  reaches('packets.fragmentBytes', 1000, 'give up one that is larger, and count it', ({ limits }) => {
    const run = runLimited(all(pieces(1)), limits);
    expect(run.messages).toEqual([]);
    expect(run.reached.fragmentedDatagrams).toBeGreaterThan(0);
    expect(run.check.quality.lacks).toContain('limits');
  });

  reaches('packets.fragmentSeconds', 3, 'give up one whose pieces come later', ({ limits }) => {
    const [first, ...rest] = all(pieces(1));
    const late = rest.map((packet) => ({ ...packet, seconds: 5 }));
    const run = runLimited([...(first === undefined ? [] : [first]), ...late], limits);
    expect(run.messages).toEqual([]);
    expect(run.summary.quality.incompleteDatagrams).toBeGreaterThan(0);
  });
});

describe('connections', () => {
  const sockets = [1, 2, 3, 4, 5].map((n) => new Socket(34_567, 50_000 + n).client(ALIVE));

  reaches('flows.flows', 2, 'make room for new ones, and are counted', ({ limits }) => {
    const { summary, reached, check } = runLimited(
      sockets.flatMap(({ packets }) => packets),
      limits,
    );
    expect(reached).toEqual({ flows: 3 });
    expect(summary.reassembly.evictedFlows).toBe(3);
    expect(check.quality.lacks).toContain('evicted-flows');
  });
});

describe('what waits behind a hole', () => {
  /** A message was never captured; `behind` came after it. */
  const holed = (port: number, behind: number): readonly FedPacket[] => {
    const socket = new Socket(34_567, port).client(ALIVE).lose(0, 100);
    for (let n = 0; n < behind; n++) socket.client(ALIVE);
    return socket.packets;
  };
  const bytes = 20 + (ALIVE.body?.length ?? 0);

  reaches('reassembly.pendingBytes', 3 * bytes, 'makes a gap of it when it is more', ({ limits }) => {
    const { gaps, reached, check } = runLimited(holed(50_000, 5), limits);
    expect([gaps, reached]).toEqual([['buffer-limit'], { pendingBytes: 1 }]);
    expect(check.quality.lacks).toContain('limits');
  });

  reaches('reassembly.pendingSegments', 3, 'makes a gap of it when there are more of them', ({ limits }) => {
    const { gaps, reached } = runLimited(holed(50_000, 5), limits);
    expect([gaps, reached]).toEqual([['buffer-limit'], { pendingSegments: 1 }]);
  });

  reaches('reassembly.pendingBytesInAll', 2500, 'makes a gap of it when all of it is more', ({ limits }) => {
    const { gaps, reached } = runLimited([...holed(50_001, 2), ...holed(50_002, 3)], limits);
    expect(reached).toEqual({ pendingBytesInAll: 1 });
    expect(gaps).toContain('buffer-limit');
  });

  /** The second of three messages is captured last, after the peer has answered all of them: so many times, so many seconds apart. */
  const late = (answers: number, apart: number): readonly FedPacket[] => {
    const socket = new Socket(34_567);
    for (const sequence of [0, 1, 2]) socket.client({ ...ALIVE, sequence });
    for (let n = 1; n <= answers; n++) socket.device({ ...ALIVE, id: 1007 }, n * apart);
    const { packets } = socket;
    const [second] = packets.splice(3, 1);
    if (second !== undefined) packets.push({ ...second, seconds: answers * apart });
    return packets.map(atItsTime);
  };
  const asked = ({ messages }: ReturnType<typeof runLimited>) =>
    messages.filter(({ id }) => id === 1006).map(({ sequence }) => sequence);

  reaches(
    'reassembly.acknowledgedHolePackets',
    2,
    'waits for so many packets once it was answered',
    (given) => {
      const run = runLimited(late(6, 0), given.limits);
      expect([run.gaps, asked(run)]).toEqual([['acknowledged'], [0, 2]]);
      expect(run.summary.reassembly).toMatchObject({ gaps: 1, gapBytes: bytes });
    },
  );

  reaches('reassembly.acknowledgedHoleSeconds', 0.5, 'waits for so long once it was answered', (given) => {
    const run = runLimited(late(4, 0.3), given.limits);
    expect([run.gaps, asked(run)]).toEqual([['acknowledged'], [0, 2]]);
    expect(run.summary.reassembly).toMatchObject({ gaps: 1, gapBytes: bytes });
  });
});

describe('a direction that is met in mid-stream', () => {
  const said = new Socket(34_567, 50_000, false);
  for (const sequence of [0, 1, 2, 3]) said.client({ ...ALIVE, sequence });
  const [first, ...others] = said.packets;

  reaches('reassembly.openingSegments', 2, 'begins with the first of them', ({ limits }) => {
    const { messages, summary } = runLimited([...others, ...(first === undefined ? [] : [first])], limits);
    expect(messages.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(summary.reassembly).toMatchObject({ gaps: 0, retransmittedBytes: 20 + (ALIVE.body?.length ?? 0) });
  });
});

/** Whole seconds and nanoseconds apart, as records have them. */
function atItsTime({ bytes, seconds = 0 }: FedPacket): FedPacket {
  const whole = Math.floor(seconds);
  return { bytes, seconds: whole, nanoseconds: Math.round((seconds - whole) * 1e9) };
}
