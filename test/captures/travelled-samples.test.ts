import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { runAnalysis } from '../support/run-analysis.ts';
import { segmentOf } from '../support/simulator/pcap-file.ts';
import { ACK, writeSegment } from '../support/tcp-writer.ts';
import { PayloadTaps } from './payload-taps.ts';

/** How the segments of a sample are cut, delayed and repeated; each list is used in turn, over and over. */
interface Journey {
  readonly cuts: readonly number[];
  /** By how many places a segment is late. */
  readonly delays: readonly number[];
  /** Whether it is captured again, and how many bytes before and behind it the repetition holds. */
  readonly repeats: readonly (readonly [again: boolean, before: number, behind: number])[];
}

const journey: fc.Arbitrary<Journey> = fc.record({
  cuts: fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1448 })), {
    minLength: 1,
    maxLength: 12,
  }),
  delays: fc.array(fc.nat(8), { minLength: 1, maxLength: 20 }),
  repeats: fc.array(fc.tuple(fc.boolean(), fc.nat(60), fc.nat(60)), { minLength: 1, maxLength: 20 }),
});

function inTurn<T>(values: readonly T[], otherwise: T): () => T {
  let at = 0;
  return () => values[at++ % values.length] ?? otherwise;
}

async function framesOf(path: string): Promise<readonly Buffer[]> {
  const frames: Buffer[] = [];
  await readCaptures([path], {
    packet: ({ bytes, start, end }) => frames.push(Buffer.from(bytes.subarray(start, end))),
    drained: () => undefined,
  });
  return frames;
}

/** The same streams in other segments. Openings and closings of connections stay as and where they are. */
function travel(frames: readonly Buffer[], way: Journey): readonly Buffer[] {
  const nextLength = inTurn(way.cuts, 1);
  const nextDelay = inTurn(way.delays, 0);
  const nextRepeat = inTurn(way.repeats, [false, 0, 0]);
  const seen: { readonly place: number; readonly bytes: Buffer }[] = [];
  for (const frame of frames) {
    const segment = segmentOf(frame);
    if (segment === undefined || segment.payload.length === 0) {
      seen.push({ place: seen.length, bytes: frame });
      continue;
    }
    const { from, to, sequence, payload } = segment;
    // Ethernet 14, IPv4 20 without options, then 8 bytes into the TCP header.
    const acknowledgement = frame.readUInt32BE(42);
    const send = (start: number, end: number) => {
      const part = { payload: payload.subarray(start, end), sequence: sequence + start };
      const bytes = writeSegment({ from, to, acknowledgement, flags: ACK, ...part });
      seen.push({ place: seen.length + nextDelay(), bytes });
    };
    for (let at = 0; at < payload.length; ) {
      const end = Math.min(payload.length, at + nextLength());
      send(at, end);
      const [again, before, behind] = nextRepeat();
      if (again) send(Math.max(0, at - before), Math.min(payload.length, end + behind));
      at = end;
    }
  }
  return seen.sort((a, b) => a.place - b.place).map(({ bytes }) => bytes);
}

interface ExpectedStream {
  readonly flow: number;
  readonly from: string;
  readonly videoSha256?: string;
  readonly audioSha256?: string;
  readonly fileSha256?: string;
}

const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** In H.264 and H.265, live, played and talked, up and down; firmware; both sockets opened by the device. */
const SAMPLES = ['two-clients', 'avtalk', 'talk-both-ways', 'upgrade', 'active-registration'];

describe.each(SAMPLES)('the media of %s', (name) => {
  const folder = new URL(`../../captures/${name}/`, import.meta.url);
  const { streams } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
    streams: readonly ExpectedStream[];
  };

  it('are the same bytes however the segments are cut, delayed, repeated and overlapped', async () => {
    const frames = await framesOf(new URL('capture.pcapng', folder).pathname);
    const sent = streams.map(({ flow, from, videoSha256, audioSha256, fileSha256 }) =>
      [flow, from, videoSha256 ?? NOTHING, audioSha256 ?? NOTHING, fileSha256 ?? NOTHING].join(' '),
    );
    fc.assert(
      fc.property(journey, (way) => {
        const taps = new PayloadTaps();
        const packets = travel(frames, way).map((bytes) => ({ bytes }));
        runAnalysis(packets, { mediaTap: (stream) => taps.open(stream) });
        const found = taps
          .payloads()
          .map(({ stream, video, audio, file }) =>
            [stream.origin.flow, stream.from, video, audio, file].join(' '),
          );
        expect(found.sort()).toEqual([...sent].sort());
      }),
      { numRuns: 15 },
    );
  });
});
