import { describe, expect } from 'vitest';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import { keyChunk } from '../support/media-writer.ts';
import { Socket } from '../support/socket.ts';
import { reaches } from './reaching.ts';
import { runLimited } from './run-limited.ts';

const ALIVE: WrittenMessage = {
  id: 1006,
  sessionId: 11,
  body: jsonBody({ Name: 'KeepAlive', SessionID: '0x0000000B' }),
};
const H264 = 2;
const KEY = Buffer.from('000000016588aabb', 'hex');

/** A frame of a channel. */
function frame(channel: number, sequence = 0): WrittenMessage {
  return { id: 1412, version: 1, sessionId: 11, sequence, byte12: channel, body: keyChunk(H264, KEY) };
}

describe('the stream of a connection', () => {
  reaches('conversations.framing.longestBody', 1000, 'takes a longer length for garbage', ({ limits }) => {
    const long = { ...ALIVE, id: 1040, body: jsonBody({ Name: 'x'.repeat(2000) }) };
    const { packets } = new Socket(34_567).client(ALIVE).client(long).client(ALIVE);
    const { check, messages } = runLimited(packets, limits);
    expect(messages.map(({ id }) => id)).toEqual([1006, 1006]);
    expect(check.findings.map(({ rule }) => rule)).toContain('framing/oversized-body');
  });

  reaches(
    'conversations.framing.recognitionBytes',
    1000,
    'is searched no further for DVRIP',
    ({ limits }) => {
      const noise = Buffer.alloc(2000, 0x20);
      const socket = new Socket(8000, 50_000, false).client(noise);
      for (let n = 0; n < 10; n++) socket.client({ ...ALIVE, sequence: n });
      const { summary, messages } = runLimited(socket.packets, limits);
      expect([summary.flows.dvrip, messages]).toEqual([0, []]);
    },
  );
});

describe('a message in pieces', () => {
  const body = jsonBody({ Name: 'General', General: 'x'.repeat(300) });
  /** Byte 12 counts the pieces, byte 13 says which it is (specification 3.1). */
  const piece = (id: number, number: number): WrittenMessage => {
    const part = body.subarray(number * 200, (number + 1) * 200);
    return { id, sessionId: 11, byte12: 2, byte13: number, body: part };
  };

  reaches(
    'conversations.fragments.openMessages',
    1,
    'makes the oldest of them complete as it is',
    ({ limits }) => {
      const socket = new Socket(34_567).device(piece(1041, 0)).device(piece(1043, 0));
      const { packets } = socket.device(piece(1041, 1)).device(piece(1043, 1));
      const { check, messages } = runLimited(packets, limits);
      const codes = messages.map((message) => message.codes);
      expect(codes).toEqual(Array.from({ length: 4 }, () => ['framing/missing-fragments']));
      const judged = check.rules.find(({ id }) => id === 'framing/missing-fragments');
      expect(judged?.doubts).toContainEqual({ doubt: 'evicted', count: 3 });
    },
  );

  reaches('conversations.fragments.joinedBytes', 250, 'is not kept beyond them', ({ limits }) => {
    const { packets } = new Socket(34_567).device(piece(1041, 0)).device(piece(1041, 1));
    const { messages } = runLimited(packets, limits);
    expect(messages.map(({ codes }) => codes)).toEqual([['framing/body-not-kept']]);
  });
});

describe('media streams', () => {
  const socket = new Socket(34_567);
  for (const channel of [0, 1, 2]) socket.device(frame(channel));
  const others = [1, 2, 3].flatMap((port) => new Socket(34_567, port).device(frame(0)).packets);

  reaches('conversations.mediaStreams', 2, 'of one direction beyond it are not followed', ({ limits }) => {
    const { streams, reached, check } = runLimited(socket.packets, limits);
    expect([streams.length, reached]).toEqual([2, { mediaStreams: 1 }]);
    expect(check.quality.lacks).toContain('limits');
  });

  reaches('conversations.mediaStreamsInAll', 2, 'of all beyond it are not followed', ({ limits }) => {
    const { streams, reached } = runLimited(others, limits);
    expect([streams.length, reached]).toEqual([2, { mediaStreamsInAll: 1 }]);
  });

  reaches('conversations.mediaStreamsKept', 2, 'beyond it are followed, but not listed', ({ limits }) => {
    const { streams, reached, summary } = runLimited(others, limits);
    expect([streams.length, reached]).toEqual([2, { mediaStreamsKept: 1 }]);
    expect(summary.media.videoFrames).toBe(3);
  });

  reaches(
    'conversations.bitRatePoints',
    4,
    'have their bit rate told for longer stretches of time',
    ({ limits }) => {
      const long = new Socket(34_567);
      for (let second = 0; second < 13; second++) long.device(frame(0, second), second);
      const [stream] = runLimited(long.packets, limits).streams;
      expect(stream?.bitRate.stretchSeconds).toBe(4);
      expect(stream?.bitRate.bitsPerSecond).toHaveLength(4);
      expect(stream?.iFrames).toBe(13);
    },
  );
});

describe('requests', () => {
  reaches('conversations.openRequests', 2, 'count as unanswered when more are open', ({ limits }) => {
    const socket = new Socket(34_567);
    const ask = (sequence: number): WrittenMessage => ({
      id: 1020,
      sequence,
      sessionId: 11,
      body: jsonBody({ Name: `SystemInfo${sequence}`, SessionID: '0x0000000B' }),
    });
    for (let n = 0; n < 5; n++) socket.client(ask(n));
    const { reached, check } = runLimited(socket.packets, limits);
    expect(reached).toEqual({ openRequests: 3 });
    expect(check.quality.lacks).toContain('limits');
  });
});
