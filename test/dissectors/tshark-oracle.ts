import { spawnSync } from 'node:child_process';

/** What tshark makes of one packet: the innermost TCP or UDP header, unless an ICMP error only quotes it. */
export interface OraclePacket {
  readonly protocols: string;
  readonly kind: 'tcp' | 'udp' | 'other';
  /** Addresses as tshark prints them, ports, payload length; of TCP also sequence, acknowledgement, flags. */
  readonly fields: string;
  /** The number of its conversation (`tcp.stream`, `udp.stream`). */
  readonly stream: string;
  /** Of UDP: bytes of payload that were captured. */
  readonly captured: number;
}

const FIELDS = [
  'frame.protocols',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'ip.len',
  'ip.hdr_len',
  'ip.reassembled.length',
  'tcp.stream',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.len',
  'tcp.seq_raw',
  'tcp.ack_raw',
  'tcp.flags',
  'udp.stream',
  'udp.srcport',
  'udp.dstport',
  'udp.length',
  'udp.payload',
] as const;

/** Linux's port for VXLAN, which this tshark has to be told. */
const DECODE_AS = ['udp.port==8472,vxlan'];

const PREFERENCES = [
  'ip.defragment:TRUE',
  'ipv6.defragment:TRUE',
  'tcp.check_checksum:FALSE',
  'tcp.desegment_tcp_streams:FALSE',
];

export function hasTshark(): boolean {
  return spawnSync('tshark', ['--version']).status === 0;
}

/** Reads a capture file with tshark, one answer a packet. */
export function readWithTshark(path: string): readonly OraclePacket[] {
  const options = [
    ...PREFERENCES.flatMap((preference) => ['-o', preference]),
    ...DECODE_AS.flatMap((rule) => ['-d', rule]),
  ];
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const run = spawnSync('tshark', ['-n', '-r', path, ...options, '-T', 'fields', ...fields], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const lines = run.stdout.split('\n').slice(0, -1);
  return lines.map((line) => toPacket(line.split('\t')));
}

function toPacket(columns: readonly string[]): OraclePacket {
  const last = (field: (typeof FIELDS)[number]): string =>
    columns[FIELDS.indexOf(field)]?.split(',').at(-1) ?? '';
  const protocols = last('frame.protocols').split(':');
  const ip = Math.max(protocols.lastIndexOf('ip'), protocols.lastIndexOf('ipv6'));
  const isQuoted = protocols.slice(0, ip).some((name) => name === 'icmp' || name === 'icmpv6');
  const carried = protocols.slice(ip + 1);
  const isIpv6 = protocols[ip] === 'ipv6';
  const ends = [last(isIpv6 ? 'ipv6.src' : 'ip.src'), last(isIpv6 ? 'ipv6.dst' : 'ip.dst')];
  // Of a header that is cut tshark shows the fields that are left.
  if (carried.includes('tcp') && !isQuoted && last('tcp.flags') !== '') {
    const numbers = [last('tcp.seq_raw'), last('tcp.ack_raw'), last('tcp.flags')].map(
      (text) => Number(text) | 0,
    );
    const fields = [...ends, last('tcp.srcport'), last('tcp.dstport'), last('tcp.len'), ...numbers];
    return {
      protocols: protocols.join(':'),
      kind: 'tcp',
      fields: fields.join(' '),
      stream: last('tcp.stream'),
      captured: 0,
    };
  }
  const isTunnel = carried.includes('eth');
  if (carried.includes('udp') && !isQuoted && !isTunnel) {
    const length = Math.min(Number(last('udp.length')), isIpv6 ? Infinity : roomInIpv4(last)) - 8;
    const fields = [...ends, last('udp.srcport'), last('udp.dstport'), length];
    return {
      protocols: protocols.join(':'),
      kind: 'udp',
      fields: fields.join(' '),
      stream: last('udp.stream'),
      captured: last('udp.payload').length / 2,
    };
  }
  return { protocols: protocols.join(':'), kind: 'other', fields: '', stream: '', captured: 0 };
}

/** What the IP header (or the whole datagram, put together of fragments) leaves for UDP; tshark shows longer lengths as they are. */
function roomInIpv4(last: (field: (typeof FIELDS)[number]) => string): number {
  const whole = last('ip.reassembled.length');
  if (whole !== '') return Number(whole);
  const length = Number(last('ip.len'));
  return length === 0 ? Infinity : length - Number(last('ip.hdr_len'));
}
