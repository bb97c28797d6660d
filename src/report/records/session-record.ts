import { describeReturnCode } from '../../../schemas/return-codes.ts';
import { severityOf } from '../../rules/catalogue.ts';
import type { MediaStream } from '../../session/media-stream.ts';
import type { Message } from '../../session/message.ts';
import type { Session, SessionEnd } from '../../session/session.ts';
import { formatAddress, formatSessionId } from '../format/address.ts';
import { formatTime, wholeNanoseconds } from '../format/time.ts';
import type { SessionRecord } from './schemas.ts';
import { streamRecord } from './stream-record.ts';

type FindingCounts = SessionRecord['findings'];

const NO_FINDINGS: FindingCounts = { error: 0, warning: 0, note: 0 };

/** Counts what was found in the messages of each session. */
export class SessionFindings {
  readonly #counts = new Map<number, FindingCounts>();

  message({ findings, session }: Message): void {
    if (findings.length === 0 || session === 0) return;
    let counts = this.#counts.get(session);
    if (counts === undefined) {
      counts = { ...NO_FINDINGS };
      this.#counts.set(session, counts);
    }
    for (const { code } of findings) counts[severityOf(code)] += 1;
  }

  forget(session: number): void {
    this.#counts.delete(session);
  }

  of(session: number): FindingCounts {
    return this.#counts.get(session) ?? NO_FINDINGS;
  }
}

/** The record of a session that has ended. */
export function sessionRecord(
  session: Session,
  streams: readonly MediaStream[],
  findings: FindingCounts,
): SessionRecord {
  const { user, loginType, loginRet, deviceType, channels, aliveInterval } = session;
  const loginText = loginRet === undefined ? undefined : describeReturnCode(loginRet)?.name;
  const startTime = formatTime(session.startSeconds, session.startNanoseconds);
  const endTime = formatTime(session.endSeconds, session.endNanoseconds);
  return {
    schema: 'dvrscope.session/1',
    session: session.number,
    sessionId: formatSessionId(session.sessionId),
    state: session.state,
    dialect: session.dialect,
    client: endpoint(session.client),
    device: endpoint(session.device),
    ...(user !== undefined && { user }),
    ...(loginType !== undefined && { loginType }),
    ...(loginRet !== undefined && { loginRet }),
    ...(loginText !== undefined && { loginText }),
    ...(deviceType !== undefined && { deviceType }),
    ...(channels !== undefined && { channels }),
    ...(aliveInterval !== undefined && { aliveInterval }),
    encrypted: session.encrypted,
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
    flows: [...session.flows].sort((a, b) => a - b),
    messages: session.messages,
    keepalives: {
      count: session.keepalives,
      longestSilenceSeconds: wholeNanoseconds(session.longestSilence),
    },
    exchanges: {
      answered: session.exchangesAnswered,
      unanswered: session.exchangesUnanswered,
      unasked: session.exchangesUnasked,
      meanResponseSeconds: wholeNanoseconds(session.meanResponse),
      longestResponseSeconds: wholeNanoseconds(session.longestResponse),
    },
    streams: streams.map(streamRecord),
    findings: { ...findings },
  };
}

function endpoint({ address, port }: SessionEnd): SessionRecord['client'] {
  return { address: formatAddress(address), port };
}
