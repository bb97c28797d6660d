/** The truth of a clean recording made anew from its bytes, by the simulator's own habits. See bytes-log.ts. */
import { jsonAt, numberAt, parseBody, textAt } from './body-text.ts';
import { isPiece, logOfBytes, readMessages, type Sent } from './bytes-log.ts';
import type { Endpoint, MessageNotes, Side } from './log.ts';
import { type CaptureRecord, capturedStreams, directionKey, segmentOf } from './pcap-file.ts';
import type { LoggedRefusal, LoggedSession, SessionState } from './session-log.ts';
import type { StreamAbout, StreamKind } from './stream-log.ts';
import type { TrueFlow, Truth } from './truth.ts';
import { ID, MEDIA_IDS, type Message } from './wire.ts';

/** The ends of a flow, and who is the device. */
export interface FlowPlace {
  readonly protocol: 'tcp' | 'udp';
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly deviceAddress: string;
}

interface FlowPair {
  readonly forward: Sent;
  readonly backward: Sent;
}

const PRINTED_LOGIN = 999;
/** The device counts these answers one on (field notes 4). */
const COUNTED_ON: readonly number[] = [ID.monitor, ID.monitorClaim];

function readPairs(places: readonly FlowPlace[], records: readonly CaptureRecord[]): readonly FlowPair[] {
  const streams = capturedStreams(records);
  return places.map(({ protocol, client, server, deviceAddress }) => {
    const direction = (local: Endpoint, remote: Endpoint, opener: boolean): Sent => {
      const bytes = streams.get(directionKey(protocol, local, remote))?.bytes ?? Buffer.alloc(0);
      const side: Side = local.address === deviceAddress ? 'device' : 'client';
      return { protocol, side, opener, local, remote, bytes, messages: readMessages(bytes) };
    };
    return { forward: direction(client, server, true), backward: direction(server, client, false) };
  });
}

/** Whether the one that sent `message` waits for an answer: not behind media, an agreement or a push. */
function asks({ side, messages }: Sent, message: Message, isPrinted: boolean): boolean {
  const forceLogout = isPrinted ? 1003 : ID.forceLogout;
  if (side === 'device') {
    const isReply = messages.length === 0 || /"Ret" :/.test(message.body.toString('latin1'));
    return (
      message.id === forceLogout || (!isReply && (message.id === ID.login || message.id === ID.monitorClaim))
    );
  }
  const isAnswer = message.id !== ID.configImport && /"Ret" ?:/.test(message.body.toString('latin1'));
  return !MEDIA_IDS.has(message.id) && !isAnswer;
}

/** For each message of `replies` the message of `requests` that it answers, by index. */
function pairReplies(requests: Sent, replies: Sent): readonly (number | undefined)[] {
  const taken = new Set<number>();
  const upgrade = requests.messages.findIndex(({ id }) => id === ID.upgrade);
  let before: number | undefined;
  return replies.messages.map((reply) => {
    if (MEDIA_IDS.has(reply.id)) return undefined;
    if (reply.id === ID.upgradeProgress) return upgrade < 0 ? undefined : upgrade;
    if (isPiece(reply) && reply.octet13 > 0) return before;
    const at = requests.messages.findIndex(({ id, sequence }, index) => {
      // Media and pushes want no answer, though the id behind theirs is that of another message.
      if ((MEDIA_IDS.has(id) && id !== ID.upgradeData) || id === ID.upgradeProgress) return false;
      const step = requests.side === 'client' && COUNTED_ON.includes(id) ? 1 : 0;
      const inOrder = sequence + step === reply.sequence || id === ID.forceLogout || id === 1003;
      return !taken.has(index) && id + 1 === reply.id && inOrder;
    });
    before = at < 0 ? undefined : at;
    if (at >= 0) taken.add(at);
    return before;
  });
}

/** Who sent the first FIN of a flow. */
function firstToClose(pair: FlowPair, records: readonly CaptureRecord[]): Side | undefined {
  for (const { frame } of records) {
    const segment = segmentOf(frame);
    if (segment === undefined || !segment.fin) continue;
    const key = directionKey(segment.protocol, segment.from, segment.to);
    for (const { protocol, local, remote, side } of [pair.forward, pair.backward])
      if (directionKey(protocol, local, remote) === key) return side;
  }
  return undefined;
}

interface Login {
  readonly flow: number;
  readonly request: Message;
  readonly reply: Message;
  readonly isPrinted: boolean;
}

function loginsOf(pairs: readonly FlowPair[]): readonly Login[] {
  return pairs.flatMap((pair, flow) =>
    [pair.forward, pair.backward].flatMap((sent) => {
      const other = sent === pair.forward ? pair.backward : pair.forward;
      const request = sent.messages.find(
        ({ id, body }) => (id === ID.login || id === PRINTED_LOGIN) && body.includes('UserName'),
      );
      const reply = other.messages.find(({ id }) => request !== undefined && id === request.id + 1);
      const isPrinted = request?.id === PRINTED_LOGIN;
      return request === undefined || reply === undefined ? [] : [{ flow, request, reply, isPrinted }];
    }),
  );
}

