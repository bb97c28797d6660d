import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { flowRecord } from '../../src/report/records/flow-record.ts';
import type { FlowRecord } from '../../src/report/records/schemas.ts';
import { StreamDigests } from '../../src/report/stream-digests.ts';

const ROOT = fileURLToPath(new URL('../../../shared/captures/public/', import.meta.url));
const isHere = existsSync(`${ROOT}manifest.tsv`);
const mustRun = process.env.DVRSCOPE_REQUIRE_TOOLS === '1';
const hasTools =
  spawnSync('tshark', ['--version']).status === 0 && spawnSync('python3', ['--version']).status === 0;
const ORACLES_AT_ONCE = 2;

/** What oracle.py says of one direction, laid out from the sequence numbers that tshark decodes. */
interface OracleDirection {
  readonly unique_bytes: number;
  readonly gap_bytes: number;
  readonly overlap_bytes: number;
  readonly conflict_bytes: number;
  readonly first_sha256: string;
}

interface OracleStream {
  readonly client: string;
  readonly server: string;
  readonly icmp_error_only: boolean;
  readonly c2s_seq: OracleDirection;
  readonly s2c_seq: OracleDirection;
}

interface OracleFile {
  readonly file: string;
  readonly tcp_streams: readonly OracleStream[];
}

/** Directions of which we know more missing bytes than the oracle, which looks at captured payload only. */
const MORE_MISSING: Readonly<Record<string, number>> = {
  // The peer acknowledges bytes behind the last captured ones.
  'tcp/zeek__communityid-tcp.pcap c2s': 466,
  'tcp/zeek__communityid-tcp.pcap s2c': 253,
  'tcp/zeek__timestamp.pcap s2c': 850,
  // The snap length cut off all payload.
  'pcap-formats/tcpdump__heapoverflow-tcp_print.pcap c2s': 12_256,
  'tcp/tcpdump__tcp-auth-heapoverflow.pcap c2s': 12_264,
  'tcp/zeek__retransmit-fast009.pcap c2s': 474,
  'tcp/zeek__retransmit-fast009.pcap s2c': 23_783,
};

function filesWithStreams(): readonly string[] {
  const [header = '', ...lines] = readFileSync(`${ROOT}manifest.tsv`, 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  const rows = lines.map((line) => line.split('\t'));
  return rows
    .filter((cells) => Number(cells[names.indexOf('n_tcp_streams')]) > 0)
    .map((cells) => cells[names.indexOf('file')] ?? '');
}

async function askOracle(files: readonly string[]): Promise<readonly OracleFile[]> {
  const run = promisify(execFile);
  const shares = Array.from({ length: ORACLES_AT_ONCE }, (_, share) =>
    files.filter((_file, i) => i % ORACLES_AT_ONCE === share).map((file) => ROOT + file),
  );
  const answers = await Promise.all(
    shares.map((share) =>
      run('python3', [`${ROOT}oracle.py`, '--no-follow', ...share], { maxBuffer: 1 << 28 }),
    ),
  );
  const lines = answers.flatMap(({ stdout }) => stdout.trimEnd().split('\n'));
  const parsed: OracleFile[] = lines.map((line) => JSON.parse(line));
  return parsed.map(({ file, tcp_streams }) => ({ file: file.slice(ROOT.length), tcp_streams }));
}

/** The TCP flows of a capture, in order of their first packets. */
async function flowsOf(file: string): Promise<FlowRecord[]> {
  const digests = new StreamDigests();
  const flows: FlowRecord[] = [];
  const analysis = new Analysis(
    { tap: (stream) => digests.open(stream) },
    { flowEnded: (flow, dvrip) => flows.push(flowRecord(flow, dvrip, digests.take(flow))) },
  );
  await readCaptures([ROOT + file], { packet: (packet) => analysis.push(packet), drained: () => undefined });
  analysis.end();
  return flows.filter((flow) => flow.protocol === 'tcp').sort((a, b) => a.flow - b.flow);
}

interface Comparison {
  readonly where: string;
  readonly expected: OracleDirection;
  readonly seen: FlowRecord['streams'][0] | undefined;
}

/** Pairs the streams of tshark with our flows, by their ends and their order. */
function pair(oracle: OracleFile, flows: FlowRecord[]): Comparison[] {
  const end = ({ address, port }: FlowRecord['client']) => `${address}:${port}`;
  const comparisons: Comparison[] = [];
  for (const stream of oracle.tcp_streams.filter((s) => !s.icmp_error_only)) {
    const ends = [stream.client, stream.server].sort().join();
    const at = flows.findIndex((flow) => [end(flow.client), end(flow.server)].sort().join() === ends);
    const [flow] = at === -1 ? [] : flows.splice(at, 1);
    const isSame = flow !== undefined && end(flow.client) === stream.client;
    const where = `${oracle.file} ${oracle.tcp_streams.length > 1 ? `${stream.client} ` : ''}`;
    comparisons.push(
      { where: `${where}c2s`, expected: stream.c2s_seq, seen: flow?.streams[isSame ? 0 : 1] },
      { where: `${where}s2c`, expected: stream.s2c_seq, seen: flow?.streams[isSame ? 1 : 0] },
    );
  }
  return comparisons;
}

describe('the TCP streams of the public captures', () => {
  it.skipIf(!isHere || !(mustRun || hasTools))(
    'are byte for byte what an independent layout of their sequence numbers gives (tshark, python3)',
    async () => {
      expect(hasTools).toBe(true);
      const comparisons: Comparison[] = [];
      const extra: string[] = [];
      for (const oracle of await askOracle(filesWithStreams())) {
        const flows = await flowsOf(oracle.file);
        comparisons.push(...pair(oracle, flows));
        if (flows.length > 0) extra.push(oracle.file);
      }
      expect(comparisons.length).toBeGreaterThan(180);
      expect(extra).toEqual([]);
      const counts = comparisons.map(({ where, seen }) => ({
        where,
        bytes: seen?.bytes,
        sha256: seen?.sha256,
        retransmitted: seen?.retransmittedBytes,
        conflicting: seen?.conflictingBytes,
        gapBytes: seen?.gapBytes,
      }));
      expect(counts).toEqual(
        comparisons.map(({ where, expected }) => ({
          where,
          bytes: expected.unique_bytes,
          sha256: expected.first_sha256,
          retransmitted: expected.overlap_bytes,
          conflicting: expected.conflict_bytes,
          gapBytes: expected.gap_bytes + (MORE_MISSING[where] ?? 0),
        })),
      );
    },
    300_000,
  );
});
