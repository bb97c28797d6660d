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

const CHECKS = ['tcp', 'ip', 'udp'].flatMap((layer) => ['-o', `${layer}.check_checksum:TRUE`]);
const COLUMNS = [
  'tcp.stream',
  'tcp.len',
  '_ws.malformed',
  'tcp.analysis.lost_segment',
  'tcp.analysis.ack_lost_segment',
  'tcp.checksum.status',
  'ip.checksum.status',
  'udp.checksum.status',
];
/** tshark's number for a wrong checksum. */
const BAD = '0';

/** The parts of `follow,tcp,raw` output, one for each stream asked for, in order. */
function followStreams(file: string, streams: number): readonly (readonly [string, string])[] {
  if (streams === 0) return [];
  const questions = Array.from({ length: streams }, (_, stream) => ['-z', `follow,tcp,raw,${stream}`]).flat();
  const parts = run('tshark', '-n', '-q', '-r', file, ...questions)
    .split(/^Follow: tcp,raw$/m)
    .slice(1);
  const answers = parts.map((part): readonly [number, readonly [string, string]] => {
    const hashes = [createHash('sha256'), createHash('sha256')] as const;
    for (const line of part.split('\n')) {
      const [, tab, hex] = /^(\t?)([0-9a-f]+)$/.exec(line.trimEnd()) ?? [];
      if (hex !== undefined) hashes[tab === '\t' ? 1 : 0].update(Buffer.from(hex, 'hex'));
    }
    const stream = /^Filter: tcp\.stream eq (\d+)/m.exec(part)?.[1];
    return [Number(stream), [hashes[0].digest('hex'), hashes[1].digest('hex')]];
  });
  return answers.sort(([a], [b]) => a - b).map(([, hashes]) => hashes);
}

export function askTshark(file: string): TsharkView {
  const columns = COLUMNS.flatMap((name) => ['-e', name]);
  const lines = run('tshark', '-n', ...CHECKS, '-r', file, '-T', 'fields', ...columns)
    .split('\n')
    .slice(0, -1);
  const rows = lines.map((line) => line.split('\t'));
  const streams = Math.max(-1, ...rows.map(([stream]) => (stream ? Number(stream) : -1))) + 1;
  const packets = /Number of packets: *(\d+)/.exec(run('capinfos', '-M', '-c', file));
  const count = (holds: (row: readonly string[]) => boolean) => rows.filter(holds).length;
  return {
    packets: Number(packets?.[1] ?? Number.NaN),
    malformed: count(([, , malformed]) => malformed !== ''),
    lostSegments: count(([, , , lost, unseen]) => lost !== '' || unseen !== ''),
    badChecksums: count((row) => row.slice(5).includes(BAD)),
    longestSegment: Math.max(0, ...rows.map(([, length]) => Number(length || 0))),
    followed: followStreams(file, streams),
  };
}
