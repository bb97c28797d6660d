/** Writes what a reader must find in a capture, from the simulator's log alone (and the ranges that damage left over). */
import { Direction } from './captured-direction.ts';
import type { DamageDone } from './damage.ts';
import {
  type ExpectedExchange,
  type ExpectedMediaStream,
  type ExpectedRefusal,
  type ExpectedSession,
  expectedConversations,
} from './expected-conversations.ts';
import type { Endpoint, LoggedMessage } from './log.ts';
import type { CapturedStream } from './pcap-file.ts';
import type { Range, TrueFlow, Truth } from './truth.ts';
import { ID, MEDIA_IDS } from './wire.ts';

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
  readonly sessions: readonly ExpectedSession[];
  readonly refusedLogins?: readonly ExpectedRefusal[];
  readonly exchanges?: readonly ExpectedExchange[];
  readonly streams?: readonly ExpectedMediaStream[];
  readonly damage?: readonly DamageDone[];
}

export interface Recording {
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

function roleOf(flow: TrueFlow, directions: readonly Direction[]): ExpectedFlow['role'] {
  if (flow.protocol === 'udp') return 'discovery';
  const ids = directions.flatMap(({ logged }) => logged?.messages ?? []);
  const claims: readonly number[] = [ID.monitorClaim, ID.playClaim, ID.talkClaim, ID.avTalkClaim];
  const media = ids.some(isMedia) || ids.some(({ id }) => claims.includes(id));
  const control = ids.some(
    (message) => !isMedia(message) && !claims.some((id) => message.id === id || message.id === id + 1),
  );
  return media ? (control ? 'mixed' : 'media') : 'control';
}

/** Fits the flows of a damaged recording: those of which something is left, in the order of what is left. */
export function writeExpected(recording: Recording): Expected {
  const { truth, packets, damage } = recording;
  const directions = truth.flows.map((flow, at) => [
    new Direction(flow, at + 1, 'client', recording),
    new Direction(flow, at + 1, 'server', recording),
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
  const list = all.flatMap((direction) => direction.list);
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
    ...expectedConversations(truth, directions, recording.present === undefined),
    ...(damage === undefined ? {} : { damage }),
  };
}
