import { streamRecord } from '../../../report/records/stream-record.ts';
import type { BitRateSeries } from '../../../session/bit-rate-series.ts';
import type { MediaStream } from '../../../session/media-stream.ts';
import type { Moment, Series, StreamDetail, StreamRow } from '../contract.ts';
import type { StreamWatch } from '../index/stream-watch.ts';
import { secondsBetween } from './elapsed.ts';

export function streamRow({ number, stream, limits }: StreamWatch, origin: Moment): StreamRow {
  const {
    bitRate: _series,
    packets: _packets,
    keyFrameSeconds: _keyFrames,
    startTime: _start,
    endTime: _end,
    ...record
  } = streamRecord(stream);
  const start = { seconds: stream.startSeconds, nanoseconds: stream.startNanoseconds };
  const rates = stream.bitRates.bitsPerSecond;
  return {
    ...record,
    number,
    ...(stream.session !== 0 && { session: stream.session }),
    elapsed: secondsBetween(origin, start),
    duration: stream.durationSeconds,
    bitRate: recentBitRate(stream),
    activity: rates.slice(-limits.activityPoints),
  };
}

export function streamDetail(watch: StreamWatch, origin: Moment, version: number): StreamDetail {
  const { stream } = watch;
  const record = streamRecord(stream);
  return {
    version,
    row: streamRow(watch, origin),
    record,
    bitRate: { stretchSeconds: record.bitRate.stretchSeconds, values: record.bitRate.bitsPerSecond },
    videoFrames: perSecond(watch.videoFrames),
    audioFrames: perSecond(watch.audioFrames),
    keyFrames: [...watch.keyFrames],
    stalls: [...watch.stalls],
  };
}

/** Bits per second of the last whole stretch, as long as the stream runs; its mean after that. */
export function recentBitRate(stream: MediaStream): number {
  const rates = stream.bitRates.bitsPerSecond;
  if (!stream.closed) return rates.at(-2) ?? rates.at(-1) ?? 0;
  return stream.durationSeconds > 0 ? Math.round((stream.bytes * 8) / stream.durationSeconds) : 0;
}

/** A series whose bytes are frames; to an eighth of a frame a second. */
function perSecond({ stretchSeconds, bitsPerSecond }: BitRateSeries): Series {
  return { stretchSeconds, values: bitsPerSecond.map((bits) => bits / 8) };
}
