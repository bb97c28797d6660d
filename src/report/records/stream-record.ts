import type { MediaStream } from '../../session/media-stream.ts';
import { formatTime } from '../format/time.ts';
import type { MediaStreamRecord } from './stream-schema.ts';

/** The record of a media stream, for the `streams[]` of its session. */
export function streamRecord(stream: MediaStream): MediaStreamRecord {
  const { origin, request, channel, audioCodec, audioRate, durationSeconds, bytes } = stream;
  const codec = stream.videoCodec ?? (stream.pictures > 0 ? 'jpeg' : undefined);
  const startTime = formatTime(stream.startSeconds, stream.startNanoseconds);
  const endTime = formatTime(stream.endSeconds, stream.endNanoseconds);
  return {
    kind: origin.kind,
    flow: origin.flow,
    from: stream.from,
    messageId: origin.messageId,
    ...(channel !== undefined && { channel }),
    ...(request?.streamType !== undefined && { streamType: request.streamType }),
    ...(codec !== undefined && { codec }),
    ...(stream.width > 0 && { width: stream.width }),
    ...(stream.height > 0 && { height: stream.height }),
    ...(stream.fps > 0 && { fps: stream.fps }),
    ...pace(stream),
    ...(stream.formatChanges > 0 && { formatChanges: stream.formatChanges }),
    ...(audioCodec !== undefined && { audioCodec }),
    ...(audioRate !== undefined && { audioRate }),
    iFrames: stream.iFrames,
    pFrames: stream.pFrames,
    audioFrames: stream.audioFrames,
    pictures: stream.pictures,
    ...(stream.informationChunks > 0 && { informationChunks: stream.informationChunks }),
    opaqueFrames: stream.opaqueFrames,
    cutFrames: stream.cutFrames,
    videoBytes: stream.videoBytes,
    audioBytes: stream.audioBytes,
    messages: stream.messages,
    ...(stream.firstPacket > 0 && { packets: [stream.firstPacket, stream.lastPacket] }),
    bytes,
    gapBytes: stream.gapBytes,
    strayBytes: stream.strayBytes,
    lostPackets: stream.lostPackets,
    ...(stream.sequenceRestarts > 0 && { sequenceRestarts: stream.sequenceRestarts }),
    ...(durationSeconds > 0 && { meanBitRate: Math.round((bytes * 8) / durationSeconds) }),
    bitRate: {
      stretchSeconds: stream.bitRates.stretchSeconds,
      bitsPerSecond: [...stream.bitRates.bitsPerSecond],
    },
    ...deviceClock(stream),
    ending: stream.ending,
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
  };
}

function pace({ videoPace, keyPace, audioPace }: MediaStream): Partial<MediaStreamRecord> {
  const frames = videoPace.count > 0 ? videoPace : audioPace;
  return {
    ...(videoPace.interval !== undefined && { measuredFps: rounded(1 / videoPace.interval) }),
    ...(keyPace.interval !== undefined && { keyFrameSeconds: rounded(keyPace.interval) }),
    ...(frames.count > 1 && { longestStallSeconds: rounded(frames.longestPause) }),
  };
}

/** A recording is sent at another pace than it was made: its clock says nothing about drift. */
function deviceClock(stream: MediaStream): Partial<MediaStreamRecord> {
  const { clock, origin } = stream;
  const { first: firstDeviceTime, drift: clockDriftSeconds } = clock;
  const start = firstDeviceTime === undefined ? undefined : formatTime(firstDeviceTime, 0);
  return {
    ...(start !== undefined && { deviceStartTime: start.slice(0, 19) }),
    ...(clockDriftSeconds !== undefined &&
      origin.kind === 'monitor' && { clockDriftSeconds: rounded(clockDriftSeconds) }),
  };
}

/** To milliseconds: what the clock of a device and a capture's time stamps are worth. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
