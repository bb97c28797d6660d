import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Side } from '../../src/reassembly/flow.ts';
import { type AnalysisRun, runAnalysis } from '../support/run-analysis.ts';
import { conversation, journey, type Told, type Travelling, told, Wire } from './wire.ts';

const SIDES: readonly Side[] = [0, 1];

function heard(run: AnalysisRun, side: Side, completeOnly = false): Told[] {
  return run.messages
    .filter((m) => m.side === side && (m.complete || !completeOnly))
    .map(({ id, sequence, sessionId, body }) => ({ id, sequence, sessionId, body }));
}

/** How a direction came out of the reassembly; nothing where it carried nothing. */
function streamOf(run: AnalysisRun, side: Side) {
  const { bytes, gaps, gapBytes, retransmittedBytes, conflictingBytes } =
    run.flows[0]?.flow.streams[side] ?? {};
  return { bytes, gaps, gapBytes, retransmittedBytes, conflictingBytes };
}

describe('the messages of a conversation', () => {
  it('are the same however it is cut into segments, delayed, repeated and overlapped', () => {
    fc.assert(
      fc.property(conversation, journey, (spoken, way) => {
        const wire = new Wire(spoken);
        const seen = wire.travel(wire.cut(way), way);
        const run = runAnalysis(wire.packets(seen).map((bytes) => ({ bytes })));
        for (const side of SIDES) {
          expect(heard(run, side)).toEqual(spoken.said[side].map(told));
          const carried = seen.filter((s) => s.side === side).reduce((sum, s) => sum + s.to - s.from, 0);
          expect(streamOf(run, side)).toMatchObject({
            bytes: wire.streams[side].length,
            gaps: 0,
            conflictingBytes: 0,
          });
          const { retransmittedBytes = 0 } = streamOf(run, side);
          // A repetition of the last byte alone cannot be told from a keep-alive probe and is not counted.
          const probes = seen.filter((s) => s.side === side && s.to - s.from === 1).length;
          expect(retransmittedBytes).toBeLessThanOrEqual(carried - wire.streams[side].length);
          expect(retransmittedBytes + probes).toBeGreaterThanOrEqual(carried - wire.streams[side].length);
        }
        expect(run.findings).toEqual([]);
        expect(run.analysis.tcpFlows).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it('are the same when the capture shows every packet twice', () => {
    fc.assert(
      fc.property(conversation, journey, (spoken, way) => {
        const wire = new Wire(spoken);
        const packets = wire.packets(wire.cut(way)).flatMap((bytes) => [{ bytes }, { bytes }]);
        const run = runAnalysis(packets);
        for (const side of SIDES) expect(heard(run, side)).toEqual(spoken.said[side].map(told));
        expect(run.findings).toEqual([]);
      }),
    );
  });

  it('are the same on the well-known port when the capture begins behind the handshake', () => {
    fc.assert(
      fc.property(conversation, journey, (spoken, way) => {
        const wire = new Wire({ ...spoken, port: 34_567 });
        const run = runAnalysis(wire.cut(way).map((segment) => ({ bytes: wire.data(segment) })));
        // Side 0 is who sent the first packet captured, which may be the device.
        const device: Side = run.flows[0]?.flow.port0 === 34_567 ? 0 : 1;
        expect(heard(run, device === 0 ? 1 : 0)).toEqual(spoken.said[0].map(told));
        expect(heard(run, device)).toEqual(spoken.said[1].map(told));
      }),
    );
  });
});

describe('a conversation of which packets are lost', () => {
  const losses = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 });

  it('yields only messages that were sent, in their order, and accounts for every byte', () => {
    fc.assert(
      fc.property(conversation, journey, losses, (spoken, way, lost) => {
        const wire = new Wire({ ...spoken, port: 34_567 });
        const arrived = wire
          .travel(wire.cut(way), way)
          .filter((_segment, i) => lost[i % lost.length] === false);
        const run = runAnalysis(wire.packets(arrived).map((bytes) => ({ bytes })));
        for (const side of SIDES) {
          expect(isSubsequence(heard(run, side, true), spoken.said[side].map(told))).toBe(true);
          const present = coverage(arrived, side, wire.streams[side].length);
          const { bytes = 0, gapBytes = 0 } = streamOf(run, side);
          expect([bytes, gapBytes]).toEqual([present, wire.streams[side].length - present]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function isSubsequence(part: readonly Told[], whole: readonly Told[]): boolean {
  let at = 0;
  for (const message of whole) {
    const next = part[at];
    if (next !== undefined && JSON.stringify(next) === JSON.stringify(message)) at += 1;
  }
  return at === part.length;
}

/** How many different bytes of a stream the segments hold. */
function coverage(segments: readonly Travelling[], side: Side, length: number): number {
  const covered = new Uint8Array(length);
  for (const s of segments) if (s.side === side) covered.fill(1, s.from, s.to);
  return covered.reduce((sum, byte) => sum + byte, 0);
}
