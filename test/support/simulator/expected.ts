/** Writes what a reader must find in a capture, from the simulator's log alone (and the ranges that damage left over). */
import { createHash } from 'node:crypto';
import { sessionText } from './body-text.ts';
import type { DamageDone } from './damage.ts';
import type { Endpoint, LoggedFlow, LoggedMessage, LoggedSession } from './log.ts';
import { type CapturedStream, directionKey } from './pcap-file.ts';
import { covers, mergeRanges, overlapBytes, type Range, type TrueFlow, type Truth } from './truth.ts';
import { HEADER_BYTES, ID, MEDIA_IDS } from './wire.ts';

export interface ExpectedStream {
  readonly from: 'client' | 'server';
  readonly bytes: number;
  readonly sha256: string;
  readonly gapBytes?: number;
}

export interface ExpectedFlow {
  readonly protocol: 'tcp' | 'udp';
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly role: 'control' | 'media' | 'mixed' | 'discovery';
  readonly streams: readonly ExpectedStream[];
  readonly gapBytes?: number;
}

export interface ExpectedMessage {
  /** Number of the flow, from 1. */
  readonly flow: number;
  readonly from: 'client' | 'device';
  readonly id: number;
  readonly sessionId: string;
  readonly sequence: number;
  /** Bytes of the body, all pieces together. */
  readonly length: number;
  readonly ret?: number;
  readonly fragments?: number;
  readonly complete?: false;
}

export interface Expected {
  readonly packets: number;
  readonly flows: readonly ExpectedFlow[];
  readonly messages: {
    readonly total: number;
    readonly control: number;
    readonly media: number;
    readonly list: readonly ExpectedMessage[];
  };
  readonly media: {
    readonly videoFrames: number;
    readonly videoBytes: number;
    readonly audioFrames: number;
    readonly audioBytes: number;
    readonly cutFrames?: number;
  };
  readonly skippedBytes?: number;
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly user?: string;
    readonly client: Endpoint;
    readonly device: Endpoint;
    readonly flows: readonly number[];
  }[];
  readonly damage?: readonly DamageDone[];
}

interface Recording {
  readonly truth: Truth;
  readonly packets: number;
  readonly streams: ReadonlyMap<string, CapturedStream>;
  /** What the capture holds of each direction; without it, all. */
  readonly present?: ReadonlyMap<string, readonly Range[]>;
  readonly damage?: readonly DamageDone[];
}

function isMedia({ id, ret }: LoggedMessage): boolean {
  return MEDIA_IDS.has(id) || (id === ID.snapshot + 1 && ret === undefined);
}

/** One direction of a flow, as the capture holds it. */
class Direction {
  readonly from: 'client' | 'server';
  readonly logged: LoggedFlow | undefined;
  readonly present: readonly Range[];
  readonly #bytes: Buffer;

