import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PacketDecoder, TCP, UDP } from '../../dissectors/packet-decoder.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { PcapngWriter, ticks, type WrittenPacket } from '../support/capture-writer.ts';
import { formatAddress } from './addresses.ts';
import { type OraclePacket, readWithTshark } from './tshark-oracle.ts';

/** Where the public captures lie, if they do. */
export const ROOT = fileURLToPath(new URL('../../../shared/captures/public/', import.meta.url));
const FOLDERS = ['ip', 'linktypes', 'pcap-formats', 'pcapng', 'tcp', 'tunnels'];
const LIMITS = { nestedLayers: 128, fragmentedDatagrams: 256, fragmentBytes: 4_000_000, fragmentSeconds: 60 };

/** What this tshark cannot open or does not decode: the chips' tags (held against tcpdump), Juniper. */
const NO_TSHARK = new Set([132, 164, 281, 282, 284, 285]);

/**
 * Where tshark 4.0 is wrong, and what is right: BIG TCP (lengths of 0 in IPv6 and UDP headers), of which tcpdump's own
 * tests say what is inside (tests/bigtcp-*.out at commit 1395888), tcpdump 4.99 being as wrong as tshark; and an option
 * that runs over its header: tshark gives up, though the header's own length says where UDP begins (RFC 8200 section 4.6).
 */
export const TSHARK_IS_WRONG: Readonly<Record<string, string>> = {
  'pcap-formats/tcpdump__bigtcp-ipv6.pcap 1': tcp(
    '2604:1380:4091:ce00::b 2604:1380:4091:ce00::d 43267 41219',
    79_968,
    2_265_425_561,
    3_850_636_772,
  ),
  'tunnels/tcpdump__bigtcp-ipv4-geneve-ipv4.pcap 1': tcp(
    '192.168.1.2 192.168.1.1 35663 38005',
    80_000,
    341_409_049,
    461_929_438,
  ),
  'tunnels/tcpdump__bigtcp-ipv4-geneve-ipv6.pcap 1': tcp(
    'fd00::2 fd00::1 40433 41423',
    80_000,
    79_142_004,
    3_545_221_731,
  ),
  'tunnels/tcpdump__bigtcp-ipv4-vxlan-ipv4.pcap 1': tcp(
    '192.168.1.2 192.168.1.1 36875 36449',
    80_000,
    497_210_414,
    1_007_986_268,
  ),
  'tunnels/tcpdump__bigtcp-ipv4-vxlan-ipv6.pcap 1': tcp(
    'fd00::2 fd00::1 33673 36425',
    79_924,
    1_339_751_239,
    3_942_433_666,
  ),
  'tunnels/tcpdump__bigtcp-ipv6-geneve-ipv4.pcap 1': tcp(
    '192.168.1.2 192.168.1.1 43959 39887',
    80_000,
    3_918_632_444,
    4_091_711_457,
  ),
  'tunnels/tcpdump__bigtcp-ipv6-geneve-ipv6.pcap 1': tcp(
    'fd00::1 fd00::2 38339 43997',
    80_000,
    1_386_091_372,
    3_439_981_244,
  ),
  'tunnels/tcpdump__bigtcp-ipv6-vxlan-ipv4.pcap 1': tcp(
    '192.168.1.1 192.168.1.2 41873 38131',
    80_000,
    2_347_745_286,
    3_538_766_307,
  ),
  'tunnels/tcpdump__bigtcp-ipv6-vxlan-ipv6.pcap 1': tcp(
    'fd00::1 fd00::2 40007 40607',
    80_000,
    936_978_514,
    729_791_262,
  ),
  'ip/zeek__ipv6-mobility-dst-opts.pcap 1':
    'udp 2001:4f8:4:7:2e0:81ff:fe52:ffff 2001:4f8:4:7:2e0:81ff:fe52:9a6b 30000 13000 4',
};

/** A segment with PSH and ACK. */
function tcp(ends: string, length: number, sequence: number, acknowledgement: number): string {
  return `tcp ${ends} ${length} ${sequence | 0} ${acknowledgement | 0} 24`;
}

export interface Answer {
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
export interface Decoded {
  readonly file: string;
  readonly number: number;
  readonly linkType: number;
  readonly written: WrittenPacket;
  readonly answer: Answer;
}

export async function decodeFile(
  file: string,
  decoder = new PacketDecoder(LIMITS),
): Promise<readonly Decoded[]> {
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

/** All packets that this tshark can read, file by file. */
export async function decodePublicCaptures(): Promise<readonly Decoded[]> {
  const decoded: Decoded[] = [];
  for (const folder of FOLDERS) {
    for (const file of readdirSync(ROOT + folder).sort())
      decoded.push(...(await decodeFile(`${folder}/${file}`)));
  }
  return decoded.filter((packet) => !NO_TSHARK.has(packet.linkType));
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

export const isHere = existsSync(ROOT);

/** What tshark makes of them, one by one. */
export function decodeWithTshark(packets: readonly Decoded[]): readonly OraclePacket[] {
  const folder = mkdtempSync(join(tmpdir(), 'dvrscope-'));
  try {
    const path = join(folder, 'all.pcapng');
    writeOneCapture(packets, path);
    return readWithTshark(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
