import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DamageStep, damageRecording, presentRanges } from './damage.ts';
import { type Expected, writeExpected } from './expected.ts';
import { Log } from './log.ts';
import { type CaptureRecord, capturedStreams, segmentOf } from './pcap-file.ts';
import { joinLogs } from './truth.ts';
import { ID, type Message, writeMessage } from './wire.ts';

const CLIENT = { address: '192.0.2.20', port: 50000 };
const DEVICE = { address: '192.0.2.10', port: 34567 };
const FIRST_SEQUENCE = 0xffffff00;

/** An Ethernet frame with an IPv4 TCP segment of the device's; checksums are left 0. */
function frame(offset: number, payload: Buffer, flags = 0x10): Buffer {
  const bytes = Buffer.alloc(14 + 20 + 20);
  bytes.writeUInt16BE(0x0800, 12);
  bytes[14] = 0x45;
  bytes.writeUInt16BE(40 + payload.length, 16);
  bytes[23] = 6;
  bytes.set([192, 0, 2, 10], 26);
  bytes.set([192, 0, 2, 20], 30);
  bytes.writeUInt16BE(DEVICE.port, 34);
  bytes.writeUInt16BE(CLIENT.port, 36);
  bytes.writeUInt32BE((FIRST_SEQUENCE + offset) >>> 0, 38);
  bytes[46] = 0x50;
  bytes[47] = flags;
  return Buffer.concat([bytes, payload]);
}

const SEGMENT = 500;

/** Five media messages of 1500 bytes of body, one frame each, in segments of 500 bytes across the sequence wrap. */
function recording() {
  const log = new Log('device');
  const flow = log.openFlow({ protocol: 'tcp', opener: false, local: DEVICE, remote: CLIENT });
  const wires = Array.from({ length: 5 }, (_, sequence) => {
    const header = {
      id: ID.monitorData,
      version: 1,
      octet2: 0,
      octet3: 0,
      sessionId: 11,
      sequence,
      octet12: 0,
    };
    const message: Message = { ...header, octet13: 0, body: Buffer.alloc(1500, sequence + 1) };
    const wire = writeMessage(message);
    flow.message(message, wire, {});
    flow.frame('inter', 1492, [sequence]);
    return wire;
  });
  const stream = Buffer.concat(wires);
  const records: CaptureRecord[] = [{ seconds: 1, fraction: 0, frame: frame(-1, Buffer.alloc(0), 0x02) }];
  for (let at = 0; at < stream.length; at += SEGMENT) {
    records.push({ seconds: 2, fraction: at, frame: frame(at, stream.subarray(at, at + SEGMENT)) });
  }
  const truth = joinLogs(new Log('client').toJSON(), log.toJSON());
  return { stream, records, truth, streams: capturedStreams(records) };
}

function expectedAfter(...steps: readonly DamageStep[]): {
  expected: Expected;
  records: readonly CaptureRecord[];
} {
  const { records, truth, streams } = recording();
  const damaged = damageRecording(records, streams, truth, steps);
  const present = presentRanges(damaged.records, streams);
  const packets = damaged.records.length;
  return { expected: writeExpected({ truth, packets, streams, present }), records: damaged.records };
}

const step = (name: DamageStep['step'], occurrence = 2): DamageStep => ({
  step: name,
  id: ID.monitorData,
  occurrence,
});
const payloads = (records: readonly CaptureRecord[]) =>
  records.map((record) => segmentOf(record.frame)?.payload.length);

describe('damage', () => {
  it('reads the clean recording back to the stream that was logged, across the wrap of sequence numbers', () => {
    const { stream, streams, truth } = recording();
    const held = [...streams.values()][0]?.bytes;
    expect(held?.equals(stream)).toBe(true);
    expect(truth.flows[0]?.backward ?? truth.flows[0]?.forward).toMatchObject({ bytes: stream.length });
  });

  it('keeps a message whose body lost a segment, as incomplete, and cuts its frame', () => {
    const { expected } = expectedAfter(step('lose-inside-body'));
    expect(expected.messages.list.map(({ complete }) => complete ?? true)).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(expected.media).toMatchObject({ videoFrames: 4, videoBytes: 4 * 1492, cutFrames: 1 });
    expect(expected.flows[0]?.gapBytes).toBe(SEGMENT);
    expect(expected.skippedBytes).toBeUndefined();
  });

  it('drops a message whose header is lost, and counts what is left of it as skipped', () => {
    const { expected } = expectedAfter(step('lose-header'));
    // Message 2 lies at 1520…3040; the segment 1500…2000 holds the end of message 1 and the header of message 2.
    expect(expected.messages.list.map(({ sequence, complete }) => [sequence, complete])).toEqual([
      [0, false],
      [2, undefined],
      [3, undefined],
      [4, undefined],
    ]);
    expect(expected.skippedBytes).toBe(3040 - 2000);
    expect(expected.media).toMatchObject({ videoFrames: 3, cutFrames: 1 });
  });

  it.each(['reorder', 'duplicate', 'retransmit'] as const)('loses nothing by %s', (name) => {
    const { stream } = recording();
    const { expected, records } = expectedAfter(step(name));
    expect(expected.messages.list).toHaveLength(5);
    const sent = expected.flows[0]?.streams.find(({ bytes }) => bytes > 0);
    expect(sent?.sha256).toBe(createHash('sha256').update(stream).digest('hex'));
    expect(records).toHaveLength(recording().records.length + (name === 'reorder' ? 0 : 1));
    const times = records.map(({ seconds, fraction }) => seconds * 1e6 + fraction);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  it('changes the identification of what is sent again, and leaves its bytes', () => {
    const { records } = expectedAfter(step('retransmit'));
    expect(payloads(records).filter((length) => length === SEGMENT)).toHaveLength(16);
    expect(records.filter((record) => record.frame.readUInt16BE(18) !== 0)).toHaveLength(1);
  });

  it('refuses a step for which the recording has no place', () => {
    expect(() => expectedAfter(step('cut-beginning'))).toThrow('no place for cut-beginning');
    expect(() => expectedAfter(step('lose-inside-body', 6))).toThrow('no place');
  });
});