  constructor(flow: TrueFlow, from: 'client' | 'server', recording: Recording) {
    this.from = from;
    this.logged = from === 'client' ? flow.forward : flow.backward;
    const ends =
      from === 'client' ? ([flow.client, flow.server] as const) : ([flow.server, flow.client] as const);
    const key = directionKey(flow.protocol, ...ends);
    this.#bytes = recording.streams.get(key)?.bytes ?? Buffer.alloc(0);
    const whole = { start: 0, end: this.#bytes.length };
    this.present = mergeRanges(
      recording.present === undefined ? [whole] : (recording.present.get(key) ?? []),
    );
  }

  stream(): ExpectedStream {
    const hash = createHash('sha256');
    for (const { start, end } of this.present) hash.update(this.#bytes.subarray(start, end));
    const bytes = overlapBytes(this.present, 0, this.#bytes.length);
    const gapBytes = (this.present.at(-1)?.end ?? 0) - (this.present[0]?.start ?? 0) - bytes;
    return { from: this.from, bytes, sha256: hash.digest('hex'), ...(gapBytes > 0 ? { gapBytes } : {}) };
  }

  hasHeader({ offset }: LoggedMessage): boolean {
    return covers(this.present, offset, offset + HEADER_BYTES);
  }

  isWhole({ offset, length }: LoggedMessage): boolean {
    return covers(this.present, offset, offset + HEADER_BYTES + length);
  }

  /** Bytes that belong to messages whose header is lost: a reader can but skip them. */
  skippedBytes(): number {
    return (this.logged?.messages ?? [])
      .filter((message) => !this.hasHeader(message))
      .reduce(
        (sum, { offset, length }) => sum + overlapBytes(this.present, offset, offset + HEADER_BYTES + length),
        0,
      );
  }

  /** Messages whose header is there, pieces of a cut one joined. */
  messages(flow: number): readonly ExpectedMessage[] {
    const list: ExpectedMessage[] = [];
    let joint: number | undefined;
    for (const message of this.logged?.messages ?? []) {
      if (!this.hasHeader(message)) continue;
      const before = list.at(-1);
      if (message.joint !== undefined && message.joint === joint && before !== undefined) {
        const fragments = (before.fragments ?? 1) + 1;
        list[list.length - 1] = { ...before, length: before.length + message.length, fragments };
        continue;
      }
      joint = message.joint;
      const whole = this.isWhole(message);
      list.push({
        flow,
        from: this.logged?.side === 'device' ? 'device' : 'client',
        id: message.id,
        sessionId: sessionText.padded(message.sessionId),
        sequence: message.sequence,
        length: message.length,
        ...(whole && message.ret !== undefined ? { ret: message.ret } : {}),
        ...(whole ? {} : { complete: false }),
      });
    }
    return list;
  }

  /** Frames that are there whole, and the number of those that are there only in part. */
  frames() {
    const messages = this.logged?.messages ?? [];
    const counted = { videoFrames: 0, videoBytes: 0, audioFrames: 0, audioBytes: 0, cutFrames: 0 };
    for (const frame of this.logged?.frames ?? []) {
      const parts = frame.messages.flatMap((index) => messages[index] ?? []);
      const first = parts[0];
      if (!parts.every((part) => this.isWhole(part))) {
        if (first !== undefined && covers(this.present, first.offset, first.offset + HEADER_BYTES + 16))
          counted.cutFrames += 1;
      } else if (frame.kind === 'audio') {
        counted.audioFrames += 1;
        counted.audioBytes += frame.bytes;
      } else {
        counted.videoFrames += 1;
        counted.videoBytes += frame.bytes;
      }
    }
    return counted;
  }
}

function roleOf(flow: TrueFlow, directions: readonly Direction[]): ExpectedFlow['role'] {
  if (flow.protocol === 'udp') return 'discovery';
  const ids = directions.flatMap(({ logged }) => logged?.messages ?? []);
  const claims: readonly number[] = [ID.monitorClaim, ID.playClaim, ID.talkClaim];
  const media = ids.some(isMedia) || ids.some(({ id }) => claims.includes(id));
  const control = ids.some(
    (message) => !isMedia(message) && !claims.some((id) => message.id === id || message.id === id + 1),
  );
  return media ? (control ? 'mixed' : 'media') : 'control';
}

const LOGIN_IDS: readonly number[] = [ID.login, 999];

function sessionOf(
  session: LoggedSession,
  directions: readonly (readonly Direction[])[],
): Expected['sessions'][number] | undefined {
  const mine = (message: LoggedMessage) => message.sessionId === session.sessionId;
  const flows = directions.flatMap((pair, at) =>
    pair.some((one) => one.logged?.messages.some((message) => mine(message) && one.hasHeader(message)))
      ? [at + 1]
      : [],
  );
  if (flows.length === 0) return undefined;
  const login = directions
    .flat()
    .some(
      (one) =>
        one.logged?.local.port === session.client.port &&
        one.logged.messages.some((m) => LOGIN_IDS.includes(m.id) && one.hasHeader(m)),
    );
  const { client, device } = session;
  return {
    sessionId: sessionText.padded(session.sessionId),
    ...(login ? { user: session.user } : {}),
    client,
    device,
    flows,
  };
}

/** Fits the flows of a damaged recording: those of which something is left, in the order of what is left. */
export function writeExpected(recording: Recording): Expected {
  const { truth, packets, damage } = recording;
  const directions = truth.flows.map((flow) => [
    new Direction(flow, 'client', recording),
    new Direction(flow, 'server', recording),
  ]);
  const all = directions.flat();
  const flows = truth.flows.map((flow, at): ExpectedFlow => {
    const pair = directions[at] ?? [];
    const streams = pair.map((direction) => direction.stream());
    const gapBytes = streams.reduce((sum, stream) => sum + (stream.gapBytes ?? 0), 0);
    const { protocol, client, server } = flow;
    return {
      protocol,
      client,
      server,
      role: roleOf(flow, pair),
      streams,
      ...(gapBytes > 0 ? { gapBytes } : {}),
    };
  });
  const list = directions.flatMap((pair, at) => pair.flatMap((direction) => direction.messages(at + 1)));
  const media = list.filter(
    (message) => MEDIA_IDS.has(message.id) || (message.id === ID.snapshot + 1 && message.ret === undefined),
  );
  const frames = all.map((direction) => direction.frames());
  const sum = (name: keyof ReturnType<Direction['frames']>) =>
    frames.reduce((total, one) => total + one[name], 0);
  const cutFrames = sum('cutFrames');
  const skippedBytes = all.reduce((total, direction) => total + direction.skippedBytes(), 0);
  return {
    packets,
    flows,
    messages: { total: list.length, control: list.length - media.length, media: media.length, list },
    media: {
      videoFrames: sum('videoFrames'),
      videoBytes: sum('videoBytes'),
      audioFrames: sum('audioFrames'),
      audioBytes: sum('audioBytes'),
      ...(cutFrames > 0 ? { cutFrames } : {}),
    },
    ...(skippedBytes > 0 ? { skippedBytes } : {}),
    sessions: truth.sessions.flatMap((session) => sessionOf(session, directions) ?? []),
    ...(damage === undefined ? {} : { damage }),
  };
}
