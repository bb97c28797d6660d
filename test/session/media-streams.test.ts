import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { streamRecord } from '../../src/report/records/stream-record.ts';
import { mediaStreamSchema } from '../../src/report/records/stream-schema.ts';
import { BitRateSeries } from '../../src/session/bit-rate-series.ts';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import { audioChunk, interChunk, keyChunk } from '../support/media-writer.ts';
import { runAnalysis } from '../support/run-analysis.ts';
import { Socket } from '../support/socket.ts';

const H264 = 2;
const key = Buffer.from('000000016588aabb', 'hex');
const inter = Buffer.from('00000001419acc', 'hex');

function data(sequence: number, body: Buffer, more: Partial<WrittenMessage> = {}): WrittenMessage {
  return { id: 1412, version: 1, sessionId: 11, sequence, body, ...more };
}

function monitor(id: 1410 | 1413, action: string, channel: number, streamType = 'Main'): WrittenMessage {
  const asked = { Action: action, Parameter: { Channel: channel, StreamType: streamType, TransMode: 'TCP' } };
  return {
    id,
    sessionId: 11,
    body: jsonBody({ Name: 'OPMonitor', OPMonitor: asked, SessionID: '0x0000000B' }),
  };
}

/** The records of all streams, held against their schema, in the order of their beginning. */
function streams(packets: Socket['packets'], limits = DEFAULT_LIMITS) {
  const { analysis } = runAnalysis(packets, { limits });
  return [...analysis.conversations.media.all()].map((stream) =>
    mediaStreamSchema.parse(streamRecord(stream)),
  );
}

describe('a media stream', () => {
  it('says what it is made of and how its frames came', () => {
    const at = (second: number) => new Date(Date.UTC(2026, 4, 6, 7, 8, second));
    const picture = (second: number) => ({ width: 1920, height: 1080, fps: 12, time: at(second) });
    const socket = new Socket(34_567)
      .client(monitor(1413, 'Claim', 3, 'Extra1'), 100)
      .device(data(0, keyChunk(H264, key, picture(1))), 100)
      .device(data(1, Buffer.concat([interChunk(inter), audioChunk(14, 2, Buffer.alloc(320))])), 101)
      .device(data(2, interChunk(inter)), 104)
      // Three seconds later by its clock, four by ours.
      .device(data(3, keyChunk(H264, key, picture(4))), 104);
    expect(streams(socket.packets)).toEqual([
      {
        kind: 'monitor',
        flow: 1,
        from: 'device',
        messageId: 1412,
        channel: 3,
        streamType: 'Extra1',
        codec: 'h264',
        width: 1920,
        height: 1080,
        fps: 12,
        measuredFps: 0.75,
        keyFrameSeconds: 4,
        longestStallSeconds: 3,
        audioCodec: 'g711a',
        audioRate: 8000,
        iFrames: 2,
        pFrames: 2,
        audioFrames: 1,
        pictures: 0,
        opaqueFrames: 0,
        cutFrames: 0,
        videoBytes: 30,
        audioBytes: 320,
        messages: 4,
        packets: [4, 7],
        bytes: 406,
        gapBytes: 0,
        strayBytes: 0,
        lostPackets: 0,
        meanBitRate: 812,
        bitRate: { stretchSeconds: 1, bitsPerSecond: [192, 2744, 0, 0, 312] },
        deviceStartTime: '2026-05-06T07:08:01',
        clockDriftSeconds: -1,
        ending: 'open',
        startTime: '1970-01-01T00:01:40.000000000Z',
        endTime: '1970-01-01T00:01:44.000000000Z',
      },
    ]);
  });

  it('counts what its numbers say was sent and the capture lacks, and not what only another stream had', () => {
    const own = new Socket(34_567)
      .device(data(0, key))
      .device(data(1, key))
      .device(data(5, key))
      .device(data(6, key));
    expect(streams(own.packets)[0]?.lostPackets).toBe(3);
    // One counter over both channels of a socket.
    const shared = new Socket(34_567, 1);
    for (let i = 0; i < 8; i++) shared.device(data(i, key, { byte12: i % 2 }));
    expect(streams(shared.packets).map((stream) => stream.lostPackets)).toEqual([0, 0]);
    // Always 0, as in AVTalk.
    const still = new Socket(34_567, 2).device(data(0, key)).device(data(0, key));
    expect(streams(still.packets)[0]?.lostPackets).toBe(0);
    const again = new Socket(34_567, 3).device(data(7, key)).device(data(8, key)).device(data(0, key));
    expect(streams(again.packets)).toMatchObject([{ lostPackets: 0, sequenceRestarts: 1 }]);
  });

  it('counts bytes that the capture missed, and the frame they were in', () => {
    const body = keyChunk(H264, Buffer.concat([key, Buffer.alloc(100)]));
    const message = { ...data(0, body.subarray(0, 60)), length: body.length };
    const socket = new Socket(34_567)
      .device(message)
      .lose(1, body.length - 60)
      .device(data(1, interChunk(inter)));
    expect(streams(socket.packets)).toMatchObject([
      { iFrames: 0, pFrames: 1, cutFrames: 1, gapBytes: body.length - 60, strayBytes: 0 },
    ]);
  });

  it('counts frames that are none of their codec', () => {
    const block = Buffer.from('00000001110178', 'hex');
    const socket = new Socket(34_567).device(
      data(0, Buffer.concat([keyChunk(H264, key), interChunk(block)])),
    );
    expect(streams(socket.packets)).toMatchObject([{ iFrames: 1, pFrames: 1, opaqueFrames: 1 }]);
  });
});

