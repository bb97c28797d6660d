import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { crc32Mpeg } from '../../src/extract/crc32-mpeg.ts';
import { Extraction } from '../../src/extract/extraction.ts';
import { FrameLog, frameBudget } from '../../src/extract/frame-log.ts';
import { EXTRACT_LIMITS } from '../../src/extract/limits.ts';
import { OutputFolder } from '../../src/extract/output-folder.ts';
import { type Recording, StreamTimes } from '../../src/extract/recordings.ts';
import { TransportStream } from '../../src/extract/transport-stream.ts';
import {
  type ExtractedFile,
  type Manifest,
  manifestSchema,
} from '../../src/report/records/manifest-schema.ts';
import { isMissing, sample } from '../cli/dvrscope.ts';
import { audioChunk, interChunk, keyChunk } from '../support/media-writer.ts';
import { type FedPacket, PacketFeed } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';
import { extractCapture, scratch } from './extracting.ts';

const folder = scratch();
const withoutTools = isMissing('ffmpeg') || isMissing('ffprobe');

interface Recorded {
  readonly directory: string;
  readonly manifest: Manifest;
  readonly failures: readonly string[];
  /** Seconds, of each video frame: the time of the record in which its chunk begins. */
  readonly frameTimes: readonly number[];
}

type Feed = (push: Analysis['push']) => Promise<void> | void;

/** Frames begin with a message in the samples; their times are looked up by record number, away from the product. */
async function record(feed: Feed, directory = folder(), replace = false): Promise<Recorded> {
  const output = new OutputFolder(directory, replace, EXTRACT_LIMITS);
  const extraction = new Extraction(output, EXTRACT_LIMITS, true);
  const times = new Map<number, number>();
  const frameTimes: number[] = [];
  const analysis = new Analysis(
    { mediaTap: (stream) => extraction.tap(stream), keptMediaBytes: 1 << 20 },
    {
      message: (message) => {
        extraction.message(message);
        const begin = Buffer.from(message.body.subarray(message.bodyStart, message.bodyStart + 4));
        if (message.header.messageId === 1412 && ['000001fc', '000001fd'].includes(begin.toString('hex'))) {
          frameTimes.push(times.get(message.firstPacket) ?? Number.NaN);
        }
      },
    },
  );
  await feed((packet) => {
    times.set(packet.number, packet.seconds + packet.nanoseconds / 1e9);
    analysis.push(packet);
  });
  analysis.end();
  const failures = await extraction.makeRecordings();
  const manifest = extraction.finish([]);
  if (output.failure !== undefined) throw new Error(output.failure);
  return { directory, manifest, failures, frameTimes };
}

const recordSample = (name: string, directory?: string, replace?: boolean) =>
  record(
    async (push) => {
      await readCaptures([sample(name)], { packet: push, drained: () => undefined });
    },
    directory,
    replace,
  );

interface Probed {
  readonly streams: readonly Record<string, string | number>[];
  readonly packets?: readonly { readonly pts_time: string; readonly dts_time: string }[];
}

