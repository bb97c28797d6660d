import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PacketDecoder, TCP, UDP } from '../../dissectors/packet-decoder.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { PcapngWriter, ticks, type WrittenPacket } from '../support/capture-writer.ts';
import { formatAddress } from './addresses.ts';
import { hasTshark, type OraclePacket, readWithTshark } from './tshark-oracle.ts';

const ROOT = fileURLToPath(new URL('../../../shared/captures/public/', import.meta.url));
const FOLDERS = ['ip', 'linktypes', 'pcap-formats', 'pcapng', 'tcp', 'tunnels'];
const LIMITS = { nestedLayers: 128, fragmentedDatagrams: 256, fragmentBytes: 4_000_000, fragmentSeconds: 60 };

/** Link types that this tshark cannot open at all: Juniper, D-Bus and the switch chips' tags. */
const NO_TSHARK = new Set([132, 160, 164, 231, 281, 282, 284, 285]);

/** Where the decoder answers otherwise than tshark 4.0, and means it. */
const DIFFERENCES: readonly (readonly [file: string, packets: readonly number[] | 'all', reason: string])[] =
  [
    [
      'ip/zeek__ipv6-mobility-dst-opts.pcap',
      [1],
      'tshark stops at an option it finds malformed; the header behind it is whole',
    ],
    ['pcap-formats/tcpdump__LINKTYPE_IPV4_invalid.pcap', [1], 'an IPv6 header under the link type of IPv4'],
    [
      'pcap-formats/tcpdump__bigtcp-ipv6.pcap',
      [1],
      'tshark 4.0 takes a payload length of 0 for an empty packet',
    ],
    [
      'pcap-formats/tcpdump__esp_truncated.pcap',
      [1],
      'a first fragment that is cut: tshark shows the UDP length of the whole',
    ],
    [
      'pcap-formats/tcpdump__tcp_header_heapoverflow.pcap',
      [1],
      'the TCP header is cut; tshark shows the ports that are left',
    ],
    ...['ipv4-geneve-ipv4', 'ipv4-geneve-ipv6', 'ipv4-vxlan-ipv4', 'ipv4-vxlan-ipv6'].map(
      (name) =>
        [`tunnels/tcpdump__bigtcp-${name}.pcap`, [1], 'tshark 4.0 stops at a UDP length of 0'] as const,
    ),
    ...['ipv6-geneve-ipv4', 'ipv6-geneve-ipv6', 'ipv6-vxlan-ipv4', 'ipv6-vxlan-ipv6'].map(
      (name) =>
        [`tunnels/tcpdump__bigtcp-${name}.pcap`, [1], 'tshark 4.0 stops at a payload length of 0'] as const,
    ),
    [
      'tunnels/tcpdump__l2tp-avp-overflow.pcap',
      [6, 12],
      'the UDP length exceeds the IP packet; tshark shows it as it is',
    ],
    ['tunnels/tcpdump__vxlan_port_8472.pcap', 'all', 'tshark 4.0 knows VXLAN on port 4789 only'],
    [
      'tunnels/zeek__teredo_bubble_with_payload.pcap',
      [1, 2, 4, 5],
      'Teredo is not decoded: a host tunnels only its own IPv6 in it',
    ],
  ];

interface Answer {
  readonly kind: 'tcp' | 'udp' | 'other';
  readonly fields: string;
}

function answer(decoder: PacketDecoder, outcome: number): Answer {
  if (outcome !== TCP && outcome !== UDP) return { kind: 'other', fields: '' };
  const { bytes, sourceAt, destinationAt, addressLength, sourcePort, destinationPort } = decoder;
  const fields = [
    formatAddress(bytes, sourceAt, addressLength),
    formatAddress(bytes, destinationAt, addressLength),
    sourcePort,
    destinationPort,
    decoder.payloadWireLength,
  ];
  if (outcome === UDP) return { kind: 'udp', fields: fields.join(' ') };
  fields.push(decoder.sequence, decoder.acknowledgement, decoder.flags);
  return { kind: 'tcp', fields: fields.join(' ') };
}

/** A packet with what we made of it. */
interface Decoded {
  readonly file: string;
  readonly number: number;
  readonly linkType: number;
  readonly written: WrittenPacket;
  readonly answer: Answer;
}

