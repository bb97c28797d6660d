/** What tshark, which had no part in the making, says of a capture. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

export interface TsharkView {
  readonly packets: number;
  readonly malformed: number;
  readonly lostSegments: number;
  readonly badChecksums: number;
  readonly longestSegment: number;
  /** SHA-256 of what `follow,tcp,raw` gives, two a stream: sent by the client, sent by the server. */
  readonly followed: readonly (readonly [string, string])[];
}

function run(program: string, ...parameters: readonly string[]): string {
  const options = { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'] };
  return execFileSync(program, parameters, options).toString('latin1');
}

function countOf(file: string, filter: string): number {
  const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE'];
  return run('tshark', '-n', ...checks, '-r', file, '-Y', filter).split('\n').length - 1;
}

function followStream(file: string, stream: number): readonly [string, string] {
  const text = run('tshark', '-n', '-q', '-r', file, '-z', `follow,tcp,raw,${stream}`);
  const hashes = [createHash('sha256'), createHash('sha256')] as const;
  for (const line of text.split('\n')) {
    const [, tab, hex] = /^(\t?)([0-9a-f]+)$/.exec(line.trimEnd()) ?? [];
    if (hex !== undefined) hashes[tab === '\t' ? 1 : 0].update(Buffer.from(hex, 'hex'));
  }
  return [hashes[0].digest('hex'), hashes[1].digest('hex')];
}

export function askTshark(file: string): TsharkView {
  const fields = run('tshark', '-n', '-r', file, '-T', 'fields', '-e', 'tcp.stream', '-e', 'tcp.len').split('\n');
  const rows = fields.slice(0, -1).map((line) => line.split('\t'));
  const streams = Math.max(-1, ...rows.map(([stream]) => (stream ? Number(stream) : -1))) + 1;
  const packets = /Number of packets: *(\d+)/.exec(run('capinfos', '-M', '-c', file));
  return {
    packets: Number(packets?.[1] ?? Number.NaN),
    malformed: countOf(file, '_ws.malformed'),
    lostSegments: countOf(file, 'tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment'),
    badChecksums: countOf(file, 'tcp.checksum.status == "Bad" || ip.checksum.status == "Bad" || udp.checksum.status == "Bad"'),
    longestSegment: Math.max(0, ...rows.map(([, length]) => Number(length || 0))),
    followed: Array.from({ length: streams }, (_, stream) => followStream(file, stream)),
  };
}
