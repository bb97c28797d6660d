import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXTRACT_LIMITS } from '../../src/extract/limits.ts';
import { journey, Wire } from '../properties/wire.ts';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import { audioChunk, FIRMWARE, interChunk, keyChunk } from '../support/media-writer.ts';
import { Socket } from '../support/socket.ts';
import { extractPackets, scratch } from './extracting.ts';

const folder = scratch();
const H264 = 2;
const H265 = 3;

/** The bytes after the start code make a frame of H.264 (0x65, 0x41) or H.265 (0x26 0x01, 0x02 0x01). */
const slice = (start: string, fill: number, length: number) =>
  Buffer.concat([Buffer.from(`00000001${start}`, 'hex'), Buffer.alloc(length, fill)]);

const data = (body: Buffer, sequence = 0): WrittenMessage => ({
  id: 1412,
  version: 1,
  sessionId: 11,
  sequence,
  body,
});

/** Content of the files by extension, in the order of their names. */
function contents(packets: Socket['packets']): (readonly [extension: string, content: string])[] {
  const { manifest, bytes } = extractPackets(packets, folder());
  return manifest.files.map(
    ({ file }) => [file.split('.').at(-1) ?? '', bytes(file).toString('hex')] as const,
  );
}

describe('video', () => {
  const key = slice('6588', 1, 40);
  const inter = slice('419a', 2, 30);

  it('is the payload of its frames, without chunk headers, sound and information', () => {
    const stream = Buffer.concat([
      keyChunk(H264, key),
      audioChunk(14, 2, Buffer.alloc(320, 0xd5)),
      Buffer.from('000001f906000400aabbccdd', 'hex'),
      interChunk(inter),
    ]);
    const [video, sound, ...more] = contents(new Socket(34_567).device(data(stream)).packets);
    expect(video).toEqual(['h264', Buffer.concat([key, inter]).toString('hex')]);
    expect(sound?.[1].slice(58 * 2)).toBe('d5'.repeat(320));
    expect(more).toEqual([]);
  });

  it('leaves out blocks that are no frames, and counts them', () => {
    // What an NBD8008R-U sends every two seconds (field notes §6.2).
    const block = Buffer.concat([Buffer.from('000000011101780000', 'hex'), Buffer.alloc(118)]);
    const stream = Buffer.concat([
      keyChunk(H265, slice('4001', 1, 9)),
      interChunk(block),
      interChunk(slice('0201', 2, 9)),
    ]);
    const { manifest, bytes } = extractPackets(new Socket(34_567).device(data(stream)).packets, folder());
    expect(manifest.files).toMatchObject([{ content: 'video', codec: 'h265', frames: 2 }]);
    expect(bytes(manifest.files[0]?.file ?? '')).toEqual(
      Buffer.concat([slice('4001', 1, 9), slice('0201', 2, 9)]),
    );
    expect(manifest.leftOut.opaque).toEqual({ frames: 1, bytes: 127 });
  });

  it('in another codec is another file', () => {
    const hevc = slice('4001', 3, 20);
    const stream = Buffer.concat([keyChunk(H264, key), interChunk(inter), keyChunk(H265, hevc)]);
    expect(contents(new Socket(34_567).device(data(stream)).packets)).toEqual([
      ['h264', Buffer.concat([key, inter]).toString('hex')],
      ['h265', hevc.toString('hex')],
    ]);
  });

  it('of two channels on one socket is two files', () => {
    const other = slice('6588', 9, 50);
    const socket = new Socket(34_567)
      .device(data(keyChunk(H264, key).subarray(0, 30)))
      .device({ ...data(keyChunk(H264, other)), byte12: 1 })
      .device(data(keyChunk(H264, key).subarray(30)));
    expect(contents(socket.packets)).toEqual([
      ['h264', key.toString('hex')],
      ['h264', other.toString('hex')],
    ]);
  });

  it('is the same at any size of messages and segments, in any order, with any repetition', () => {
    const frame = fc.oneof(
      fc.record({ kind: fc.constant('key' as const), length: fc.nat(300), fill: fc.nat(255) }),
      fc.record({ kind: fc.constant('inter' as const), length: fc.nat(80), fill: fc.nat(255) }),
      fc.record({
        kind: fc.constant('audio' as const),
        length: fc.integer({ min: 1, max: 60 }),
        fill: fc.nat(255),
      }),
    );
    const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 12 }), cuts, journey, (frames, sizes, way) => {
        const video: Buffer[] = [];
        const sound: Buffer[] = [];
        const chunks = [{ kind: 'key' as const, length: 20, fill: 0 }, ...frames].map(
          ({ kind, length, fill }) => {
            if (kind === 'audio') {
              sound.push(Buffer.alloc(length, fill));
              return audioChunk(14, 2, Buffer.alloc(length, fill));
            }
            const payload = slice(kind === 'key' ? '6588' : '419a', fill, length);
            video.push(payload);
            return kind === 'key' ? keyChunk(H264, payload) : interChunk(payload);
          },
        );
        const stream = Buffer.concat(chunks);
        const messages: WrittenMessage[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          messages.push(data(stream.subarray(at, at + size), i));
          at += size;
        }
        const wire = new Wire({ said: [[], messages], firstSequence: [7, -900], port: 34_567 });
        const seen = wire.travel(wire.cut(way), way);
        const { manifest, bytes } = extractPackets(
          wire.packets(seen).map((packet) => ({ bytes: packet })),
          folder(),
        );
        const file = (content: string) => manifest.files.find((f) => f.content === content)?.file;
        const videoFile = file('video');
        const soundFile = file('audio');
        expect(videoFile && bytes(videoFile)).toEqual(Buffer.concat(video));
        const samples = Buffer.concat(sound);
        if (soundFile === undefined) expect(samples).toHaveLength(0);
        else expect(bytes(soundFile).subarray(58, 58 + samples.length)).toEqual(samples);
      }),
      { numRuns: 60 },
    );
  });
});

