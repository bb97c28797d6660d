/** The part of expected.json that is about conversations: sessions, exchanges, media streams. */
import { sessionText } from './body-text.ts';
import type { Direction } from './captured-direction.ts';
import type { Endpoint, LoggedMessage } from './log.ts';
import type { LoggedSession, SessionSocket, SessionState } from './session-log.ts';
import type { LoggedStream } from './stream-log.ts';
import type { Truth } from './truth.ts';
import { ID } from './wire.ts';

export interface ExpectedSession {
  readonly sessionId: string;
  readonly user?: string;
  readonly client: Endpoint;
  readonly device: Endpoint;
  readonly flows: readonly number[];
  readonly state?: SessionState;
  readonly loginType?: string;
  readonly deviceType?: string;
  readonly channels?: number;
  readonly aliveInterval?: number;
}

export interface ExpectedRefusal {
  /** Number of the flow, from 1. */
  readonly flow: number;
  readonly state: 'refused';
  readonly user: string;
  readonly loginType?: string;
  readonly ret: number;
}

/** Indexes in messages.list. A request that nobody answered has no replies. */
export interface ExpectedExchange {
  readonly request: number;
  readonly replies: readonly number[];
}

export interface ExpectedMediaStream extends Omit<LoggedStream, 'firstMessage' | 'lastMessage'> {
  /** Index in sessions. */
  readonly session: number;
  /** Number of the flow, from 1. */
  readonly flow: number;
  readonly from: 'client' | 'device';
  /** Indexes in messages.list. */
  readonly startMessage: number;
  readonly endMessage: number;
}

export interface ExpectedConversations {
  readonly sessions: readonly ExpectedSession[];
  readonly refusedLogins?: readonly ExpectedRefusal[];
  readonly exchanges?: readonly ExpectedExchange[];
  readonly streams?: readonly ExpectedMediaStream[];
}

type Pairs = readonly (readonly Direction[])[];

const LOGIN_IDS: readonly number[] = [ID.login, 999];

function isOn({ logged }: Direction, { local, remote }: SessionSocket): boolean {
  const ports = [logged?.local.port, logged?.remote.port];
  return logged?.protocol === 'tcp' && ports.includes(local.port) && ports.includes(remote.port);
}

function holdsMessage(pair: readonly Direction[], wanted: (message: LoggedMessage) => boolean): boolean {
  return pair.some((one) =>
    one.logged?.messages.some((message) => wanted(message) && one.hasHeader(message)),
  );
}

function sessionOf(session: LoggedSession, pairs: Pairs, isWhole: boolean): ExpectedSession | undefined {
  const { client, device, user, loginType, deviceType, channels, aliveInterval, state } = session;
  const isMine = (message: LoggedMessage) => message.sessionId === session.sessionId;
  const flows = pairs.flatMap((pair, at) => {
    const onSocket = pair.some((one) => session.sockets.some((socket) => isOn(one, socket)));
    return onSocket && holdsMessage(pair, isMine) ? [at + 1] : [];
  });
  if (flows.length === 0) return undefined;
  const control = pairs.find((pair) => pair.some((one) => isOn(one, { local: device, remote: client })));
  const hasLogin = holdsMessage(control ?? [], ({ id }) => LOGIN_IDS.includes(id));
  return {
    sessionId: sessionText.padded(session.sessionId),
    ...(hasLogin ? { user } : {}),
    client,
    device,
    flows,
    ...(isWhole ? { state, loginType, deviceType, channels, aliveInterval } : {}),
  };
}

/** Where in messages.list the list of each direction begins. */
function listBases(pairs: Pairs): ReadonlyMap<Direction, number> {
  const bases = new Map<Direction, number>();
  let base = 0;
  for (const direction of pairs.flat()) {
    bases.set(direction, base);
    base += direction.list.length;
  }
  return bases;
}

function exchangesOf(pairs: Pairs, bases: ReadonlyMap<Direction, number>): readonly ExpectedExchange[] {
  const exchanges = new Map<number, number[]>();
  const placeOf = (direction: Direction, index: number) => {
    const place = direction.places[index];
    return place === undefined ? undefined : (bases.get(direction) ?? 0) + place;
  };
  for (const direction of pairs.flat()) {
    for (const [index, message] of (direction.logged?.messages ?? []).entries()) {
      const place = placeOf(direction, index);
      if (message.asks === true && place !== undefined) exchanges.set(place, []);
    }
  }
  for (const pair of pairs) {
    for (const direction of pair) {
      const other = pair.find((one) => one !== direction);
      for (const [index, { answers }] of (direction.logged?.messages ?? []).entries()) {
        if (other === undefined || answers === undefined) continue;
        const request = placeOf(other, answers);
        const reply = placeOf(direction, index);
        if (request === undefined || reply === undefined) continue;
        const replies = exchanges.get(request) ?? [];
        // The pieces of a cut reply are one entry of the list.
        if (!replies.includes(reply)) replies.push(reply);
        exchanges.set(request, replies);
      }
    }
  }
  return [...exchanges].sort(([a], [b]) => a - b).map(([request, replies]) => ({ request, replies }));
}

function streamsOf(
  pairs: Pairs,
  bases: ReadonlyMap<Direction, number>,
  sessions: readonly ExpectedSession[],
): readonly ExpectedMediaStream[] {
  return pairs.flatMap((pair, at) =>
    pair.flatMap((direction) =>
      (direction.logged?.streams ?? []).map(({ firstMessage, lastMessage, ...stream }) => {
        const base = bases.get(direction) ?? 0;
        return {
          session: sessions.findIndex(({ flows }) => flows.includes(at + 1)),
          flow: at + 1,
          from: direction.logged?.side ?? 'client',
          ...stream,
          startMessage: base + (direction.places[firstMessage] ?? 0),
          endMessage: base + (direction.places[lastMessage] ?? 0),
        };
      }),
    ),
  );
}

/** `isWhole`: nothing was taken out of the recording. Of a damaged one only the sessions' flows are told. */
export function expectedConversations(truth: Truth, pairs: Pairs, isWhole: boolean): ExpectedConversations {
  const sessions = truth.sessions.flatMap((session) => sessionOf(session, pairs, isWhole) ?? []);
  if (!isWhole) return { sessions };
  const refusedLogins = truth.refusals.map(({ user, loginType, ret, socket }): ExpectedRefusal => {
    const flow = pairs.findIndex((pair) => pair.some((one) => isOn(one, socket))) + 1;
    return { flow, state: 'refused', user, ...(loginType === undefined ? {} : { loginType }), ret };
  });
  const bases = listBases(pairs);
  // Discovery answers by broadcast, on another flow than it was asked on: nothing is told of its exchanges.
  const hasSockets = truth.flows.some(({ protocol }) => protocol === 'tcp');
  return {
    sessions,
    ...(refusedLogins.length > 0 ? { refusedLogins } : {}),
    ...(hasSockets ? { exchanges: exchangesOf(pairs, bases) } : {}),
    streams: streamsOf(pairs, bases, sessions),
  };
}