function probe(path: string, entries: string, ...more: readonly string[]): Probed {
  const args = ['-v', 'fatal', ...more, '-show_entries', entries, '-of', 'json', path];
  const { status, stdout, stderr } = spawnSync('ffprobe', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Probed;
}

/** Seconds of each video packet. */
function videoTimes(path: string): number[] {
  const { packets = [] } = probe(path, 'packet=pts_time,dts_time', '-select_streams', 'v');
  expect(packets.every(({ pts_time, dts_time }) => pts_time === dts_time)).toBe(true);
  return packets.map(({ pts_time }) => Number(pts_time));
}

function fileOf({ manifest, directory }: Recorded, content: ExtractedFile['content']): string {
  const name = manifest.files.find((file) => file.content === content)?.file;
  if (name === undefined) throw new Error(`no ${content}`);
  return join(directory, name);
}

function expectTimes(found: readonly number[], expected: readonly number[]): void {
  const [first = 0] = expected;
  expect(found).toHaveLength(expected.length);
  const worst = Math.max(...found.map((time, i) => Math.abs(time - ((expected[i] ?? 0) - first))));
  expect(worst).toBeLessThan(0.001);
}

describe('a recording', () => {
  const codecs = [
    ['monitor-two-sockets', 'h264'],
    ['h265-monitor', 'hevc'],
  ] as const;

  it.skipIf(withoutTools).each(codecs)(
    'of %s has its %s frames at their capture times',
    async (name, codec) => {
      const recorded = await recordSample(name);
      const path = fileOf(recorded, 'recording');
      expect(recorded.failures).toEqual([]);
      const { streams } = probe(path, 'stream=codec_type,codec_name,duration');
      expect(streams).toMatchObject([
        { codec_type: 'video', codec_name: codec },
        { codec_type: 'audio', codec_name: 'aac' },
      ]);
      const raw = probe(fileOf(recorded, 'video'), 'stream=nb_read_packets', '-count_packets').streams[0];
      const found = videoTimes(path);
      expect(found).toHaveLength(Number(raw?.nb_read_packets));
      expect(recorded.frameTimes.length).toBeGreaterThan(40);
      expectTimes(found, recorded.frameTimes);
      const wav = probe(fileOf(recorded, 'audio'), 'stream=duration').streams[0];
      expect(Math.abs(Number(streams[1]?.duration) - Number(wav?.duration))).toBeLessThan(0.2);
    },
  );

  it.skipIf(withoutTools)('has every frame of a damaged stream, in rising time', async () => {
    const recorded = await recordSample('loss-and-reordering');
    const found = videoTimes(fileOf(recorded, 'recording'));
    expect(found).toHaveLength(recorded.frameTimes.length);
    expect(found.every((time, i) => i === 0 || time > (found[i - 1] ?? 0))).toBe(true);
  });

  it.skipIf(withoutTools)('is listed in the manifest as it is, beside the video of its name', async () => {
    const { directory, manifest } = await recordSample('monitor-two-sockets');
    const written: unknown = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
    expect(manifestSchema.parse(written)).toEqual(manifest);
    const listed = manifest.files.map(({ file, content }) => [file.split('.').at(-1), content]);
    expect(listed).toEqual([
      ['h264', 'video'],
      ['mp4', 'recording'],
      ['wav', 'audio'],
    ]);
    expect(readdirSync(directory)).toHaveLength(4);
    for (const { file, bytes } of manifest.files) {
      expect(readFileSync(join(directory, file))).toHaveLength(bytes);
    }
  });

  it.skipIf(withoutTools)('keeps pauses, lost frames and frames of one moment where they are', async () => {
    const frames = await videoFrames('monitor-two-sockets');
    const kept = frames.filter((_, i) => i % 7 !== 3).slice(0, 30);
    const socket = new Socket(34_567);
    // Two frames share a time, then a pause in which ffmpeg would suspect a broken clock.
    const at = (i: number) => 100 + i * 0.13 + (i > 12 ? 47 : 0) - (i === 6 ? 0.13 : 0);
    const said = kept.map((frame, i) => {
      const body = i === 0 ? keyChunk(2, frame) : interChunk(frame);
      socket.device({ id: 1412, version: 1, sessionId: 11, sequence: 2 * i, body }, at(i));
      socket.device(
        {
          id: 1412,
          version: 1,
          sessionId: 11,
          sequence: 2 * i + 1,
          body: audioChunk(14, 2, Buffer.alloc(320, 0xd5)),
        },
        at(i) + 0.05,
      );
      return at(i);
    });
    const recorded = await record((push) => feed(socket.packets, push));
    expectTimes(videoTimes(fileOf(recorded, 'recording')), said);
  });

  it.skipIf(withoutTools)('begins its sound when the first sound came', async () => {
    const frames = (await videoFrames('monitor-two-sockets')).slice(0, 20);
    const socket = new Socket(34_567);
    frames.forEach((frame, i) => {
      const body = i === 0 ? keyChunk(2, frame) : interChunk(frame);
      socket.device({ id: 1412, version: 1, sessionId: 11, body }, 5 + i * 0.1);
      if (i < 15) return;
      const sound = audioChunk(14, 2, Buffer.alloc(800, 0x55));
      socket.device({ id: 1412, version: 1, sessionId: 11, body: sound }, 5 + i * 0.1 + 0.01);
    });
    const recorded = await record((push) => feed(socket.packets, push));
    const { streams } = probe(fileOf(recorded, 'recording'), 'stream=start_time');
    expect(Number(streams[0]?.start_time)).toBe(0);
    // The sound is coded in frames of 128 ms.
    expect(Math.abs(Number(streams[1]?.start_time) - 1.51)).toBeLessThan(0.15);
  });

  it.skipIf(withoutTools)('that ffmpeg cannot make is told and not left behind; all else stays', async () => {
    const broken = Buffer.from('0000000165ffffffffffffffffff', 'hex');
    const socket = new Socket(34_567);
    for (let i = 0; i < 5; i++) {
      socket.device({ id: 1412, version: 1, sessionId: 11, body: keyChunk(2, broken) }, i);
    }
    const { directory, manifest, failures } = await record((push) => feed(socket.packets, push));
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/_monitor\.mp4: ffmpeg: \S/);
    expect(manifest.files.map(({ content }) => content)).toEqual(['video']);
    expect(readdirSync(directory).filter((name) => name.endsWith('.mp4'))).toEqual([]);
  });

  it.skipIf(withoutTools)('replaces nothing unless it is told to', async () => {
    const { directory } = await recordSample('monitor-two-sockets');
    for (const name of readdirSync(directory)) if (!name.endsWith('.mp4')) rmSync(join(directory, name));
    await expect(recordSample('monitor-two-sockets', directory)).rejects.toThrow(/\.mp4: is there already/);
    const again = await recordSample('monitor-two-sockets', directory, true);
    expect(again.manifest.files).toHaveLength(3);
  });
});

