import { ADDRESSES, ethernet, hex, ipv4, ipv6, PAYLOAD, tcp, u16, udp } from './frames.ts';

/** Headers around one TCP segment between 10.0.0.1 and 10.0.0.2. */
export interface Stack {
  readonly name: string;
  readonly linkType: number;
  readonly bytes: Buffer;
}

const IP = ipv4(tcp());
const FRAME = ethernet(0x0800, IP);
const SNAP = hex('aaaa03 000000 0800');

function around(name: string, linkType: number, before: string, inner: Uint8Array = IP): Stack {
  return { name, linkType, bytes: Buffer.concat([hex(before), inner]) };
}

function inEthernet(name: string, type: number, before: string, inner: Uint8Array = IP): Stack {
  return { name, linkType: 1, bytes: ethernet(type, Buffer.concat([hex(before), inner])) };
}

function inIpv4(name: string, protocol: number, before: string, inner: Uint8Array = IP): Stack {
  return { name, linkType: 228, bytes: ipv4(Buffer.concat([hex(before), inner]), { protocol }) };
}

function inUdp(name: string, port: number, before: string, inner: Uint8Array): Stack {
  return inIpv4(name, 17, '', udp(Buffer.concat([hex(before), inner]), port));
}

function in8023(name: string, payload: Uint8Array): Stack {
  return { name, linkType: 1, bytes: ethernet(payload.length, payload) };
}

export const LINK_STACKS: readonly Stack[] = [
  { name: 'Ethernet', linkType: 1, bytes: FRAME },
  around('ARCnet', 7, '0102 f0'),
  around('ARCnet of RFC 1201', 7, '0102 d4 00 0001'),
  around('ARCnet with an exception header', 7, '0102 d4 ff ffff ff 00 0001'),
  around('ARCnet as Linux writes it', 129, '0102 0000 d4 00 0001'),
  inEthernet('802.1Q', 0x8100, '0064 0800'),
  inEthernet('802.1ad and 802.1Q', 0x88a8, '0064 8100 0065 0800'),
  inEthernet('four tags of every kind', 0x9100, '0001 9200 0002 9300 0003 8100 0004 0800'),
  in8023('802.3 with SNAP', Buffer.concat([SNAP, IP])),
  in8023('802.3 with LLC', Buffer.concat([hex('060603'), IP])),
  in8023('802.3 with bridged Ethernet', Buffer.concat([hex('aaaa03 0080c2 0007'), FRAME])),
  inEthernet(
    '802.1Q with 802.3 and SNAP',
    0x8100,
    `0064 ${(8 + IP.length).toString(16).padStart(4, '0')}`,
    Buffer.concat([SNAP, IP]),
  ),
  inEthernet('VN-Tag', 0x8926, '80000001 0800'),
  inEthernet('802.1ah', 0x88e7, '00000005', FRAME),
  inEthernet('EDSA', 0xdada, '0000 c0000000 0800'),
  inEthernet('Cisco metadata', 0x8909, '0101 00010007 0800'),
  inEthernet('Arista timestamp of 64 bits', 0xd28b, '0001 0010 0000000100000002 0800'),
  inEthernet('Arista timestamp of 48 bits', 0xd28b, '0001 0120 000000010002 0800'),
  inEthernet('MACsec without channel', 0x88e5, '0000 00000001 0800', Buffer.concat([IP, Buffer.alloc(16)])),
  inEthernet('MACsec with channel', 0x88e5, '2000 00000001 0200000000010001 0800'),
  inEthernet('NSH', 0x894f, '0fc6 0101 00000100 00000000000000000000000000000000'),
  inEthernet('MPLS', 0x8847, '00010040 00020140'),
  inEthernet('MPLS pseudowire with control word', 0x8847, '00010140 00000000', FRAME),
  inEthernet(
    'MPLS pseudowire without control word',
    0x8847,
    '00010140',
    Buffer.concat([hex('f2'), FRAME.subarray(1)]),
  ),
  inEthernet('PPPoE', 0x8864, `1100 0001 ${u16(IP.length + 2).toString('hex')} 0021`),
  inEthernet('PPPoE with compressed protocol', 0x8864, `1100 0001 ${u16(IP.length + 1).toString('hex')} 21`),
  around('BSD loopback, little-endian', 0, '02000000'),
  around('BSD loopback, big-endian', 0, '00000002'),
  around('OpenBSD loopback', 108, '00000002'),
  around('PPP', 9, '0021'),
  around('PPP in HDLC framing', 9, 'ff03 0021'),
  around('PPP over serial', 50, 'ff03 21'),
  around('PPP with MPLS', 50, 'ff03 0281 00010140'),
  around('PPPoE link type', 51, `1100 0001 ${u16(IP.length + 2).toString('hex')} 0021`),
  around('pppd with direction', 166, '0103 0021'),
  around('PPP with direction', 204, '01 ff03 0021'),
  around('Cisco HDLC', 104, '0f00 0800'),
  around('Cisco HDLC under the PPP link type', 50, '8f00 0800'),
  around('Linux cooked', 113, '0000 0001 0006 020000000001 0000 0800'),
  around('Linux cooked with LLC', 113, '0000 0001 0006 020000000001 0000 0004', Buffer.concat([SNAP, IP])),
  around('Linux cooked with VLAN', 113, '0000 0001 0006 020000000001 0000 8100 0064 0800'),
  around('Linux cooked v2', 276, '0800 0000 00000002 0001 00 06 020000000001 0000'),
  ...[12, 14, 101, 228].map((linkType) => around(`raw IP as link type ${linkType}`, linkType, '')),
  around('PKTAP with Ethernet', 258, '10000000 01000000 01000000 00000000', FRAME),
  around('PKTAP with raw IP as USER2', 149, '0c000000 01000000 65000000'),
  around('netfilter log', 239, `02000000 0500 0a00 00000000 ${le16(4 + IP.length)} 0900`),
  around('IP over InfiniBand', 242, `${'00'.repeat(40)} 0800 0000`),
  around('FDDI', 10, '50 020000000002 020000000001', Buffer.concat([SNAP, IP])),
  around('Broadcom tag before the addresses', 282, '00000001', FRAME),
  around('netANALYZER', 240, '00000000', FRAME),
  { name: 'Broadcom tag', linkType: 281, bytes: Buffer.concat([ADDRESSES, hex('2c000080 0800'), IP]) },
  { name: 'DSA tag', linkType: 284, bytes: Buffer.concat([ADDRESSES, hex('c0100539 0800'), IP]) },
  {
    name: 'EDSA link type',
    linkType: 285,
    bytes: ethernet(0xdada, Buffer.concat([hex('0000 c0100539 0800'), IP])),
  },
  around('802.11 data', 105, `0801 0000 ${'02'.repeat(18)} 1000`, Buffer.concat([SNAP, IP])),
  around(
    '802.11 QoS data between access points',
    105,
    `8803 0000 ${'02'.repeat(18)} 1000 ${'02'.repeat(6)} 0000`,
    Buffer.concat([SNAP, IP]),
  ),
  around(
    'radiotap with padded 802.11 QoS data',
    127,
    `0000 1100 03000000 ${'00'.repeat(8)} 20 8801 0000 ${'02'.repeat(18)} 1000 0000 0000`,
    Buffer.concat([SNAP, IP]),
  ),
];

