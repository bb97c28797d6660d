import { spawnSync } from 'node:child_process';

/** What tshark makes of one packet: the innermost TCP or UDP header, unless an ICMP error only quotes it. */
export interface OraclePacket {
  readonly protocols: string;
  readonly kind: 'tcp' | 'udp' | 'other';
  /** Addresses as tshark prints them, ports, payload length; of TCP also sequence, acknowledgement, flags. */
  readonly fields: string;
}

const FIELDS = [
  'frame.protocols',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.len',
  'tcp.seq_raw',
  'tcp.ack_raw',
  'tcp.flags',
  'udp.srcport',
  'udp.dstport',
  'udp.length',
] as const;

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
  const options = PREFERENCES.flatMap((preference) => ['-o', preference]);
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
  if (carried.includes('tcp') && !isQuoted) {
    const numbers = [last('tcp.seq_raw'), last('tcp.ack_raw'), last('tcp.flags')].map(
      (text) => Number(text) | 0,
    );
    const fields = [...ends, last('tcp.srcport'), last('tcp.dstport'), last('tcp.len'), ...numbers];
    return { protocols: protocols.join(':'), kind: 'tcp', fields: fields.join(' ') };
  }
  const isTunnel = carried.includes('eth');
  if (carried.includes('udp') && !isQuoted && !isTunnel) {
    const length = Number(last('udp.length')) - 8;
    const fields = [...ends, last('udp.srcport'), last('udp.dstport'), length];
    return { protocols: protocols.join(':'), kind: 'udp', fields: fields.join(' ') };
  }
  return { protocols: protocols.join(':'), kind: 'other', fields: '' };
}