/** The payloads of the video frames of a sample. */
async function videoFrames(name: string): Promise<Buffer[]> {
  const { manifest, folder: directory } = await extractCapture(sample(name), folder());
  const file = manifest.files.find(({ content }) => content === 'video')?.file ?? '';
  const bytes = readFileSync(join(directory, file));
  const { packets = [] } = JSON.parse(
    spawnSync(
      'ffprobe',
      ['-v', 'error', '-show_entries', 'packet=pos,size', '-of', 'json', join(directory, file)],
      {
        encoding: 'utf8',
      },
    ).stdout,
  ) as { packets?: readonly { readonly pos: string; readonly size: string }[] };
  return packets.map(({ pos, size }) => bytes.subarray(Number(pos), Number(pos) + Number(size)));
}

function feed(packets: readonly FedPacket[], push: Analysis['push']): void {
  const packetFeed = new PacketFeed(push);
  for (const { bytes, seconds = 0 } of packets) {
    const whole = Math.floor(seconds);
    packetFeed.push({ bytes, seconds: whole, nanoseconds: Math.round((seconds - whole) * 1e9) });
  }
}

describe('the times of frames', () => {
  it('begin at none and increase, whatever the capture claims', () => {
    const some = fc.record({ at: fc.double({ noNaN: true }), bytes: fc.integer({ min: 1, max: 2 ** 24 }) });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 200 }), (said) => {
        const log = new FrameLog(frameBudget(150));
        for (const { at, bytes } of said) log.add(at, bytes);
        const frames = [...log.frames()];
        expect(frames.length).toBeLessThanOrEqual(150);
        expect(frames.map(({ bytes }) => bytes)).toEqual(
          said.slice(0, frames.length).map(({ bytes }) => bytes),
        );
        frames.forEach(({ tick }, i) => {
          expect(tick).toBeLessThan(2 ** 33);
          if (i === 0) expect(tick).toBe(0);
          else expect(tick).toBeGreaterThan(frames[i - 1]?.tick ?? 0);
        });
      }),
    );
  });

  it('end where the budget does, which all streams share', () => {
    const budget = frameBudget(3);
    const [one, other] = [new FrameLog(budget), new FrameLog(budget)];
    for (let i = 0; i < 2; i++) for (const log of [one, other]) log.add(i, 10);
    expect([one.count, other.count, budget.left]).toEqual([2, 1, 0]);
    expect(budget.untimed).toEqual({ frames: 1, bytes: 10 });
  });

  it('go with the sound that lasts longest beside them', () => {
    const all: Recording[] = [];
    const times = new StreamTimes(all, frameBudget(100));
    const file = (name: string) => ({ ...LISTED, file: name });
    times.sound(0);
    times.sound(1);
    times.soundEnded(file('a.wav'));
    for (const at of [0.5, 2, 9]) times.frame(at, 10);
    times.sound(2);
    times.sound(8);
    times.soundEnded(file('b.wav'));
    times.videoEnded(file('v.h264'));
    times.ended();
    expect(all).toMatchObject([{ video: { file: 'v.h264' }, sound: { file: 'b.wav', delay: 1.5 } }]);
  });
});