describe('sound', () => {
  it('is a WAV file of its codec and rate, padded to an even length, its sizes those of what came', () => {
    const stream = audioChunk(10, 4, Buffer.alloc(161, 0x7f));
    const [[extension, hex] = ['', '']] = contents(new Socket(34_567).device(data(stream)).packets);
    const wav = Buffer.from(hex, 'hex');
    expect([extension, wav.length]).toEqual(['wav', 58 + 162]);
    expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    // Size of the rest; format 7 is µ-law, one channel, 16 kHz; samples; bytes.
    expect([wav.readUInt32LE(4), wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual([
      58 + 162 - 8,
      7,
      1,
      16_000,
    ]);
    expect([wav.readUInt32LE(46), wav.readUInt32LE(54)]).toEqual([161, 161]);
  });

  it('in a codec that has no WAV form is left out and counted', () => {
    const { manifest } = extractPackets(
      new Socket(34_567).device(data(audioChunk(11, 2, Buffer.alloc(80)))).packets,
      folder(),
    );
    expect([manifest.files, manifest.leftOut.audio]).toEqual([[], { frames: 1, bytes: 80 }]);
  });
});

describe('what control messages carry', () => {
  const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(60, 7)]);

  it('is an archive, also over several messages, until an answer in JSON', () => {
    const piece = (body: Buffer) => ({ id: 1543, version: 1, sessionId: 11, body });
    const socket = new Socket(34_567)
      .device(piece(zip.subarray(0, 30)))
      .device(piece(zip.subarray(30)))
      .device(piece(jsonBody({ Ret: 100 })))
      .device(piece(zip));
    expect(contents(socket.packets)).toEqual([
      ['zip', zip.toString('hex')],
      ['zip', zip.toString('hex')],
    ]);
  });

  it('is a log in plain text, a picture, or nothing where the device refused', () => {
    const socket = new Socket(34_567)
      .device({ id: 1545, version: 1, body: Buffer.from('2026-01-01 reboot\r\n') })
      .device({ id: 1561, version: 1, body: Buffer.from('ffd8ffe000104a464946', 'hex') })
      .device({ id: 1561, version: 1, body: jsonBody({ Name: 'OPSNAP', Ret: 102 }) });
    expect(contents(socket.packets)).toEqual([
      ['txt', Buffer.from('2026-01-01 reboot\r\n').toString('hex')],
      ['jpg', 'ffd8ffe000104a464946'],
    ]);
  });

  it('is firmware up to the block with the end flag; a second upgrade is a second file', () => {
    const block = (body: Buffer, byte13 = 0) => ({ id: 1522, sessionId: 11, byte13, body });
    const socket = new Socket(34_567)
      .client(block(FIRMWARE.subarray(0, 600)))
      .client(block(FIRMWARE.subarray(600)))
      .client(block(Buffer.alloc(0), 1))
      .client(block(FIRMWARE, 1));
    expect(contents(socket.packets)).toEqual([
      ['bin', FIRMWARE.toString('hex')],
      ['bin', FIRMWARE.toString('hex')],
    ]);
  });
});