function stateOf(pair: FlowPair, isPrinted: boolean, records: readonly CaptureRecord[]): SessionState {
  const device = pair.forward.side === 'device' ? pair.forward : pair.backward;
  const client = device === pair.forward ? pair.backward : pair.forward;
  const logoutReply = isPrinted ? 1002 : ID.logout + 1;
  const forceReply = isPrinted ? 1004 : ID.forceLogout + 1;
  if (device.messages.some(({ id }) => id === logoutReply)) return 'logged-out';
  if (client.messages.some(({ id }) => id === forceReply)) return 'forced-out';
  const closer = firstToClose(pair, records);
  if (closer === undefined) return 'logged-in';
  return closer === 'device' ? 'timed-out' : 'cut';
}

function sessionsOf(
  pairs: readonly FlowPair[],
  logins: readonly Login[],
  records: readonly CaptureRecord[],
): readonly LoggedSession[] {
  const good = logins.filter(({ reply }) => numberAt(parseBody(reply.body), 'Ret') === 100);
  return good.flatMap((login) => {
    const pair = pairs[login.flow];
    if (pair === undefined) return [];
    const device = pair.forward.side === 'device' ? pair.forward : pair.backward;
    const asked = parseBody(login.request.body);
    const told = parseBody(login.reply.body);
    const { sessionId } = login.reply;
    // A flow belongs to the last login before it that was given its id.
    const flows = pairs.filter(({ forward, backward }, at) => {
      const isMine = [forward, backward].some(({ messages }) =>
        messages.some((message) => message.sessionId === sessionId),
      );
      const owner = good.findLast((one) => one.reply.sessionId === sessionId && one.flow <= at);
      return isMine && owner === login;
    });
    const loginType = textAt(asked, 'LoginType');
    const isRegistration = 'DeviceID' in asked;
    const facts = isRegistration
      ? { deviceType: textAt(asked, 'DeviceType'), channels: numberAt(asked, 'ChannelNum') }
      : {
          loginType,
          deviceType: textAt(told, 'DeviceType '),
          channels: numberAt(told, 'ChannelNum'),
          aliveInterval: numberAt(told, 'AliveInterval'),
        };
    return [
      {
        sessionId,
        user: textAt(asked, 'UserName'),
        client: device.remote,
        device: device.local,
        ...facts,
        state: stateOf(pair, login.isPrinted, records),
        sockets: flows.map(({ forward }) => ({ local: forward.local, remote: forward.remote })),
      },
    ];
  });
}

function refusalsOf(pairs: readonly FlowPair[], logins: readonly Login[]): readonly LoggedRefusal[] {
  return logins.flatMap(({ flow, request, reply }) => {
    const ret = numberAt(parseBody(reply.body), 'Ret');
    const socket = pairs[flow]?.backward;
    if (ret === 100 || socket === undefined) return [];
    const asked = parseBody(request.body);
    const { local, remote } = socket;
    return [
      {
        user: textAt(asked, 'UserName'),
        loginType: textAt(asked, 'LoginType'),
        ret,
        socket: { local, remote },
      },
    ];
  });
}

/** What the start of a stream said: looked up among all requests of the session. */
function aboutStream(pairs: readonly FlowPair[], kind: StreamKind, first: Message): StreamAbout {
  if (!MEDIA_IDS.has(first.id)) return kind === 'snapshot' ? { kind, channel: 0 } : { kind };
  if (kind === 'upgrade') return { kind };
  // Octet 12 counts frames in AVTalk; both kinds of talk have one channel only.
  if (kind === 'talk') return { kind, channel: 0 };
  const isMonitor = kind === 'monitor';
  const operation = isMonitor ? 'OPMonitor' : 'OPPlayBack';
  const channel = first.octet12;
  const started = pairs
    .flatMap(({ forward, backward }) => [...forward.messages, ...backward.messages])
    .filter(({ id, sessionId }) => id === (isMonitor ? ID.monitor : ID.play) && sessionId === first.sessionId)
    .map(({ body }) => parseBody(body))
    .find(
      (body) =>
        textAt(body, operation, 'Action').endsWith('Start') &&
        numberAt(body, operation, 'Parameter', 'Channel') === channel,
    );
  return { kind, channel, streamType: String(jsonAt(started, operation, 'Parameter', 'StreamType')) };
}

export function truthOfBytes(places: readonly FlowPlace[], records: readonly CaptureRecord[]): Truth {
  const pairs = readPairs(places, records);
  const logins = loginsOf(pairs);
  const about = (kind: StreamKind, first: Message) => aboutStream(pairs, kind, first);
  const flows = pairs.map(({ forward, backward }, at): TrueFlow => {
    const isPrinted = logins.some((login) => login.flow === at && login.isPrinted);
    const log = (sent: Sent, other: Sent) => {
      const answered = pairReplies(other, sent);
      const notes = (index: number): MessageNotes => {
        const message = sent.messages[index];
        const answers = answered[index];
        if (sent.protocol === 'udp' || message === undefined) return {};
        if (answers !== undefined) return { answers };
        return asks(sent, message, isPrinted) ? { asks: true } : {};
      };
      return sent.bytes.length === 0 && sent.protocol === 'udp' ? undefined : logOfBytes(sent, notes, about);
    };
    const { protocol, local, remote } = forward;
    return {
      protocol,
      client: local,
      server: remote,
      forward: log(forward, backward),
      backward: log(backward, forward),
    };
  });
  return { flows, sessions: sessionsOf(pairs, logins, records), refusals: refusalsOf(pairs, logins) };
}
