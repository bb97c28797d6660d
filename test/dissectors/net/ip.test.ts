import { describe, expect, it } from 'vitest';
import { DATAGRAM, decode, ethernet, hex, ipv4, ipv6, SEGMENT, SEGMENT_IPV6, tcp, udp } from '../frames.ts';

const IPV4 = 228;
const IPV6 = 229;
const LONG = Buffer.alloc(70_000, 0x41);

function refused(linkType: number, bytes: Buffer, undecoded: object): void {
  expect(decode(linkType, bytes)).toMatchObject({ outcome: 'undecoded', undecoded });
}

describe('IPv4', () => {
  it.each([4, 20, 40])('passes %i bytes of options', (length) => {
    expect(decode(IPV4, ipv4(tcp(), { options: Buffer.alloc(length, 1) }))).toEqual(SEGMENT);
  });

  it('with total length 0 (segmentation offload) goes to the end of the packet', () => {
    expect(decode(IPV4, ipv4(tcp(LONG), { totalLength: 0 }))).toMatchObject({
      outcome: 'tcp',
      wireLength: 70_000,
    });
  });

  it('with a total length beyond the packet is bounded by the packet on the wire', () => {
    const bytes = ipv4(tcp(), { totalLength: 1000 });
    expect(decode(IPV4, bytes)).toEqual(SEGMENT);
    expect(decode(IPV4, bytes, { wireLength: 900 })).toEqual({ ...SEGMENT, wireLength: 860 });
    expect(decode(IPV4, bytes, { wireLength: 5000 })).toEqual({ ...SEGMENT, wireLength: 960 });
  });

  it.each([
    ['a total length below the header', ipv4(tcp(), { totalLength: 19 })],
    ['a header length below five', hex(`44${ipv4(tcp()).toString('hex').slice(2)}`)],
    ['another version', hex(`55${ipv4(tcp()).toString('hex').slice(2)}`)],
    ['options beyond the end', hex(`4f${ipv4(Buffer.alloc(4)).toString('hex').slice(2)}`)],
  ])('with %s is malformed', (_, bytes) =>
    refused(1, ethernet(0x0800, bytes), { reason: 'malformed', layer: 'ipv4' }),
  );

  it('ignores the reserved flag and «do not fragment»', () => {
    const bytes = ipv4(tcp());
    bytes.writeUInt16BE(0xc000, 6);
    expect(decode(IPV4, bytes)).toEqual(SEGMENT);
  });

  it.each([1, 2, 50, 89, 132])('understands protocol %i as no carrier of TCP', (protocol) => {
    expect(decode(IPV4, ipv4(Buffer.alloc(8), { protocol }))).toEqual({ outcome: 'other' });
  });

  it('does not take a header quoted in an ICMP error for a packet', () => {
    const unreachable = Buffer.concat([hex('0303 0000 00000000'), ipv4(udp(), { protocol: 17 })]);
    expect(decode(IPV4, ipv4(unreachable, { protocol: 1 }))).toEqual({ outcome: 'other' });
    const icmpv6 = Buffer.concat([hex('0104 0000 00000000'), ipv6(tcp())]);
    expect(decode(IPV6, ipv6(icmpv6, 58))).toEqual({ outcome: 'other' });
  });

  it('counts an unknown protocol with its number', () => {
    refused(IPV4, ipv4(Buffer.alloc(8), { protocol: 253 }), { reason: 'unknown-ip-protocol', type: 253 });
  });
});

describe('IPv6', () => {
  it('with payload length 0 and no option (segmentation offload) goes to the end of the packet', () => {
    expect(decode(IPV6, ipv6(tcp(LONG), 6, 0))).toMatchObject({ outcome: 'tcp', wireLength: 70_000 });
  });

  it('as a jumbogram has the length of its option', () => {
    const segment = tcp(LONG);
    const jumbo = hex('0600 c204 00000000');
    jumbo.writeUInt32BE(8 + segment.length, 4);
    const bytes = Buffer.concat([ipv6(Buffer.concat([jumbo, segment]), 0, 0), Buffer.alloc(9)]);
    expect(decode(IPV6, bytes)).toMatchObject({ outcome: 'tcp', wireLength: 70_000 });
  });

  it('as a jumbogram shorter than its own option is malformed', () => {
    refused(IPV6, ipv6(hex('0600 c204 00000007'), 0, 0), { reason: 'malformed', layer: 'ipv6-options' });
  });

  it('with UDP length 0 in a jumbogram takes the rest', () => {
    expect(decode(IPV6, ipv6(udp(LONG, 34569, 0), 17, 0))).toMatchObject({
      outcome: 'udp',
      wireLength: 70_000,
    });
  });

  it('of another version is malformed', () => {
    refused(IPV6, Buffer.concat([hex('40'), ipv6(tcp()).subarray(1)]), {
      reason: 'malformed',
      layer: 'ipv6',
    });
  });

  it('with an extension header beyond the end is malformed', () => {
    refused(IPV6, ipv6(hex('06ff 010400000000'), 0), { reason: 'malformed', layer: 'ipv6-options' });
    refused(IPV6, ipv6(hex('0600 0000 00000000 0000'), 51), {
      reason: 'malformed',
      layer: 'authentication-header',
    });
  });

  it('with nothing behind its headers is understood', () => {
    expect(decode(IPV6, ipv6(hex('3b00 010400000000'), 0))).toEqual({ outcome: 'other' });
  });

  it('bounds a payload length beyond the packet by the packet on the wire', () => {
    expect(decode(IPV6, ipv6(tcp(), 6, 5000))).toEqual(SEGMENT_IPV6);
  });

  it('chains of extension headers end at the limit', () => {
    const chain = Buffer.concat(Array.from({ length: 100 }, () => hex('3c00 010400000000')));
    refused(IPV6, ipv6(chain, 60), { reason: 'too-deep', layer: 'ipv6-options' });
  });
});