async function decodeFile(file: string, decoder = new PacketDecoder(LIMITS)): Promise<readonly Decoded[]> {
  const all: Decoded[] = [];
  await readCaptures([ROOT + file], {
    packet(packet) {
      const bytes = packet.bytes.slice(packet.start, packet.end);
      const written = { bytes, seconds: packet.number, wireLength: packet.wireLength };
      const { number, linkType } = packet;
      all.push({ file, number, linkType, written, answer: answer(decoder, decoder.decode(packet)) });
    },
    drained() {
      return undefined;
    },
  });
  return all;
}

/** All packets in one file, an interface per link type, so that tshark starts once and not 300 times. */
function writeOneCapture(decoded: readonly Decoded[], path: string): void {
  const writer = new PcapngWriter();
  const linkTypes = [...new Set(decoded.map((packet) => packet.linkType))];
  const blocks = decoded.map(({ linkType, written }) =>
    writer.enhancedPacket({ ...written, interface: linkTypes.indexOf(linkType) }, ticks(written, 1_000_000n)),
  );
  const interfaces = linkTypes.map((linkType) => writer.interfaceDescription({ linkType }));
  writeFileSync(path, Buffer.concat([writer.sectionHeader(), ...interfaces, ...blocks]));
}

const isHere = existsSync(ROOT);
const mustRun = process.env.DVRSCOPE_REQUIRE_TOOLS === '1';

describe('the public captures', () => {
  it.skipIf(!isHere || !(mustRun || hasTshark()))(
    'are decoded as tshark decodes them, packet by packet',
    async () => {
      const decoded: Decoded[] = [];
      for (const folder of FOLDERS) {
        for (const file of readdirSync(ROOT + folder).sort())
          decoded.push(...(await decodeFile(`${folder}/${file}`)));
      }
      const comparable = decoded.filter((packet) => !NO_TSHARK.has(packet.linkType));
      const expected = decodeWithTshark(comparable);
      expect(expected).toHaveLength(comparable.length);
      const differing = comparable.filter(({ answer }, i) => {
        const { kind, fields } = expected[i] ?? { kind: 'missing', fields: '' };
        return answer.kind !== kind || answer.fields !== fields;
      });
      const unexplained = differing.filter(({ file, number }) => reasonFor(file, number) === undefined);
      expect(
        unexplained.map(({ file, number, answer }) => {
          const { protocols, kind, fields } =
            expected[comparable.findIndex((p) => p.file === file && p.number === number)] ?? {};
          return `${file} ${number}: ${protocols}: tshark ${kind} ${fields}, here ${answer.kind} ${answer.fields}`;
        }),
      ).toEqual([]);
      const stale = DIFFERENCES.filter(([file]) => !differing.some((packet) => packet.file === file));
      expect(stale).toEqual([]);
      expect(comparable.filter(({ answer }) => answer.kind === 'tcp').length).toBeGreaterThan(5000);
      expect(comparable.filter(({ answer }) => answer.kind === 'udp').length).toBeGreaterThan(300);
    },
  );

  it.skipIf(!isHere).each([
    ['linktypes/tcpdump__brcm-tag.pcap', { udp: 8, other: 15, undecoded: 0 }],
    ['linktypes/tcpdump__brcm-tag-prepend.pcap', { udp: 0, other: 15, undecoded: 0 }],
    ['linktypes/tcpdump__dsa-high-vid.pcap', { udp: 0, other: 4, undecoded: 0 }],
    ['linktypes/tcpdump__edsa-high-vid.pcap', { udp: 0, other: 4, undecoded: 0 }],
    ['linktypes/tcpdump__edsa.pcap', { udp: 0, other: 10, undecoded: 0 }],
  ])('%s, which this tshark cannot open, holds the packets that tcpdump names', async (name, counts) => {
    const decoder = new PacketDecoder(LIMITS);
    await decodeFile(name, decoder);
    expect(decoder.counters).toMatchObject(counts);
  });
});

function reasonFor(file: string, number: number): string | undefined {
  const found = DIFFERENCES.find(
    ([name, packets]) => name === file && (packets === 'all' || packets.includes(number)),
  );
  return found?.[2];
}

function decodeWithTshark(packets: readonly Decoded[]): readonly OraclePacket[] {
  const folder = mkdtempSync(join(tmpdir(), 'dvrscope-'));
  try {
    const path = join(folder, 'all.pcapng');
    writeOneCapture(packets, path);
    return readWithTshark(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
