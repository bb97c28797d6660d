import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { FramingHarness } from '../dissectors/dvrip/framing-harness.ts';
import { TcpHarness } from '../reassembly/tcp-harness.ts';
import { writeMessage } from '../support/dvrip-writer.ts';
import { runAnalysis } from '../support/run-analysis.ts';
import { writeDatagram, writeSegment } from '../support/tcp-writer.ts';

const small = fc.integer({ min: -40, max: 120 });
const anyWord = fc.oneof({ weight: 6, arbitrary: small }, { weight: 1, arbitrary: fc.integer() });
const flags = fc.oneof(fc.constant(16), fc.constantFrom(1, 2, 4, 17, 18, 20, 24), fc.nat(0xfff));
const segment = fc.record({
  side: fc.constantFrom(0 as const, 1 as const),
  sequence: anyWord,
  acknowledgement: anyWord,
  flags,
  data: fc.uint8Array({ maxLength: 40 }),
  seconds: fc.oneof(fc.nat(3), fc.integer()),
  client: fc.constantFrom({ address: '10.0.0.1', port: 1 }, { address: '10.0.0.1', port: 2 }),
});

const header = fc
  .record({
    id: fc.constantFrom(1042, 1412, 1000, 7),
    byte12: fc.constantFrom(0, 2, 99, 255),
    byte13: fc.constantFrom(0, 1),
    version: fc.constantFrom(0, 1, 2),
    length: fc.oneof(fc.nat(60), fc.integer({ min: 0, max: 0xffff_ffff })),
  })
  .map(writeMessage);
const dvrip = fc
  .array(fc.oneof(header, fc.uint8Array({ maxLength: 60 })), { maxLength: 6 })
  .map((parts) => Buffer.concat(parts));

describe('the reassembly, given any segments', () => {
  it('keeps its order, its counts and its limits', () => {
    const limits = {
      pendingBytes: 100,
      pendingSegments: 6,
      pendingBytesInAll: 4000,
      acknowledgedHolePackets: 4,
    };
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 60 }), (segments) => {
        const h = new TcpHarness(limits, 3).send(...segments).end();
        for (const flow of h.closed) {
          for (const stream of flow.streams) {
            expect([
              stream.pending.length,
              stream.pendingBytes,
              stream.conflictingBytes <= stream.retransmittedBytes,
            ]).toEqual([0, 0, true]);
            const text =
              h.heard.find(
                (x) =>
                  x.flow === flow.number && (x.from === 'device') === (flow.port(stream.side) === 34_567),
              )?.text ?? '';
            // One end, and it is the last word; bytes and gaps add up to the way from the first number to the last.
            expect(text === '' || text.endsWith('.')).toBe(true);
            if (stream.started && stream.synSeen === false && stream.ended) {
              // Modulo 2^32: gaps can add up to more than half of the numbers.
              const way = (stream.next - stream.first) >>> 0;
              const counted = stream.bytes + stream.gapBytes;
              expect([counted >>> 0, (counted + 1) >>> 0]).toContain(way);
            }
          }
        }
        expect(h.closed).toHaveLength(h.table.opened);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the framing, given any bytes', () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: dvrip.map((bytes) => ({ do: 'data' as const, bytes })) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 100 }).map((length) => ({ do: 'gap' as const, length })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { do: 'end' as const },
        { do: 'restart' as const },
        { do: 'trust' as const },
      ),
    },
  );

  it('accounts for each byte as header, body, skipped or missing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.boolean(), (steps, fromStart) => {
        const h = new FramingHarness({ fromStart });
        let came = 0;
        for (const s of steps) {
          if (s.do === 'data') {
            h.data(s.bytes);
            came += s.bytes.length;
          } else if (s.do === 'gap') {
            h.gap(s.length);
          } else if (s.do === 'end') {
            h.end();
          } else if (s.do === 'restart') {
            h.end();
            h.framer.restart();
          } else {
            h.framer.trust();
          }
        }
        h.end();
        const skipped = h.notes.reduce(
          (sum, note) => sum + (Number(/^skipped (\d+)/.exec(note)?.[1]) || 0),
          0,
        );
        const read = h.messages.reduce((sum, m) => sum + 20 + m.length - m.missing - m.cut, 0);
        expect(read + skipped).toBe(came);
        expect(h.budget.used).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same messages and skips the same bytes in any segmentation', () => {
    fc.assert(
      fc.property(
        dvrip,
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        fc.boolean(),
        (bytes, cuts, fromStart) => {
          const whole = new FramingHarness({ fromStart }).data(bytes).end();
          const pieces = new FramingHarness({ fromStart });
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const length = cuts[i % cuts.length] ?? 1;
            pieces.data(bytes.subarray(at, at + length));
            at += length;
          }
          pieces.end();
          expect(pieces.messages).toEqual(whole.messages);
          expect(pieces.notes).toEqual(whole.notes);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the analysis, given any packets', () => {
  const from = { address: '10.0.0.1', port: 5000 };
  const to = fc.constantFrom(34_567, 34_569, 80).map((port) => ({ address: '10.0.0.2', port }));
  const packet = fc.oneof(
    fc.uint8Array({ maxLength: 120 }),
    fc.tuple(to, dvrip).map(([end, payload]) => writeDatagram(from, end, payload)),
    fc
      .tuple(to, small, flags, dvrip)
      .map(([end, sequence, bits, payload]) =>
        writeSegment({ from, to: end, sequence, flags: bits, payload }),
      ),
  );

  it('neither throws nor keeps anything', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 40 }), (packets) => {
        const run = runAnalysis(packets.map((bytes) => ({ bytes })));
        expect(run.analysis.packets).toBe(packets.length);
        expect(run.flows).toHaveLength(run.analysis.tcpFlows + run.analysis.udpFlows);
        expect(run.analysis.conversations.bodies.used).toBe(0);
        const bytes = packets.reduce((sum, p) => sum + p.length, 0);
        const bodies = run.messages.reduce((sum, m) => sum + m.body.length, 0);
        expect(bodies).toBeLessThanOrEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('stays within small limits', () => {
    const limits = {
      ...DEFAULT_LIMITS,
      flows: { flows: 2 },
      conversations: { ...DEFAULT_LIMITS.conversations, keptBodyBytes: 30, mediaStreams: 1, sessions: 1 },
    };
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 40 }), (packets) => {
        const run = runAnalysis(
          packets.map((bytes) => ({ bytes })),
          { limits },
        );
        expect(run.analysis.conversations.bodies.used).toBe(0);
        expect(run.analysis.conversations.sessions.count).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