describe('GRE', () => {
  const gre = (text: string) => ipv4(hex(text), { protocol: 47 });

  it.each([
    ['a keepalive', '0000 0000'],
    ['CDP', '0000 2000 01b4'],
    ['a PPTP acknowledgement alone', '2081 880b 0000 0001 00000001'],
  ])('understands %s', (_, text) => expect(decode(IPV4, gre(text))).toEqual({ outcome: 'other' }));

  it.each([
    ['an unknown version', '0007 0800'],
    ['a source route that never ends', `4000 0800 00000000 ${'0800 00 04 0a000001'.repeat(20)}`],
  ])('with %s is malformed', (_, text) => refused(IPV4, gre(text), { reason: 'malformed', layer: 'gre' }));

  it('counts an unknown payload type', () => {
    refused(IPV4, gre('0000 7777 00'), { reason: 'unknown-ether-type', type: 0x7777 });
  });

  it('ERSPAN of another version or frame type is refused', () => {
    refused(IPV4, gre('1000 88be 00000001 3001 0001 00000000 0000'), {
      reason: 'malformed',
      layer: 'erspan',
    });
    refused(IPV4, gre('1000 22eb 00000001 1001 0001 00000000 0000 0000 00'), {
      reason: 'malformed',
      layer: 'erspan-iii',
    });
    refused(IPV4, gre('1000 22eb 00000001 2001 0001 00000000 0000 7c00 00'), {
      reason: 'unknown-payload',
      layer: 'erspan-iii',
    });
  });
});

describe('UDP tunnels', () => {
  const to = (port: number, text: string) => decode(IPV4, ipv4(udp(hex(text), port), { protocol: 17 }));

  it.each([
    ['VXLAN without its flag', 4789, '00000000 00000100 0102'],
    ['a DVRIP header on the port of VXLAN', 4789, 'ff000000 00000000 00000000 0000 fa05 00000000'],
    ['a DVRIP header on the old port of VXLAN', 8472, 'ff010000 00000000 00000000 0000 fb05 00000000'],
    ['VXLAN too short for its header', 4789, '08000000 000001'],
    ['Geneve of another version', 6081, '4000 6558 00000100 00'],
    ['Geneve with a length for a type', 6081, '0000 0058 00000100 00'],
    ['GTP of another version', 2152, '48ff 0004 00000001 45000000'],
    ['GTP longer than the datagram', 2152, '30ff 0005 00000001 45000000'],
    ['GTP without an IP packet in it', 2152, '30ff 0004 00000001 ff000000'],
    ['MPLS too short for a label', 6635, '000101'],
  ])('%s is plain UDP', (_, port, text) => {
    expect(to(port, text)).toMatchObject({
      ...DATAGRAM,
      ports: [40000, port],
      payload: hex(text).toString('latin1'),
      wireLength: hex(text).length,
    });
  });

  it('a tunnel is known by its destination port, not by its source port', () => {
    const bytes = udp(hex('08000000 00000100 0102'), 34569);
    bytes.writeUInt16BE(4789, 0);
    expect(decode(IPV4, ipv4(bytes, { protocol: 17 }))).toMatchObject({
      outcome: 'udp',
      ports: [4789, 34569],
    });
  });

  it('GTP messages without a payload are understood', () => {
    expect(to(2152, '3201 0004 00000000 00000000')).toEqual({ outcome: 'other' });
  });

  it('GTP extension headers of no length are malformed', () => {
    expect(to(2152, '34ff 0008 00000001 00000085 00000000')).toMatchObject({
      undecoded: { reason: 'malformed', layer: 'gtp' },
    });
  });

  it('Geneve options beyond the datagram are malformed', () => {
    expect(to(6081, '3f00 6558 00000100 00')).toMatchObject({
      undecoded: { reason: 'malformed', layer: 'geneve' },
    });
  });
});
