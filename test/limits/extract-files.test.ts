import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { Extraction } from '../../src/extract/extraction.ts';
import { EXTRACT_LIMITS, type ExtractLimits } from '../../src/extract/limits.ts';
import { OutputFolder } from '../../src/extract/output-folder.ts';
import type { Manifest } from '../../src/report/records/manifest-schema.ts';
import { extractText } from '../../src/report/text/extract-text.ts';
import { extractPackets, scratch } from '../extract/extracting.ts';
import type { WrittenMessage } from '../support/dvrip-writer.ts';
import { interChunk, keyChunk } from '../support/media-writer.ts';
import { type FedPacket, PacketFeed } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';
import { losesNothing, reaches } from './reaching.ts';

const folder = scratch();
const H264 = 2;
const KEY = Buffer.from('000000016588aabb', 'hex');
const INTER = Buffer.from('00000001419acc', 'hex');

function media(body: Buffer, sequence = 0, byte12 = 0): WrittenMessage {
  return { id: 1412, version: 1, sessionId: 11, sequence, byte12, body };
}

describe('the files of an extraction', () => {
  /** Ten streams that take turns: a key frame of each, then another. */
  const turns = new Socket(34_567);
  for (const sequence of [0, 1]) {
    for (let channel = 0; channel < 10; channel++) {
      turns.device(media(keyChunk(H264, Buffer.concat([KEY, Buffer.of(channel)])), sequence, channel));
    }
  }
  const payloads = (limits: ExtractLimits) => {
    const { manifest, bytes } = extractPackets(turns.packets, folder(), limits);
    return manifest.files.map(({ file }) => bytes(file).toString('hex'));
  };
  const whole = Array.from({ length: 10 }, (_, channel) => {
    return Buffer.concat([KEY, Buffer.of(channel), KEY, Buffer.of(channel)]).toString('hex');
  });

  reaches('extract.files', 7, 'what would begin more is left out and counted', ({ limits }) => {
    const { manifest } = extractPackets(turns.packets, folder(), limits.extract);
    expect(manifest.files).toHaveLength(7);
    expect(manifest.leftOut.beyondLimit).toEqual({ frames: 6, bytes: 6 * (KEY.length + 1) });
    expect(extractText(manifest).at(-1)).toBe(
      'left out: 6 chunks, 54 bytes: beyond the limits of files and bytes',
    );
  });

  losesNothing('extract.openFiles', 1, 'those that are closed are opened again', ({ limits }) => {
    expect(payloads(limits.extract)).toEqual(whole);
  });

  losesNothing('extract.batchBytes', 1, 'bytes are written as they come', ({ limits }) => {
    expect(payloads(limits.extract)).toEqual(whole);
  });
});

describe('the gaps of a file', () => {
  const frame = keyChunk(H264, Buffer.concat([KEY, Buffer.alloc(400)]));
  const socket = new Socket(34_567);
  // Of each frame, the last hundred bytes were never captured.
  for (const sequence of [0, 1, 2]) {
    socket.device({ ...media(frame.subarray(0, -100), sequence), length: frame.length }).lose(1, 100);
  }
  socket.device(media(frame, 3));

  reaches('extract.gapsListed', 2, 'further ones are only counted', ({ limits }) => {
    const { manifest } = extractPackets(socket.packets, folder(), limits.extract);
    const [video] = manifest.files;
    expect(video).toMatchObject({ missingBytes: 300, frames: 4, cutFrames: 3 });
    expect(video?.gaps.map(({ bytes }) => bytes)).toEqual([100, 100]);
  });
});

describe('archives in pieces', () => {
  const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(60, 7)]);
  const piece = (body: Buffer): WrittenMessage => ({ id: 1543, version: 1, sessionId: 11, body });
  const sockets = [1, 2, 3].map((n) => new Socket(34_567, 50_000 + n));
  for (const part of [zip.subarray(0, 20), zip.subarray(20)]) for (const s of sockets) s.device(piece(part));
  /** All three begin before any goes on. */
  const packets = [0, 1, 2, 3].flatMap((step) => sockets.flatMap((s) => s.packets[step] ?? []));
  const archives = (limits: ExtractLimits) => extractPackets(packets, folder(), limits);

  it('are whole again where all of them are followed', () => {
    const { manifest, bytes } = archives(EXTRACT_LIMITS);
    expect(manifest.files.map(({ file }) => bytes(file))).toEqual([zip, zip, zip]);
    expect(manifest.leftOut.archivePieces).toEqual({ frames: 0, bytes: 0 });
  });

  reaches('extract.openArchives', 2, 'the oldest ends, and what follows of it is counted', ({ limits }) => {
    const { manifest, bytes } = archives(limits.extract);
    expect(manifest.files.map(({ file }) => bytes(file).length)).toEqual([20, zip.length, zip.length]);
    expect(manifest.leftOut.archivePieces).toEqual({ frames: 1, bytes: zip.length - 20 });
    expect(extractText(manifest).at(-1)).toBe(
      'left out: 1 chunk, 44 bytes: pieces of archives without their beginning',
    );
  });
});

describe('recordings', () => {
  const socket = new Socket(34_567).device(media(keyChunk(H264, KEY)), 1);
  for (let second = 2; second <= 5; second++) socket.device(media(interChunk(INTER), second), second);

  /** As `extract --mp4` does it, up to the point where ffmpeg would be called. */
  function recorded(packets: Iterable<FedPacket>, limits: ExtractLimits): Manifest {
    const output = new OutputFolder(folder(), false, limits);
    const extraction = new Extraction(output, limits, true);
    const analysis = new Analysis({ mediaTap: (stream) => extraction.tap(stream) }, extraction);
    const feed = new PacketFeed((packet) => analysis.push(packet));
    for (const packet of packets) feed.push(packet);
    analysis.end();
    return extraction.finish([]);
  }

  reaches('extract.framesTimed', 3, 'end, and the frames that are not in them are counted', ({ limits }) => {
    const manifest = recorded(socket.packets, limits.extract);
    expect(manifest.files).toMatchObject([{ content: 'video', frames: 5 }]);
    expect(manifest.leftOut.untimed).toEqual({ frames: 2, bytes: 2 * INTER.length });
    expect(extractText(manifest).at(-1)).toBe(
      'left out: 2 chunks, 14 bytes: not in a recording, beyond the limit of timed frames',
    );
  });
});