const LISTED: ExtractedFile = {
  file: 'x',
  content: 'video',
  bytes: 1,
  sha256: '0'.repeat(64),
  kind: 'monitor',
  flow: 1,
  from: 'device',
  messageId: 1412,
  missingBytes: 0,
  gaps: [],
};

it('a transport stream has whole packets, counted, that carry the frames and their times', () => {
  const frame = fc.record({ tick: fc.integer({ min: 0, max: 2 ** 33 - 1 }), length: fc.nat(1200) });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
      const stream = new TransportStream(0x1b);
      let counter = 0;
      for (const { tick, length } of frames) {
        const sent = Buffer.alloc(length, length & 255);
        const packets = stream.frame(tick, sent);
        expect(packets.length % 188).toBe(0);
        const carried: Buffer[] = [];
        for (let at = 0; at < packets.length; at += 188) {
          const packet = packets.subarray(at, at + 188);
          expect([packet[0], packet.readUInt16BE(1) & 0x1fff, (packet[3] ?? 0) & 15]).toEqual([
            0x47,
            0x100,
            counter,
          ]);
          expect((packet[1] ?? 0) & 0x40).toBe(at === 0 ? 0x40 : 0);
          counter = (counter + 1) & 15;
          const field = ((packet[3] ?? 0) & 0x20) === 0 ? 0 : 1 + (packet[4] ?? 0);
          carried.push(packet.subarray(4 + field));
        }
        const pes = Buffer.concat(carried);
        expect(pes.subarray(0, 9).toString('hex')).toBe('000001e0000080c00a');
        const time = (at: number) =>
          ((pes.readUInt8(at) >> 1) & 7) * 2 ** 30 +
          (pes.readUInt16BE(at + 1) >> 1) * 2 ** 15 +
          (pes.readUInt16BE(at + 3) >> 1);
        expect([time(9), time(14)]).toEqual([tick, tick]);
        expect(pes.subarray(19).equals(sent)).toBe(true);
      }
    }),
  );
});

it('the tables of a transport stream check out', () => {
  const tables = new TransportStream(0x24).tables();
  // The checksum of what ends with its own checksum is none; both sections are those of ISO/IEC 13818-1, 2.4.4.
  expect(tables.subarray(4, 17).toString('hex')).toBe('0000b00d0001c100000001f000');
  expect(crc32Mpeg(tables.subarray(5, 5 + 16))).toBe(0);
  expect(tables.subarray(188 + 4, 188 + 22).toString('hex')).toBe('0002b0120001c10000e100f00024e100f000');
  expect(crc32Mpeg(tables.subarray(188 + 5, 188 + 5 + 21))).toBe(0);
  expect(crc32Mpeg(Buffer.from('123456789'))).toBe(0x0376_e6e7);
});
