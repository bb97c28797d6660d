import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/analysis/limits.ts';
import { MirrorPort } from '../../../src/capture/live/mirror-port.ts';
import { trafficChecks } from '../../../src/cli/doctor/traffic-checks.ts';
import { type FedPacket, PacketFeed } from '../../support/packet-feed.ts';
import { writeSegment } from '../../support/tcp-writer.ts';

const DEVICE = { address: '192.168.1.10', port: 34567 };

/** Twenty segments each way, acknowledged, of one connection to `port`. */
function conversation(port = 34567, clientPort = 50_000): FedPacket[] {
  const device = { ...DEVICE, port };
  const client = { address: '192.168.1.5', port: clientPort };
  return Array.from({ length: 40 }, (_, at) => {
    const [from, to] = at % 2 === 0 ? [device, client] : [client, device];
    const sequence = 1000 * at;
    return {
      bytes: writeSegment({ from, to, sequence, payload: Buffer.alloc(900, at) }),
      nanoseconds: at * 1_000_000,
    };
  });
}

/** Status by check. */
function judge(packets: readonly FedPacket[]): Record<string, string> {
  const port = new MirrorPort(DEFAULT_LIMITS.packets, [34567]);
  const feed = new PacketFeed((packet) => port.packet(packet));
  for (const packet of packets) feed.push(packet);
  return Object.fromEntries(trafficChecks(port.facts()).map(({ check, status }) => [check.slice(7), status]));
}

const SOUND = {
  traffic: 'ok',
  directions: 'ok',
  duplicates: 'ok',
  'vlan-tags': 'ok',
  truncated: 'ok',
  'joined-frames': 'ok',
};

function tag(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, 12), Buffer.from('81000064', 'hex'), bytes.subarray(12)]);
}

describe('doctor says of a mirror port', () => {
  it('nothing ill where all is well', () => {
    expect(judge(conversation())).toEqual(SOUND);
  });

  it('that nothing comes', () => {
    expect(judge([])).toEqual({ traffic: 'error' });
  });

  it('that one direction alone comes', () => {
    const oneSided = [50_000, 50_001, 50_002].flatMap((port) =>
      conversation(34567, port).filter((_, at) => at % 2 === 0),
    );
    expect(judge(oneSided)).toEqual({ ...SOUND, directions: 'error' });
    // One such connection among sound ones is no fault of the port.
    const mixed = [...oneSided.slice(0, 20), ...[1, 2].flatMap((port) => conversation(34567, 51_000 + port))];
    expect(judge(mixed)).toEqual(SOUND);
  });

  it('that packets come twice, but not that a sender repeats itself', () => {
    const twice = conversation().flatMap((packet) => [
      packet,
      { ...packet, nanoseconds: (packet.nanoseconds ?? 0) + 20_000 },
    ]);
    expect(judge(twice)).toEqual({ ...SOUND, duplicates: 'warning' });
    const repeated = conversation().flatMap((packet) => [
      packet,
      { ...packet, nanoseconds: (packet.nanoseconds ?? 0) + 200_000_000 },
    ]);
    expect(judge(repeated)).toEqual(SOUND);
    const acknowledged = Array.from({ length: 20 }, (_, at) => ({
      bytes: writeSegment({ from: DEVICE, to: { address: '192.168.1.5', port: 1 }, sequence: 7 }),
      nanoseconds: at,
    }));
    expect(judge([...conversation(), ...acknowledged]).duplicates).toBe('ok');
  });

  it('that frames are tagged', () => {
    const tagged = conversation().map((packet) => ({ ...packet, bytes: tag(packet.bytes) }));
    expect(judge(tagged)).toEqual({ ...SOUND, 'vlan-tags': 'note' });
  });

  it('that frames are cut', () => {
    const cut = conversation().map((packet) => ({
      ...packet,
      bytes: packet.bytes.subarray(0, 96),
      wireLength: 954,
    }));
    expect(judge(cut)).toEqual({ ...SOUND, truncated: 'error' });
  });

  it('that frames are joined', () => {
    const joined = conversation().map((packet, at) => ({
      ...packet,
      bytes:
        at === 7
          ? writeSegment({
              from: DEVICE,
              to: { address: '192.168.1.5', port: 9 },
              sequence: 1,
              payload: Buffer.alloc(4000),
            })
          : packet.bytes,
    }));
    expect(judge(joined)).toEqual({ ...SOUND, 'joined-frames': 'note' });
  });

  it('that nothing is mirrored but what a switch sends to everyone', () => {
    const broadcast = conversation().map(() => ({
      bytes: Buffer.from(`ffffffffffff0200000000020806${'00'.repeat(46)}`, 'hex'),
    }));
    expect(judge(broadcast)).toMatchObject({ traffic: 'error' });
  });

  it('that other traffic comes', () => {
    expect(judge(conversation(8080))).toEqual({ ...SOUND, traffic: 'warning' });
  });

  it('something, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 30 }), (frames) => {
        expect(judge(frames.map((bytes) => ({ bytes })))).toHaveProperty('traffic');
      }),
    );
  });
});
