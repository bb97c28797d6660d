import { describe, expect, it } from 'vitest';
import { DATAGRAM, decode, hex, ipv4, PAYLOAD, SEGMENT, tcp, udp } from '../frames.ts';

const IPV4 = 228;

describe('TCP', () => {
  it.each([4, 12, 40])('passes %i bytes of options', (length) => {
    expect(decode(IPV4, ipv4(tcp(PAYLOAD, Buffer.alloc(length, 1))))).toEqual(SEGMENT);
  });

  it('shows all twelve flags, and numbers beyond 2^31 wrapped', () => {
    const segment = hex('0001 ffff 80000000 ffffffff 5fff 0000 0000 0000');
    expect(decode(IPV4, ipv4(segment))).toMatchObject({
      ports: [1, 65535],
      sequence: -0x8000_0000,
      acknowledgement: -1,
      flags: 0xfff,
      payload: '',
      wireLength: 0,
    });
  });

  it.each([
    ['a data offset below five', 0x40],
    ['a data offset beyond the segment', 0xf0],
  ])('with %s is malformed', (_, offset) => {
    const segment = tcp();
    segment[12] = offset;
    expect(decode(IPV4, ipv4(segment))).toMatchObject({
      outcome: 'undecoded',
      undecoded: { reason: 'malformed', layer: 'tcp' },
    });
  });

  it('whose options the snap length cut has its ports, no payload, and the length on the wire', () => {
    const bytes = ipv4(tcp(PAYLOAD, Buffer.alloc(40, 1)));
    const cut = decode(IPV4, bytes.subarray(0, 50), { wireLength: bytes.length });
    expect(cut).toEqual({ ...SEGMENT, payload: '', wireLength: 13 });
  });
});

describe('UDP', () => {
  const datagram = (length: number) => ipv4(udp(PAYLOAD, 34569, length), { protocol: 17 });

  it('has the payload its length says, also when padding follows', () => {
    expect(decode(IPV4, datagram(21))).toEqual(DATAGRAM);
    expect(decode(IPV4, datagram(15))).toEqual({ ...DATAGRAM, payload: 'payload', wireLength: 7 });
    expect(decode(IPV4, datagram(8))).toEqual({ ...DATAGRAM, payload: '', wireLength: 0 });
  });

  it('with a length beyond the IP packet has what is there', () => {
    expect(decode(IPV4, datagram(900))).toEqual(DATAGRAM);
  });

  it('with length 0 (segmentation offload) goes to the end of the IP packet', () => {
    expect(decode(IPV4, datagram(0))).toEqual(DATAGRAM);
  });

  it('with a length below its header is malformed', () => {
    expect(decode(IPV4, datagram(7))).toMatchObject({
      outcome: 'undecoded',
      undecoded: { reason: 'malformed', layer: 'udp' },
    });
  });
});
