import { describe, expect } from 'vitest';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import { interChunk, keyChunk } from '../support/media-writer.ts';
import { Socket } from '../support/socket.ts';
import { reaches } from './reaching.ts';
import { runLimited } from './run-limited.ts';

const H264 = 2;
const KEY = Buffer.from('000000016588aabb', 'hex');
const INTER = Buffer.from('00000001419acc', 'hex');

function media(sequence: number, body: Buffer): WrittenMessage {
  return { id: 1412, version: 1, sessionId: 11, sequence, body };
}

const claim: WrittenMessage = {
  id: 1413,
  sessionId: 11,
  body: jsonBody({ Name: 'OPMonitor', SessionID: '0x0000000B' }),
};

describe('a media chunk', () => {
  const long = interChunk(Buffer.concat([INTER, Buffer.alloc(500, 7)]));
  const socket = new Socket(34_567)
    .device(media(0, keyChunk(H264, KEY)))
    .device(media(1, long))
    .device(media(2, keyChunk(H264, KEY)));

  reaches(
    'conversations.longestChunk',
    400,
    'a longer one is stray bytes, and the next is found',
    (given) => {
      const { streams } = runLimited(socket.packets, given.limits);
      expect(streams).toMatchObject([{ iFrames: 2, pFrames: 0, strayBytes: long.length }]);
    },
  );
});

describe('media streams of one session', () => {
  /** Three sockets, one behind the other, each with a stream that ends with it. */
  const packets = [1, 2, 3].flatMap(
    (n) =>
      new Socket(34_567, 50_000 + n)
        .client(claim, n)
        .device(media(0, keyChunk(H264, KEY)), n)
        .close(0, n).packets,
  );

  reaches('conversations.mediaStreamsOfSession', 2, 'the oldest that has ended is let go', ({ limits }) => {
    const { streams, reached, check } = runLimited(packets, limits);
    expect(streams.map(({ flow }) => flow)).toEqual([2, 3]);
    expect(reached).toEqual({ mediaStreamsOfSession: 1 });
    expect(check.quality.limits).toEqual([{ limit: 'mediaStreamsOfSession', reached: 1 }]);
    expect(check.quality.lacks).toContain('limits');
  });
});
