import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { FlowRecord } from '../../src/report/records/schemas.ts';
import { decodePublicCaptures, decodeWithTshark } from '../dissectors/public-packets.ts';
import { KnownEnds } from './known-ends.ts';
import { flowsOf } from './public-flows.ts';

const ROOT = fileURLToPath(new URL('../../../shared/captures/public/', import.meta.url));
const isHere = existsSync(`${ROOT}manifest.tsv`);
const mustRun = process.env.DVRSCOPE_REQUIRE_TOOLS === '1';
const hasTools =
  spawnSync('tshark', ['--version']).status === 0 && spawnSync('python3', ['--version']).status === 0;
const ORACLES_AT_ONCE = 2;

/** What oracle.py says of one direction, laid out from the sequence numbers that tshark decodes. */
interface OracleDirection {
  readonly unique_bytes: number;
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

interface Comparison {
  readonly where: string;
  readonly expected: OracleDirection;
  /** Bytes from the first to the last, by the headers: also of what was cut off, or lies behind the last captured. */
  readonly length: number;
  readonly seen: FlowRecord['streams'][0] | undefined;
}

/** Pairs the streams of tshark with our flows, by their ends and their order. */
function pair(oracle: OracleFile, flows: FlowRecord[], ends: KnownEnds): Comparison[] {
  const end = ({ address, port }: FlowRecord['client']) => `${address}:${port}`;
  const comparisons: Comparison[] = [];
  const numbers = ends.streams(oracle.file);
  oracle.tcp_streams
    .filter((stream) => !stream.icmp_error_only)
    .forEach((stream, i) => {
      const { client, server } = stream;
      const both = [client, server].sort().join();
      const at = flows.findIndex((flow) => [end(flow.client), end(flow.server)].sort().join() === both);
      const [flow] = at === -1 ? [] : flows.splice(at, 1);
      const isSame = flow !== undefined && end(flow.client) === client;
      const where = `${oracle.file} ${oracle.tcp_streams.length > 1 ? `${client} ` : ''}`;
      const length = (sender: string) => ends.length(oracle.file, numbers[i] ?? '', sender);
      const [fromClient, fromServer] = isSame ? [0, 1] : [1, 0];
      comparisons.push(
        {
          where: `${where}c2s`,
          expected: stream.c2s_seq,
          length: length(client),
          seen: flow?.streams[fromClient],
        },
        {
          where: `${where}s2c`,
          expected: stream.s2c_seq,
          // From a port to itself all is sent by the client.
          length: server === client ? 0 : length(server),
          seen: flow?.streams[fromServer],
        },
      );
    });
  return comparisons;
}

describe('the TCP streams of the public captures', () => {
  it.skipIf(!isHere || !(mustRun || hasTools))(
    'are byte for byte what an independent layout of their sequence numbers gives (tshark, python3)',
    async () => {
      expect(hasTools).toBe(true);
      const comparisons: Comparison[] = [];
      const extra: string[] = [];
      const packets = await decodePublicCaptures();
      const ends = new KnownEnds(packets, decodeWithTshark(packets));
      for (const oracle of await askOracle(filesWithStreams())) {
        const flows = (await flowsOf(ROOT + oracle.file)).filter(({ protocol }) => protocol === 'tcp');
        comparisons.push(...pair(oracle, flows, ends));
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
        comparisons.map(({ where, expected, length }) => ({
          where,
          bytes: expected.unique_bytes,
          sha256: expected.first_sha256,
          retransmitted: expected.overlap_bytes,
          conflicting: expected.conflict_bytes,
          gapBytes: length - expected.unique_bytes,
        })),
      );
    },
    300_000,
  );
});
