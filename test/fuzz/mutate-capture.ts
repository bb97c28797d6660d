import { writeMessage } from '../support/dvrip-writer.ts';
import { writeDatagram, writeSegment } from '../support/tcp-writer.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateText } from './mutate-text.ts';
import { type PcapInput, type PcapRecord, readInput, writeInput } from './pcap.ts';
import type { Random } from './random.ts';

type Records = PcapRecord[];
type Mutation = (random: Random, records: Records, other: PcapInput) => void;

const LONGEST = 60_000;
const ETHERNET = 14;
const LINK_TYPES = [0, 1, 9, 12, 50, 51, 101, 104, 105, 108, 113, 127, 228, 229, 239, 242, 276, 0xffff_ffff];

/** Where the TCP segment of an Ethernet/IPv4 packet begins; -1 where it is none. */
function segmentAt({ bytes }: PcapRecord): number {
  if (bytes.length < ETHERNET + 40 || bytes.readUInt16BE(12) !== 0x0800 || bytes[ETHERNET + 9] !== 6)
    return -1;
  const at = ETHERNET + Math.max(5, (bytes[ETHERNET] ?? 0) & 15) * 4;
  return at + 20 <= bytes.length ? at : -1;
}

function payloadAt(record: PcapRecord, segment: number): number {
  return Math.min(record.bytes.length, segment + Math.max(5, (record.bytes[segment + 12] ?? 0) >> 4) * 4);
}

/** A packet with other bytes behind `front`, and the lengths of IPv4 to match. */
function withPayload(record: PcapRecord, front: number, payload: Buffer, sequenceBy: number): PcapRecord {
  const bytes = Buffer.concat([record.bytes.subarray(0, front), payload.subarray(0, LONGEST - front)]);
  bytes.writeUInt16BE((bytes.length - ETHERNET) & 0xffff, ETHERNET + 2);
  const segment = segmentAt({ ...record, bytes });
  if (segment >= 0) bytes.writeUInt32BE((bytes.readUInt32BE(segment + 4) + sequenceBy) >>> 0, segment + 4);
  return { ...record, bytes, wireLength: bytes.length };
}

/** Changes a segment that carries something. */
function onPayload(
  random: Random,
  records: Records,
  change: (record: PcapRecord, front: number, payload: Buffer) => readonly PcapRecord[],
): void {
  for (let tries = 0; tries < 12; tries++) {
    const at = random.below(records.length);
    const record = records[at];
    const segment = record === undefined ? -1 : segmentAt(record);
    if (record === undefined || segment < 0) continue;
    const front = payloadAt(record, segment);
    if (front >= record.bytes.length) continue;
    records.splice(at, 1, ...change(record, front, record.bytes.subarray(front)));
    return;
  }
}

function onHeader(random: Random, payload: Buffer): Buffer {
  if (payload.length < 20) return payload;
  const copy = Buffer.from(payload);
  const choice = random.below(7);
  if (choice === 0) copy.writeUInt32LE(random.pick([0, 1, 0x100_0000, 0xffff_ffff, payload.length]) ?? 0, 16);
  else if (choice === 1)
    copy.writeUInt16LE(random.pick([1000, 1001, 1006, 1412, 1426, 1434, 1500, 1522, 1530, 2063]) ?? 0, 14);
  else if (choice === 2) copy.writeUInt32LE(random.next(), 4);
  else if (choice === 3) copy.writeUInt32LE((copy.readUInt32LE(8) + random.below(5) - 2) >>> 0, 8);
  else if (choice === 4) copy[12] = random.pick([0, 1, 2, 16, 255]) ?? 0;
  else if (choice === 5) copy[13] = random.pick([0, 1, 2, 255]) ?? 0;
  else copy[random.below(4)] = random.below(256);
  return copy;
}