it('a picture chunk on a monitor stream is a picture', () => {
  const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex');
  const chunk = Buffer.concat([
    Buffer.from('000001fe0001020300000000', 'hex'),
    Buffer.from([10, 0, 0, 0]),
    jpeg,
  ]);
  expect(contents(new Socket(34_567).device(data(chunk)).packets)).toEqual([['jpg', jpeg.toString('hex')]]);
});

describe('limits', () => {
  const inter = slice('419a', 2, 30);
  const pieces = (channel: number) => [keyChunk(H264, slice('6588', channel, 40)), interChunk(inter)];
  /** Ten streams that take turns. */
  const turns = new Socket(34_567);
  for (const part of [0, 1]) {
    for (let channel = 0; channel < 10; channel++) {
      turns.device({ ...data(pieces(channel)[part] ?? Buffer.alloc(0), part), byte12: channel });
    }
  }

  it('of open files and gathered bytes change nothing in what is written', () => {
    const tight = { ...EXTRACT_LIMITS, openFiles: 2, batchBytes: 16 };
    const { manifest, bytes } = extractPackets(turns.packets, folder(), tight);
    expect(manifest.files.map(({ file }) => bytes(file).toString('hex'))).toEqual(
      Array.from({ length: 10 }, (_, channel) =>
        Buffer.concat([slice('6588', channel, 40), inter]).toString('hex'),
      ),
    );
  });

  it('of files leave out what would begin more, and count it', () => {
    const { manifest } = extractPackets(turns.packets, folder(), { ...EXTRACT_LIMITS, files: 7 });
    expect(manifest.files).toHaveLength(7);
    expect(manifest.leftOut.beyondLimit).toEqual({ frames: 6, bytes: 3 * (46 + 36) });
  });
});

it('what came of a snapshot in several packets is written when its connection ends', () => {
  const socket = new Socket(34_567);
  // The first of two hundred packets: sound, where a picture is expected.
  socket.device({ id: 1561, byte12: 200, byte13: 0, body: audioChunk(10, 1, Buffer.of(7)), sessionId: 11 });
  const { manifest } = extractPackets(socket.packets, folder());
  expect(manifest.files).toMatchObject([{ content: 'audio', kind: 'snapshot', frames: 1 }]);
});

it('nothing that a capture may hold makes the extraction fail, or write more than came', () => {
  const some = fc.uint8Array({ maxLength: 60 });
  const body = fc.oneof(
    some,
    some.map((bytes) => keyChunk(H264, bytes)),
    some.map((bytes) => keyChunk(9, bytes)),
    some.map((bytes) => interChunk(bytes).subarray(0, 12)),
    some.map((bytes) => audioChunk(bytes[0] ?? 0, bytes[1] ?? 0, bytes)),
    some.map((bytes) => Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), bytes])),
    some.map((bytes) => Buffer.concat([Buffer.from([0xff, 0xd8]), bytes])),
  );
  const said = fc.record({
    id: fc.constantFrom(1412, 1419, 1426, 1432, 1522, 1540, 1543, 1545, 1561, 1601, 1645, 1667),
    byte12: fc.constantFrom(0, 0, 1, 200),
    byte13: fc.constantFrom(0, 0, 1),
    lost: fc.constantFrom(0, 0, 0, 7, 300),
    body,
  });
  fc.assert(
    fc.property(fc.array(said, { maxLength: 15 }), (messages) => {
      const socket = new Socket(34_567);
      let came = 0;
      for (const { lost, ...message } of messages) {
        socket.device({ ...message, sessionId: 11 });
        if (lost > 0) socket.lose(1, lost);
        came += message.body.length;
      }
      const { manifest } = extractPackets(socket.packets, folder());
      const sounds = manifest.files.filter(({ content }) => content === 'audio').length;
      const written = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
      expect(written).toBeLessThanOrEqual(came + sounds * 59);
    }),
    { numRuns: 150 },
  );
});