const SOURCE_ROUTE = '0800 00 04 0a000009 0000 00 00';

export const TUNNEL_STACKS: readonly Stack[] = [
  inIpv4('IP in IP', 4, ''),
  { name: 'IPv4 in IPv6', linkType: 229, bytes: ipv6(IP, 4) },
  inIpv4('IPv4 in IPv6 in IPv4', 41, '', ipv6(IP, 4)),
  inIpv4('GRE', 47, '0000 0800'),
  inIpv4('GRE with checksum', 47, '8000 0800 00000000'),
  inIpv4('GRE with key', 47, '2000 0800 00000001'),
  inIpv4('GRE with sequence', 47, '1000 0800 00000001'),
  inIpv4('GRE with checksum, key and sequence', 47, 'b000 0800 00000000 00000001 00000002'),
  inIpv4('GRE with source route', 47, `4000 0800 00000000 ${SOURCE_ROUTE}`),
  inIpv4('GRE with everything', 47, `f000 0800 00000000 00000001 00000002 ${SOURCE_ROUTE}`),
  inIpv4('GRE with Ethernet', 47, '0000 6558', FRAME),
  inIpv4('GRE with MPLS', 47, '0000 8847 00010140'),
  inIpv4('GRE with PPP', 47, '0000 880b ff03 0021'),
  inIpv4('PPTP', 47, `3001 880b ${u16(IP.length + 4).toString('hex')} 0001 00000001 ff03 0021`),
  inIpv4(
    'PPTP with acknowledgement',
    47,
    `3081 880b ${u16(IP.length + 1).toString('hex')} 0001 00000001 00000001 21`,
  ),
  inIpv4('GRE in GRE', 47, '0000 0800', ipv4(Buffer.concat([hex('0000 0800'), IP]), { protocol: 47 })),
  inIpv4('WCCP version 1', 47, '0000 883e'),
  inIpv4('WCCP version 2', 47, '0000 883e 00000000'),
  inIpv4('Aruba', 47, `0000 8200 8801 0000 ${'02'.repeat(18)} 1000 0000`, Buffer.concat([SNAP, IP])),
  inIpv4('ERSPAN I', 47, '0000 88be', FRAME),
  inIpv4('ERSPAN II', 47, '1000 88be 00000001 1001 0001 00000000', FRAME),
  inIpv4('ERSPAN III', 47, '1000 22eb 00000001 2001 0001 00000000 0000 0000', FRAME),
  inIpv4(
    'ERSPAN III with subheader',
    47,
    '1000 22eb 00000001 2001 0001 00000000 0000 0001 0000000000000000',
    FRAME,
  ),
  inIpv4('ERSPAN III with an IP packet', 47, '1000 22eb 00000001 2001 0001 00000000 0000 0800'),
  inUdp('VXLAN', 4789, '08000000 00000100', FRAME),
  inUdp('VXLAN on the Linux port', 8472, '08000000 00000100', FRAME),
  inUdp('VXLAN with group policy', 4789, '88000001 00000100', FRAME),
  inUdp('VXLAN-GPE with IPv4', 4790, '0c000001 00000100', IP),
  inUdp('VXLAN-GPE with NSH', 4790, '0c000004 00000100 0fc2 0201 00000100', IP),
  inUdp('Geneve', 6081, '0000 6558 00000100', FRAME),
  inUdp('Geneve with options and IPv4', 6081, '0200 0800 00000100 0000000000000000', IP),
  inUdp('MPLS over UDP', 6635, '00010140', IP),
  inUdp('GTP-U', 2152, `30ff ${u16(IP.length).toString('hex')} 00000001`, IP),
  inUdp(
    'GTP-U with extension',
    2152,
    `34ff ${u16(IP.length + 8).toString('hex')} 00000001 00000085 01000000`,
    IP,
  ),
  inUdp('AYIYA', 5072, `4152 1104 00000000 ${'00'.repeat(36)}`, IP),
  inIpv4('Ethernet in IP', 97, '3000', FRAME),
  inIpv4('MPLS in IP', 137, '00010140'),
  { name: 'Ethernet in IPv6', linkType: 229, bytes: ipv6(FRAME, 143) },
  inIpv4('authentication header', 51, `0404 0000 00000001 00000001 ${'00'.repeat(12)}`),
  inEthernet('VLAN, PPPoE, IPv6, GRE, ERSPAN, VLAN', 0x8100, '0064 8864', pppoe(ipv6(erspan(vlan(IP)), 47))),
];

