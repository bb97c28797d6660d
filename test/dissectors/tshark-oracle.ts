import { spawnSync } from 'node:child_process';

/** What tshark makes of one packet: the innermost TCP or UDP header, unless an ICMP error only quotes it. */
export interface OraclePacket {
  readonly protocols: string;
  readonly kind: 'tcp' | 'udp' | 'other';
  /** Source and destination as tshark prints them. */
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly payloadLength: number;
}

const FIELDS = [
  'frame.protocols',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.seq_raw',
  'tcp.ack_raw',
  'tcp.flags',
  'tcp.len',
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

/** Reads a capture file with tshark. Damaged files give the packets before the damage. */
export function readWithTshark(path: string): readonly OraclePacket[] {
  const options = PREFERENCES.flatMap((preference) => ['-o', preference]);
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const run = spawnSync('tshark', ['-n', '-r', path, ...options, '-T', 'fields', ...fields], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return run.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => toPacket(line.split('\t')));
}

function toPacket(columns: readonly string[]): OraclePacket {
  const last = (field: (typeof FIELDS)[number]): string =>
    columns[FIELDS.indexOf(field)]?.split(',').at(-1) ?? '';
  const protocols = last('frame.protocols').split(':');
  const ip = Math.max(protocols.lastIndexOf('ip'), protocols.lastIndexOf('ipv6'));
  const quoted = protocols.slice(0, ip).some((name) => name === 'icmp' || name === 'icmpv6');
  const carried = protocols.slice(ip + 1);
  const isTunnel = carried.includes('eth');
  const kind = quoted || isTunnel ? 'other' : carried.includes('tcp') ? 'tcp' : carried.includes('udp') ? 'udp' : 'other';
  const isIpv6 = protocols[ip] === 'ipv6';
  return {
    protocols: protocols.join(':'),
    kind,
    source: last(isIpv6 ? 'ipv6.src' : 'ip.src'),
    destination: last(isIpv6 ? 'ipv6.dst' : 'ip.dst'),
    sourcePort: Number(last(kind === 'tcp' ? 'tcp.srcport' : 'udp.srcport')),
    destinationPort: Number(last(kind === 'tcp' ? 'tcp.dstport' : 'udp.dstport')),
    sequence: Number(last('tcp.seq_raw')) | 0,
    acknowledgement: Number(last('tcp.ack_raw')) | 0,
    flags: Number(last('tcp.flags')),
    payloadLength: kind === 'tcp' ? Number(last('tcp.len')) : Number(last('udp.length')) - 8,
  };
}
