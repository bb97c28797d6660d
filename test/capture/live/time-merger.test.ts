import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Packet } from '../../../dissectors/core/packet.ts';
import { LIVE_LIMITS, MERGE_LOOKS_PER_SECOND } from '../../../src/capture/live/limits.ts';
import { TimeMerger } from '../../../src/capture/live/time-merger.ts';
import { copyRecord, type SeenRecord } from '../collect.ts';

const HOLD_SECONDS = 1;
/** After so many looks nothing is held any longer. */
const LOOKS = HOLD_SECONDS * MERGE_LOOKS_PER_SECOND + 1;

let merger: TimeMerger | undefined;
afterEach(() => merger?.drop());

function open(interfaces: number) {
  const seen: SeenRecord[] = [];
  const sink = { packet: (packet: Packet) => void seen.push(copyRecord(packet)), drained: () => undefined };
  const made = new TimeMerger(sink, interfaces, HOLD_SECONDS, (error) => {
    throw error;
  });
  merger?.drop();
  merger = made;
  const buffer = Buffer.alloc(2048);
  /** Brings a packet whose bytes are gone afterwards, as those of a read buffer may be. */
  const bring = (file: number, milliseconds: number, bytes = Buffer.from([file, milliseconds & 255])) => {
    const packet = new Packet();
    packet.file = file;
    packet.seconds = Math.floor(milliseconds / 1000);
    packet.nanoseconds = (milliseconds % 1000) * 1e6;
    packet.linkType = 1 + file;
    packet.bytes = bytes.length > 2048 ? bytes : buffer;
    if (packet.bytes === buffer) buffer.set(bytes);
    packet.end = bytes.length;
    packet.wireLength = bytes.length + 1;
    packet.fileOffset = milliseconds;
    made.packet(packet);
    buffer.fill(0xee);
  };
  return { seen, bring, merger: made };
}

describe('packets of several interfaces', () => {
  it('come in order of time, each whole, however their blocks lie', () => {
    const times = fc.array(fc.nat(5000), { maxLength: 40 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        times,
        times,
        fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }),
        (first, second, turns) => {
          const { seen, bring, merger } = open(2);
          const lines = [[...first], [...second]];
          for (const turn of turns) {
            const file = turn ? 0 : 1;
            const time = lines[file]?.shift();
            if (time !== undefined) bring(file, time);
          }
          lines.forEach((rest, file) => {
            for (const time of rest) bring(file, time);
          });
          merger.end();
          const expected = [...first, ...second].sort((a, b) => a - b);
          expect(seen.map(({ fileOffset }) => fileOffset)).toEqual(expected);
          expect(seen.map(({ number }) => number)).toEqual(expected.map((_, at) => at + 1));
          for (const { file, fileOffset, hex, linkType, wireLength, time } of seen) {
            expect(hex).toBe(Buffer.from([file, fileOffset & 255]).toString('hex'));
            expect([linkType, wireLength]).toEqual([1 + file, 3]);
            expect(Math.round(Number(time) * 1000)).toBe(fileOffset);
          }
        },
      ),
    );
  });

  it('go on as soon as every other interface has brought a later one', () => {
    const { seen, bring } = open(3);
    bring(0, 10);
    bring(1, 20);
    expect(seen).toEqual([]);
    bring(2, 15);
    expect(seen.map(({ fileOffset }) => fileOffset)).toEqual([10]);
    bring(0, 30);
    expect(seen.map(({ fileOffset }) => fileOffset)).toEqual([10, 15]);
  });

  it('wait for a silent interface no longer than a block takes', () => {
    const { seen, bring, merger } = open(2);
    bring(0, 10);
    for (let look = 1; look < LOOKS; look++) merger.look();
    expect(seen).toEqual([]);
    merger.look();
    expect(seen.length).toBe(1);
  });

  it('do not wait beyond a bound of bytes', () => {
    const { seen, bring } = open(2);
    const large = Buffer.alloc(1024 * 1024);
    for (let at = 0; at < 40; at++) bring(0, at, large);
    expect(seen.length).toBe(40 - LIVE_LIMITS.mergedBytes / large.length);
    expect(seen[0]?.hex.length).toBe(2 * large.length);
  });

  it('tell what the sink throws while nothing comes', () => {
    const failures: unknown[] = [];
    const broken = new Error('disk full');
    const sink = {
      packet: () => {
        throw broken;
      },
      drained: () => undefined,
    };
    const failing = new TimeMerger(sink, 2, 0, (error) => failures.push(error));
    const packet = new Packet();
    failing.packet(packet);
    failing.look();
    failing.drop();
    expect(failures).toEqual([broken]);
  });
});
