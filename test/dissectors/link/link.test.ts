import { describe, expect, it } from 'vitest';
import { decode, ethernet, hex, ipv4, tcp, u16 } from '../frames.ts';

const IP = ipv4(tcp());
const SNAP = 'aaaa03 000000';

function other(linkType: number, bytes: Buffer): void {
  expect(decode(linkType, bytes)).toEqual({ outcome: 'other' });
}

function refused(linkType: number, bytes: Buffer, undecoded: object): void {
  expect(decode(linkType, bytes)).toMatchObject({ outcome: 'undecoded', undecoded });
}

describe('Ethernet', () => {
  it('takes a length for a length: the padding of a short 802.3 frame is none of LLC', () => {
    const short = Buffer.concat([hex('020000000002 020000000001 0003 aaaa03'), Buffer.alloc(43)]);
    refused(1, short, { reason: 'malformed', layer: 'llc' });
  });

  it.each([0x05dd, 0x05ff])('calls the undefined length/type %i unknown', (type) => {
    refused(1, ethernet(type, IP), { reason: 'unknown-ether-type', type });
  });

  it('counts an unknown EtherType with its number', () => {
    refused(1, ethernet(0x7777, IP), { reason: 'unknown-ether-type', type: 0x7777, packets: 1 });
  });

  it.each([0x0806, 0x88cc, 0x8863, 0x888e, 0x88f7])(
    'understands EtherType %i as no carrier of TCP',
    (type) => {
      other(1, ethernet(type, Buffer.alloc(46)));
    },
  );

  it('names the header that the frame is too short for', () => {
    refused(1, hex('020000000002'), { reason: 'malformed', layer: 'ethernet' });
    refused(1, ethernet(0x8100, hex('0064')), { reason: 'malformed', layer: 'vlan' });
  });
});

describe('LLC', () => {
  const frame = (text: string) => ethernet(text.replace(/\s/g, '').length / 2, hex(text));

  it.each([
    ['spanning tree', '424203 0000'],
    ['NetBIOS', 'f0f003 00'],
    ['CDP', 'aaaa03 00000c 2000'],
    ['a numbered frame', 'aaaa00 000000 0800'],
  ])('understands %s as no carrier of TCP', (_, text) => other(1, frame(text)));

  it('refuses a SNAP protocol that is a length', () => {
    refused(1, frame(`${SNAP} 0100`), { reason: 'malformed', layer: 'llc' });
  });

  it('understands an FDDI frame without LLC', () => {
    other(10, hex('41 020000000002 020000000001 0000'));
  });
});

describe('tags', () => {
  it('MACsec with encrypted or changed payload is understood, and its payload left alone', () => {
    other(1, ethernet(0x88e5, Buffer.concat([hex('0c00 00000001 0800'), IP])));
    other(1, ethernet(0x88e5, Buffer.concat([hex('0400 00000001 0800'), IP])));
  });

  it('Arista headers of another kind are refused by name', () => {
    refused(1, ethernet(0xd28b, hex('0002 0010 00000000 00000000 0800')), {
      reason: 'unknown-payload',
      layer: 'arista-timestamp',
    });
    refused(1, ethernet(0xd28b, hex('0001 0011 00000000 00000000 0800')), {
      reason: 'unknown-payload',
      layer: 'arista-timestamp',
    });
  });

  it('NSH with an unknown payload or an impossible length is refused', () => {
    refused(1, ethernet(0x894f, hex('0fc2 0209 00000100')), { reason: 'unknown-payload', layer: 'nsh' });
    refused(1, ethernet(0x894f, hex('0fc1 0201 00000100')), { reason: 'malformed', layer: 'nsh' });
  });
});

describe('MPLS', () => {
  it('understands an associated channel', () => other(1, ethernet(0x8847, hex('00010140 10000021'))));

  it('a stack without a bottom is malformed', () => {
    refused(1, ethernet(0x8847, hex('00010040 00010040')), { reason: 'malformed', layer: 'mpls' });
  });
});

