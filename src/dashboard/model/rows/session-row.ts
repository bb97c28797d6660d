import type { Analysis } from '../../../analysis/analysis.ts';
import type { SessionRecord } from '../../../report/records/schemas.ts';
import { sessionRecord } from '../../../report/records/session-record.ts';
import type { MediaStream } from '../../../session/media-stream.ts';
import type { Session } from '../../../session/session.ts';
import type { Moment, SessionRow } from '../contract.ts';
import type { Recorder } from '../index/recorder.ts';
import { severityOfRank } from '../index/severity.ts';
import { secondsBetween } from './elapsed.ts';
import { recentBitRate } from './stream-row.ts';

/** A session whole, as `sessions --json` prints it. */
export function wholeSession(analysis: Analysis, recorder: Recorder, session: Session): SessionRecord {
  const streams = analysis.conversations.media.ofSession(session.number);
  return sessionRecord(session, streams, recorder.sessionFindings.of(session.number));
}

export function sessionRow(analysis: Analysis, recorder: Recorder, session: Session): SessionRow {
  const { number } = session;
  const streams = analysis.conversations.media.ofSession(number);
  const worst = severityOfRank(recorder.worstOfSession.get(number) ?? 0);
  const start = startOf(session);
  const ofMessages = recorder.sessionFindings.of(number);
  const ofRules = recorder.rules.countsOf(number);
  return {
    // The streams are only counted: their series would make the row heavy.
    ...sessionRecord(session, [], ofMessages),
    number,
    findings: {
      error: ofMessages.error + ofRules.error,
      warning: ofMessages.warning + ofRules.warning,
      note: ofMessages.note + ofRules.note,
    },
    streams: streams.length,
    bitRate: sessionBitRate(streams),
    ...(worst !== undefined && { worst }),
    elapsed: secondsBetween(recorder.origin, start),
    duration: Math.max(0, secondsBetween(start, endOf(session))),
  };
}

/** What its running streams bring now; of a session without any, what its streams brought on average. */
export function sessionBitRate(streams: readonly MediaStream[]): number {
  const running = streams.filter((stream) => !stream.closed);
  if (running.length > 0) return running.reduce((sum, stream) => sum + recentBitRate(stream), 0);
  let bytes = 0;
  let from = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (const stream of streams) {
    bytes += stream.bytes;
    from = Math.min(from, stream.startSeconds + stream.startNanoseconds / 1e9);
    until = Math.max(until, stream.endSeconds + stream.endNanoseconds / 1e9);
  }
  return until > from ? Math.round((bytes * 8) / (until - from)) : 0;
}

export function startOf({
  startSeconds,
  startNanoseconds,
}: {
  startSeconds: number;
  startNanoseconds: number;
}): Moment {
  return { seconds: startSeconds, nanoseconds: startNanoseconds };
}

export function endOf({
  endSeconds,
  endNanoseconds,
}: {
  endSeconds: number;
  endNanoseconds: number;
}): Moment {
  return { seconds: endSeconds, nanoseconds: endNanoseconds };
}
