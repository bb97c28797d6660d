import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { DVRIP_PORTS } from '../../../src/analysis/analysis.ts';
import { captureFilter } from '../../../src/capture/live/capture-filter.ts';
import { isMissing } from '../../cli/dvrscope.ts';
import { ethernet, hex, ipv4, ipv6, PAYLOAD, tcp, u16, udp } from '../../dissectors/frames.ts';
import { writePcap } from '../../support/capture-writer.ts';
import { hasNoNamespaces, openPair, sendFrames } from '../../support/netns.ts';
import { Scratch } from '../collect.ts';
import { liveOptions, Watch } from './watching.ts';

/** A VLAN tag in front of a frame's type and payload. */
function tagged(frame: Buffer, protocol = 0x8100): Buffer {
  return Buffer.concat([frame.subarray(0, 12), u16(protocol), u16(0x2007), frame.subarray(12)]);
}

const TCP = ethernet(0x0800, ipv4(tcp()));
const FRAGMENT_HEADER = (next: number) => Buffer.concat([Uint8Array.of(next, 0), u16(1448), hex('00000001')]);

const OTHER_TCP = Buffer.concat([hex('9c40 0050 fffffff0 00000007 5018 ffff 0000 0000'), PAYLOAD]);

const WANTED: Record<string, Buffer> = {
  'TCP to port 34567': TCP,
  'TCP in IPv6': ethernet(0x86dd, ipv6(tcp())),
  'UDP discovery': ethernet(0x0800, ipv4(udp(), { protocol: 17 })),
  'TCP on a port of the user': ethernet(0x0800, ipv4(udp(PAYLOAD, 9000), { protocol: 17 })),
  'a first fragment': ethernet(0x0800, ipv4(tcp(), { more: true })),
  'a later fragment': ethernet(0x0800, ipv4(Buffer.alloc(80), { offset: 1480 })),
  'a later fragment of UDP': ethernet(0x0800, ipv4(Buffer.alloc(80), { offset: 1480, protocol: 17 })),
  'a fragment in IPv6': ethernet(0x86dd, ipv6(Buffer.concat([FRAGMENT_HEADER(6), Buffer.alloc(80)]), 44)),
  'with a VLAN tag': tagged(TCP),
  'a tagged fragment': tagged(ethernet(0x0800, ipv4(Buffer.alloc(80), { offset: 1480 }))),
  'tagged IPv6': tagged(ethernet(0x86dd, ipv6(tcp()))),
  'with two tags, QinQ': tagged(tagged(TCP), 0x88a8),
  'with two tags, 0x8100 twice': tagged(tagged(TCP)),
};

const OTHERS: Record<string, Buffer> = {
  'TCP to port 80': ethernet(0x0800, ipv4(OTHER_TCP)),
  'UDP to port 53': ethernet(0x0800, ipv4(udp(PAYLOAD, 53), { protocol: 17 })),
  'a tagged TCP to port 80': tagged(ethernet(0x0800, ipv4(OTHER_TCP))),
  'QinQ to port 80': tagged(tagged(ethernet(0x0800, ipv4(OTHER_TCP)))),
  'a fragment of ICMP': ethernet(0x0800, ipv4(Buffer.alloc(80), { offset: 1480, protocol: 1 })),
  'an IPv6 fragment of ICMP': ethernet(
    0x86dd,
    ipv6(Buffer.concat([FRAGMENT_HEADER(58), Buffer.alloc(80)]), 44),
  ),
  ARP: ethernet(0x0806, Buffer.alloc(46)),
};

const PORTS = [...DVRIP_PORTS, 9000];
const scratch = new Scratch();
afterAll(() => scratch.remove());

/** Which of the frames come through, by name. */
function passing(filter: string, all: Record<string, Buffer>): string[] {
  const frames = Object.entries(all);
  const file = scratch.write(
    'frames.pcap',
    writePcap(frames.map(([, bytes], at) => ({ bytes, seconds: at }))),
  );
  const out = execFileSync('tcpdump', ['-n', '-tt', '-r', file, '--', filter], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return out
    .toString()
    .split('\n')
    .flatMap((line) => (/^\d/.test(line) ? [frames[Number.parseInt(line, 10)]?.[0] ?? line] : []));
}

describe.skipIf(isMissing('tcpdump'))('the default capture filter (tcpdump)', () => {
  const all = { ...WANTED, ...OTHERS };

  it('takes DVRIP, its fragments and its tagged copies from a file, and nothing else', () => {
    expect(passing(captureFilter(PORTS, true), all)).toEqual(Object.keys(WANTED));
  });

  it('takes the same without tags where the link type has none', () => {
    const untagged = Object.keys(WANTED).filter((name) => !name.includes('tag'));
    expect(passing(captureFilter(PORTS, false), all)).toEqual(untagged);
  });

  it('takes no port that it was not told', () => {
    const names = Object.keys(WANTED).filter((name) => name !== 'TCP on a port of the user');
    expect(passing(captureFilter(DVRIP_PORTS, true), all)).toEqual(names);
  });

  it.each(['EN10MB', 'LINUX_SLL', 'RAW'])(
    'compiles for link type %s, with twenty ports of the user too',
    (type) => {
      const ports = [...DVRIP_PORTS, ...Array.from({ length: 20 }, (_, at) => 20_000 + 2 * at)];
      const ended = spawnSync('tcpdump', ['-d', '-y', type, '--', captureFilter(ports, type === 'EN10MB')]);
      expect(ended.stderr.toString()).not.toMatch(/syntax|no VLAN|parse/);
      expect(ended.stdout.toString().split('\n').length).toBeGreaterThan(40);
    },
  );

  it.skipIf(isMissing('dumpcap') || hasNoNamespaces())('compiles in dumpcap (dumpcap, namespaces)', () => {
    const pair = openPair();
    const ended = spawnSync('dumpcap', ['-i', pair.mirror, '-f', captureFilter(PORTS, true), '-d']);
    pair.close();
    expect(ended.stdout.toString()).toContain('ret');
    expect(ended.status).toBe(0);
  });
});

describe.skipIf(isMissing('dumpcap') || isMissing('perl') || hasNoNamespaces())('on a live interface', () => {
  // The kernel takes the outer tag off a frame before any filter sees it.
  it.each(['dumpcap', 'tcpdump'] as const)('the filter takes the same packets (%s)', async (engine) => {
    const pair = openPair();
    try {
      const watch = new Watch(engine, liveOptions([pair.mirror], { ports: PORTS }), {
        node: '',
        capProcess: '',
        temporaryFolder: tmpdir(),
      });
      await watch.started();
      sendFrames(pair.sender, Object.values(OTHERS));
      sendFrames(pair.sender, Object.values(WANTED));
      await watch.stop();
      expect(watch.packets).toBe(Object.keys(WANTED).length);
      // Tags and all reach the decoder: every packet but the fragments is TCP or UDP.
      expect(watch.lengths).toEqual(Object.values(WANTED).map(({ length }) => length));
    } finally {
      pair.close();
    }
  });
});