describe('PPP', () => {
  it.each([
    ['LCP', 'ff03 c021 01010004'],
    ['IPCP', '8021 01010004'],
  ])('understands %s', (_, text) => other(9, hex(text)));

  it('refuses compressed headers and multilink by name', () => {
    refused(9, hex('ff03 002d 45'), { reason: 'unknown-payload', layer: 'ppp' });
    refused(9, hex('ff03 003d c0000000'), { reason: 'unknown-payload', layer: 'ppp' });
  });

  it('PPPoE: padding behind the length is no payload; discovery codes and other versions end there', () => {
    const session = (code: string) =>
      Buffer.concat([hex(`11 ${code} 0001`), u16(IP.length + 2), hex('0021'), IP]);
    expect(decode(51, Buffer.concat([session('00'), Buffer.alloc(9, 1)])).payload).toBe('payload bytes');
    other(51, session('a7'));
    refused(51, hex('2100 0001 0000'), { reason: 'malformed', layer: 'pppoe' });
  });

  it('Cisco HDLC: keepalives and CDP are understood', () => {
    other(104, hex('8f00 8035 00000002 00000000 00000000 ffff'));
    other(104, hex('0f00 2000 02b4'));
  });
});

describe('loopback and raw IP', () => {
  it('an unknown family or IP version is refused', () => {
    refused(0, Buffer.concat([hex('63000000'), IP]), { reason: 'unknown-payload', layer: 'loopback' });
    refused(101, hex('50000000'), { reason: 'malformed', layer: 'raw-ip' });
  });
});

describe('Linux cooked', () => {
  it.each(['0001', '0003', '000c'])('understands the Linux protocol %s as no carrier of TCP', (protocol) => {
    other(113, hex(`0000 0001 0006 020000000001 0000 ${protocol} 0000`));
    other(276, hex(`${protocol} 0000 00000002 0001 00 06 020000000001 0000 0000`));
  });
});

describe('headers that the capture itself adds', () => {
  it('PKTAP: other records are understood, impossible lengths and link types refused', () => {
    other(258, hex('0c000000 02000000 01000000 0000'));
    refused(258, hex('04000000 01000000 01000000'), { reason: 'malformed', layer: 'pktap' });
    refused(258, hex('ffffffff 01000000 01000000'), { reason: 'malformed', layer: 'pktap' });
    refused(258, hex('0c000000 01000000 39300000 00'), { reason: 'unknown-link-type', type: 12345 });
  });

  it('PKTAP inside PKTAP ends at the limit', () => {
    const nested = Buffer.from('0c0000000100000002010000'.repeat(100), 'hex');
    refused(258, nested, { reason: 'too-deep', layer: 'pktap' });
  });

  it('netfilter log: a length that leads nowhere ends the walk', () => {
    refused(239, hex('02000000 0000 0100 00000000'), { reason: 'malformed', layer: 'nflog' });
    refused(239, hex('02000000 0800 0100 00000000'), { reason: 'malformed', layer: 'nflog' });
  });
});

describe('802.11', () => {
  const header = (control: string, rest = '') =>
    `${control} 0000 ${'02'.repeat(18)} 1000 ${rest} ${SNAP} 0800`;

  it.each([
    ['a beacon', header('8000')],
    ['an acknowledgement', 'd400 0000 020000000002'],
    ['a null frame', header('4801')],
    ['an encrypted frame', header('0841')],
    ['a frame in pieces', header('0805')],
    ['an aggregate', header('8801', '8000')],
  ])('understands %s, and leaves it alone', (_, text) => {
    other(105, Buffer.concat([hex(text), IP]));
  });

  it('radiotap: a length that does not fit is malformed', () => {
    refused(127, hex('0000 0400 00000000'), { reason: 'malformed', layer: 'radiotap' });
    refused(127, hex('0000 ffff 00000000'), { reason: 'malformed', layer: 'radiotap' });
    refused(127, hex('0000 0800 000000ff'), { reason: 'malformed', layer: '802.11' });
  });

  it('radiotap: the flags are found behind further present words', () => {
    const radiotap = hex('0000 1100 02000080 02000080 00000000 20');
    const frame = hex(header('8801', '0000 0000'));
    expect(decode(127, Buffer.concat([radiotap, frame, IP])).payload).toBe('payload bytes');
  });
});