/** Teredo: the outer port and address of the sender, inverted. */
const ORIGIN = '0000 63bf f5fffffe';

/** Stacks around an IPv6 segment between fd00::1 and fd00::2. */
export const IPV6_STACKS: readonly Stack[] = [
  inEthernet('Ethernet', 0x86dd, '', ipv6(tcp())),
  around('raw IPv6', 229, '', ipv6(tcp())),
  around('raw IP', 101, '', ipv6(tcp())),
  ...['0a000000', '17000000', '18000000', '1c000000', '1e000000', '0000001e'].map((family) =>
    around(`loopback family ${family}`, 0, family, ipv6(tcp())),
  ),
  around('PPP', 9, 'ff03 0057', ipv6(tcp())),
  around('hop-by-hop options', 229, '', ipv6(Buffer.concat([hex('0600 010400000000'), tcp()]), 0)),
  around(
    'two destination options',
    229,
    '',
    ipv6(Buffer.concat([hex('3c00 010400000000 0601 010c000000000000000000000000'), tcp()]), 60),
  ),
  around('routing header', 229, '', ipv6(Buffer.concat([hex('0600 0000 00000000'), tcp()]), 43)),
  around(
    'authentication header',
    229,
    '',
    ipv6(Buffer.concat([hex(`0604 0000 00000001 00000001 ${'00'.repeat(12)}`), tcp()]), 51),
  ),
  around('atomic fragment', 229, '', ipv6(Buffer.concat([hex('0600 0000 00000009'), tcp()]), 44)),
  inIpv4('6in4', 41, '', ipv6(tcp())),
  inIpv4('GRE', 47, '0000 86dd', ipv6(tcp())),
  around('link type IPV4', 228, '', ipv6(tcp())),
  inUdp('Teredo', 3544, '', ipv6(tcp())),
  inUdp('Teredo with an origin', 3544, ORIGIN, ipv6(tcp())),
  inUdp(
    'Teredo with authentication',
    3544,
    `0001 0402 01020304 0506 ${'00'.repeat(9)} ${ORIGIN}`,
    ipv6(tcp()),
  ),
];

function le16(value: number): string {
  return Buffer.from(Uint16Array.of(value).buffer).toString('hex');
}

function pppoe(payload: Buffer): Buffer {
  return Buffer.concat([hex('1100 0001'), u16(payload.length + 2), hex('0057'), payload]);
}

function erspan(payload: Buffer): Buffer {
  return Buffer.concat([hex('1000 88be 00000001 1001 0001 00000000'), payload]);
}

function vlan(payload: Buffer): Buffer {
  return ethernet(0x8100, Buffer.concat([hex('0064 0800'), payload]));
}

export const PAYLOAD_LENGTH = PAYLOAD.length;