const MUTATIONS: readonly Mutation[] = [
  (random, records) => records.splice(random.below(records.length)),
  (random, records) => records.splice(random.below(records.length), random.few(6)),
  (random, records) => {
    const from = random.below(records.length);
    const part = records.slice(from, from + random.few(30));
    records.splice(random.below(records.length), 0, ...part);
  },
  (random, records) => {
    const [one] = records.splice(random.below(records.length), 1);
    if (one !== undefined) records.splice(random.below(records.length + 1), 0, one);
  },
  (random, records) => {
    const from = random.below(records.length);
    const part = records.splice(from, random.few(40));
    records.splice(from, 0, ...(random.chance(2) ? part.reverse() : part.sort(() => random.below(3) - 1)));
  },
  (random, records) =>
    edit(random, records, (r) => ({ ...r, bytes: r.bytes.subarray(0, random.below(r.bytes.length)) })),
  (random, records) =>
    edit(random, records, (r) => ({
      ...r,
      wireLength: random.pick([0, 1, 0xffff_ffff, r.wireLength + 9]) ?? 0,
    })),
  (random, records) =>
    edit(random, records, (r) => ({
      ...r,
      seconds:
        random.pick([0, r.seconds + 1, r.seconds + 100, r.seconds - 1, r.seconds + 90_000, 0xffff_ffff]) ?? 0,
      nanoseconds: random.pick([0, 999_999_999, r.nanoseconds]) ?? 0,
    })),
  (random, records, other) =>
    edit(random, records, (r) => {
      const bytes = mutateBytes(random, r.bytes, random.pick(other.records)?.bytes ?? r.bytes).subarray(
        0,
        LONGEST,
      );
      return { ...r, bytes, wireLength: bytes.length };
    }),
  (random, records) =>
    edit(random, records, (r) => {
      const segment = segmentAt(r);
      if (segment < 0) return r;
      const bytes = Buffer.from(r.bytes);
      const by =
        random.pick([1, -1, 20, -20, 1400, -1400, 65_536, 1 << 30, -(1 << 31), random.next() | 0]) ?? 0;
      const field = segment + (random.chance(3) ? 8 : 4);
      if (random.chance(4)) bytes[segment + 13] = random.below(256);
      else bytes.writeUInt32BE((bytes.readUInt32BE(field) + by) >>> 0, field);
      return { ...r, bytes };
    }),
  (random, records) =>
    onPayload(random, records, (r, front, payload) => {
      // Cut into pieces, down to one byte; some out of order, some twice with another value.
      const size = random.pick([1, 2, 7, 20, 100]) ?? 1;
      const pieces: PcapRecord[] = [];
      for (let at = 0; at < payload.length && pieces.length < 300; at += size) {
        const piece = withPayload(r, front, payload.subarray(at, at + size), at);
        if (random.chance(9)) pieces.unshift(piece);
        else pieces.push(piece);
        if (random.chance(9)) pieces.push(withPayload(r, front, random.bytes(size + random.below(4)), at));
      }
      return pieces;
    }),
  (random, records) =>
    onPayload(random, records, (r, front, payload) => [withPayload(r, front, onHeader(random, payload), 0)]),
  (random, records) =>
    onPayload(random, records, (r, front, payload) => [withPayload(r, front, onHeader(random, payload), 0)]),
  (random, records, other) =>
    onPayload(random, records, (r, front, payload) => {
      const lent = random.pick(other.records)?.bytes.subarray(ETHERNET + 40) ?? payload;
      const body = payload.subarray(20);
      const changed = random.chance(2) ? mutateText(random, body, lent) : mutateBytes(random, body, lent);
      const header = Buffer.from(payload.subarray(0, 20));
      // The header fits the new body as a rule, or what is behind would only be noise.
      if (header.length === 20 && !random.chance(5)) header.writeUInt32LE(changed.length, 16);
      return [withPayload(r, front, Buffer.concat([header, changed]), 0)];
    }),
  (random, records, other) => {
    const from = random.below(other.records.length);
    records.splice(random.below(records.length), 0, ...other.records.slice(from, from + random.few(60)));
  },
];

function edit(random: Random, records: Records, change: (record: PcapRecord) => PcapRecord): void {
  const at = random.below(records.length);
  const record = records[at];
  if (record !== undefined) records[at] = change(record);
}

/** A capture changed in one way; `other` lends packets. */
export function mutateCapture(random: Random, input: Buffer, other: Buffer): Buffer {
  const { linkType, records } = readInput(input);
  if (records.length === 0 || random.chance(60)) return makeCapture(random);
  const list = [...records];
  random.pick(MUTATIONS)?.(random, list, readInput(other));
  return writeInput({
    linkType: random.chance(40) ? (random.pick(LINK_TYPES) ?? 1) : linkType,
    records: list,
  });
}

/** A few packets that nobody sent: any flags, numbers near each other, DVRIP headers with any field. */
export function makeCapture(random: Random): Buffer {
  const client = { address: '10.0.0.1', port: 5000 + random.below(2) };
  const records: Records = [];
  let seconds = 1_700_000_000;
  for (let i = random.few(60); i > 0; i--) {
    const device = { address: '10.0.0.2', port: random.pick([34_567, 34_567, 34_569, 80]) ?? 80 };
    const body = random.chance(2)
      ? random.bytes(random.few(200))
      : Buffer.from('{"Ret":100,"SessionID":"0x01"}\n\0');
    const message = writeMessage({
      id: random.pick([1000, 1001, 1006, 1042, 1412, 1434, 1530, 7]) ?? 7,
      sessionId: random.below(3),
      sequence: random.below(6),
      byte12: random.pick([0, 2, 3, 255]) ?? 0,
      byte13: random.below(3),
      body,
      length: random.chance(4) ? random.next() : body.length,
    });
    const back = random.chance(2);
    const [from, to] = back ? [device, client] : [client, device];
    const flags = random.pick([16, 24, 2, 18, 17, 4, random.below(4096)]) ?? 16;
    const sequence = random.chance(12) ? random.next() : random.below(400) - 50;
    const acknowledgement = random.below(400);
    const bytes =
      device.port === 34_569
        ? writeDatagram(from, to, message)
        : writeSegment({ from, to, sequence, acknowledgement, flags, payload: message });
    if (random.chance(20)) seconds += random.below(200) - 50;
    records.push({ seconds, nanoseconds: random.below(1e9), wireLength: bytes.length, bytes });
  }
  return writeInput({ linkType: 1, records });
}
