import type { ChunkHeader } from '../../../dissectors/dvrip/chunk-header.ts';
import { MediaChunks } from '../../../dissectors/dvrip/media-chunks.ts';
import { Analysis } from '../../../src/analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../../src/analysis/limits.ts';
import type { Flow } from '../../../src/reassembly/flow.ts';
import type { StreamDirection } from '../../../src/reassembly/stream-direction.ts';
import { FramingHarness } from '../../dissectors/dvrip/framing-harness.ts';
import type { Corpus } from '../corpus.ts';
import { feed } from '../pcap.ts';
import { must, mustAgree, type Target } from '../target.ts';

/** Cuts an input into pieces whose sizes its own bytes choose. */
function* pieces(input: Buffer): Generator<Buffer> {
  for (let at = 0, turn = 0; at < input.length; turn++) {
    const size = 1 + ((input[(turn * 37) % input.length] ?? 0) % (turn % 5 === 0 ? 3 : 190));
    yield input.subarray(at, at + size);
    at += size;
  }
}

function frame(input: Buffer): void {
  const fromStart = input.length % 2 === 0;
  const whole = new FramingHarness({ fromStart }).data(input).end();
  const pieced = new FramingHarness({ fromStart });
  for (const piece of pieces(input)) pieced.data(piece);
  pieced.end();
  mustAgree(pieced.messages, whole.messages, 'messages differ by segmentation');
  mustAgree(pieced.notes, whole.notes, 'what was skipped differs by segmentation');
  const skipped = whole.notes.reduce((sum, note) => sum + (Number(/^skipped (\d+)/.exec(note)?.[1]) || 0), 0);
  const read = whole.messages.reduce((sum, m) => sum + 20 + m.length - m.missing - m.cut, 0);
  must(read + skipped === input.length, 'bytes are neither header, body nor skipped');
  must(whole.budget.used === 0 && pieced.budget.used === 0, 'bodies are kept after the end');
}

/** What a walk over media chunks says, and the payload bytes that it handed on. */
function walk(input: Buffer, cut: boolean): { readonly told: readonly unknown[]; readonly stray: number } {
  const told: unknown[] = [];
  let payload = 0;
  const chunks = new MediaChunks(
    {
      chunkStarted: ({ type, length }: ChunkHeader) => told.push(['start', type, length]),
      chunkData: (bytes, start, end) => {
        must(start < end && end <= bytes.length, 'chunk data outside of the bytes');
        payload += end - start;
      },
      chunkGap: (length) => told.push(['gap', length]),
      chunkEnded: ({ type }, isCut) => {
        told.push(['end', type, payload, isCut]);
        payload = 0;
      },
    },
    1 << 20,
  );
  for (const piece of cut ? pieces(input) : [input]) {
    if (piece.length > 0) chunks.push(piece, 0, piece.length);
  }
  chunks.end();
  must(chunks.strayBytes <= input.length, 'more stray bytes than bytes');
  return { told, stray: chunks.strayBytes };
}

/** Small enough for a fuzzed capture to reach them. */
const LIMITS = {
  ...DEFAULT_LIMITS,
  flows: { flows: 12 },
  reassembly: {
    ...DEFAULT_LIMITS.reassembly,
    pendingBytes: 4000,
    pendingSegments: 20,
    pendingBytesInAll: 20_000,
  },
};

function reassemble(limits: typeof DEFAULT_LIMITS): (input: Buffer) => void {
  return (input) => {
    const heard = new Map<StreamDirection, { bytes: number; gaps: number; ended: number }>();
    const ended: Flow[] = [];
    const analysis = new Analysis(
      {
        limits,
        tap: (stream) => {
          const ear = { bytes: 0, gaps: 0, ended: 0 };
          heard.set(stream, ear);
          return {
            data: (bytes, start, end) => {
              must(ear.ended === 0, 'data after the end of a direction');
              must(start >= 0 && start <= end && end <= bytes.length, 'a run outside of its buffer');
              ear.bytes += end - start;
            },
            gap: (length) => {
              must(length > 0 && ear.ended === 0, 'an empty gap, or one after the end');
              ear.gaps += length;
            },
            end: () => {
              ear.ended += 1;
            },
          };
        },
      },
      { flowEnded: (flow) => ended.push(flow) },
    );
    feed(input, (packet) => analysis.push(packet));
    analysis.end();
    must(ended.length === analysis.tcpFlows + analysis.udpFlows, 'flows that never ended');
    must(analysis.conversations.bodies.used === 0, 'bodies are kept after the end');
    for (const flow of ended) {
      for (const stream of flow.streams) {
        const { bytes = 0, gaps = 0, ended: ends = 0 } = heard.get(stream) ?? {};
        must(stream.pending.length === 0 && stream.pendingBytes === 0, 'segments wait after the end');
        must(
          stream.bytes === bytes && stream.gapBytes === gaps,
          'a direction counts what it did not hand on',
        );
        must(ends <= 1, 'a direction ended twice');
        must(stream.conflictingBytes <= stream.retransmittedBytes, 'more conflicts than were sent twice');
      }
    }
  };
}

export function streamTargets({
  streams,
  media,
  conversations,
  examples,
  publicOnes,
}: Corpus): readonly Target[] {
  const connections = [...conversations, ...examples, ...(publicOnes.get('tcp') ?? [])];
  return [
    {
      name: 'reassembly',
      about: 'TCP as it comes: each byte handed on once or counted as missing, nothing kept',
      kind: 'capture',
      seeds: connections,
      run: reassemble(DEFAULT_LIMITS),
    },
    {
      name: 'small-limits',
      about: 'the same with room for hardly anything, so that every limit is reached',
      kind: 'capture',
      seeds: connections,
      run: reassemble(LIMITS),
    },
    {
      name: 'framing',
      about: 'one direction of a connection, whole and in pieces: the same messages, each byte accounted for',
      kind: 'bytes',
      seeds: streams,
      run: frame,
    },
    {
      name: 'media',
      about: 'media chunks, whole and in pieces',
      kind: 'bytes',
      seeds: media,
      run: (input) => mustAgree(walk(input, true), walk(input, false), 'chunks differ by segmentation'),
    },
  ];
}