describe('the end of a stream', () => {
  it('is the stop that names it; frames on their way still belong to it, and a new start begins another', () => {
    const control = new Socket(34_567, 1);
    const media = new Socket(34_567, 2);
    const said = [
      media.client(monitor(1413, 'Claim', 0)),
      control.client(monitor(1410, 'Start', 0)),
      media.device(data(0, keyChunk(H264, key))),
      control.client(monitor(1410, 'Stop', 0)),
      media.device(data(1, interChunk(inter))),
      control.client(monitor(1410, 'Start', 0)),
      media.device(data(0, keyChunk(H264, key))),
    ];
    // In the order in which it was said: the packets of both sockets by the steps above.
    const packets = interleave([media, control, media, control, media, control, media], control, media);
    expect(said).toHaveLength(7);
    expect(streams(packets)).toMatchObject([
      { ending: 'stopped', iFrames: 1, pFrames: 1 },
      { ending: 'open', iFrames: 1, pFrames: 0 },
    ]);
  });

  it('is not the stop of another channel', () => {
    const socket = new Socket(34_567)
      .client(monitor(1413, 'Claim', 0))
      .device(data(0, keyChunk(H264, key)))
      .client(monitor(1410, 'Stop', 1));
    expect(streams(socket.packets)).toMatchObject([{ channel: 0, ending: 'open' }]);
  });

  it('is the end flag, or a body of no length, of a recording', () => {
    const play = (sequence: number, body: Buffer, byte13 = 0) => data(sequence, body, { id: 1426, byte13 });
    const socket = new Socket(34_567)
      .device(play(0, keyChunk(H264, key)))
      .device(play(1, interChunk(inter), 1))
      .device(play(0, keyChunk(H264, key)))
      .device(play(1, Buffer.alloc(0)));
    expect(streams(socket.packets)).toMatchObject([
      { kind: 'download', ending: 'end-flag', iFrames: 1, pFrames: 1 },
      { kind: 'download', ending: 'end-flag', iFrames: 1, pFrames: 0 },
    ]);
  });
});

describe('a stream takes its channel', () => {
  it('from the request of its own socket that names the channel of its header, then from the latest', () => {
    const socket = new Socket(34_567)
      .client(monitor(1413, 'Claim', 1, 'Main'))
      .client(monitor(1413, 'Claim', 2, 'Extra1'))
      .device(data(0, key, { byte12: 1 }))
      .device(data(0, key, { byte12: 7 }));
    expect(streams(socket.packets)).toMatchObject([
      { channel: 1, streamType: 'Main' },
      { channel: 2, streamType: 'Extra1' },
    ]);
  });

  it('from its session where its socket made no request, and from its header where nobody did', () => {
    const control = new Socket(34_567, 1).client(monitor(1410, 'Start', 5));
    const media = new Socket(34_567, 2).device(data(0, key));
    expect(streams([...control.packets, ...media.packets])).toMatchObject([{ channel: 5 }]);
    expect(streams(new Socket(34_567).device(data(0, key, { byte12: 4 })).packets)).toMatchObject([
      { channel: 4 },
    ]);
  });

  it('never from byte 12 of AVTalk, which numbers groups', () => {
    const group = (byte12: number) => ({ ...data(0, audioChunk(14, 2, Buffer.alloc(8))), id: 1419, byte12 });
    const socket = new Socket(34_567).client(group(1)).client(group(2)).client(group(3));
    expect(streams(socket.packets)).toMatchObject([
      { kind: 'talk', from: 'client', audioFrames: 3, channel: 0 },
    ]);
  });
});

describe('limits', () => {
  const limited = (conversations: Partial<typeof DEFAULT_LIMITS.conversations>) => ({
    ...DEFAULT_LIMITS,
    conversations: { ...DEFAULT_LIMITS.conversations, ...conversations },
  });

  it('bound the streams that are listed, and count the others', () => {
    const sockets = [1, 2, 3].flatMap((port) => new Socket(34_567, port).device(data(0, key)).packets);
    const { analysis } = runAnalysis(sockets, { limits: limited({ mediaStreamsKept: 2 }) });
    expect([...analysis.conversations.media.all()]).toHaveLength(2);
    expect(analysis.conversations.limitsReached).toMatchObject({ mediaStreamsKept: 1 });
  });

  it('bound the bit rate over time: its stretches grow longer, and nothing is lost', () => {
    const series = new BitRateSeries(4);
    for (let second = 0; second < 13; second++) series.add(second, 100);
    expect(series.stretchSeconds).toBe(4);
    expect(series.bitsPerSecond).toEqual([800, 800, 800, 200]);
    series.add(1e15, 100);
    expect(series.bitsPerSecond.length).toBeLessThanOrEqual(4);
    expect(series.bitsPerSecond.length * series.stretchSeconds).toBeGreaterThan(1e15);
  });
});

/** The packets of two sockets, each step taking the next packet that its socket sent after the handshake. */
function interleave(order: readonly Socket[], ...sockets: readonly Socket[]): Socket['packets'] {
  const handshakes = sockets.flatMap((socket) => socket.packets.slice(0, 2));
  const next = new Map(sockets.map((socket) => [socket, socket.packets.slice(2)]));
  return [...handshakes, ...order.flatMap((socket) => next.get(socket)?.splice(0, 1) ?? [])];
}
