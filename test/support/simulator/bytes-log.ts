/**
 * The log of a direction made anew from its bytes, for samples that were recorded when logs told of messages and frames only.
 * Their bytes are known to be those that were sent, by the hashes of their log; a test holds what is made here against logs.
 */
import { createHash } from 'node:crypto';
import type { Endpoint, LoggedFlow, LoggedFrame, LoggedMessage, MessageNotes, Side } from './log.ts';
import type { Frame, VideoShape } from './media-chunks.ts';
import { type LoggedStream, type StreamAbout, type StreamKind, StreamLog } from './stream-log.ts';
import { HEADER_BYTES, ID, MEDIA_IDS, type Message, MessageReader } from './wire.ts';

export interface Sent {
  readonly protocol: 'tcp' | 'udp';
  readonly side: Side;
  readonly opener: boolean;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly bytes: Buffer;
  readonly messages: readonly Message[];
}

const KINDS: ReadonlyMap<number, StreamKind> = new Map([
  [ID.monitorData, 'monitor'],
  [ID.playData, 'playback'],
  [ID.downloadData, 'download'],
  [ID.talkUp, 'talk'],
  [ID.talkDown, 'talk'],
  [ID.avTalkData, 'talk'],
  [ID.upgradeData, 'upgrade'],
  [ID.snapshot + 1, 'snapshot'],
  [ID.configExport + 1, 'configuration-export'],
  [ID.configImport, 'configuration-import'],
  [ID.logExport + 1, 'log-export'],
] as const);

const BRACE = 0x7b;
/** AVTalk requests, whose octet 12 is a channel (field notes 1). */
const AV_TALK: readonly number[] = [ID.avTalk, ID.avTalk + 1, ID.avTalkClaim, ID.avTalkClaim + 1];

export function readMessages(bytes: Buffer): readonly Message[] {
  return new MessageReader().push(bytes);
}

function kindOf({ id, body }: Message): StreamKind | undefined {
  return MEDIA_IDS.has(id) || body[0] !== BRACE ? KINDS.get(id) : undefined;
}

/** Several messages are one where Total packet says so. */
export function isPiece({ id, octet12 }: Message): boolean {
  return octet12 > 1 && !MEDIA_IDS.has(id) && !AV_TALK.includes(id);
}

function retOf({ id, body }: Message): { ret?: number } {
  if (MEDIA_IDS.has(id) || body[0] !== BRACE) return {};
  const ret = /"Ret" ?: ?(-?\d+)/.exec(body.toString('latin1'))?.[1];
  return ret === undefined ? {} : { ret: Number(ret) };
}

interface Chunk {
  readonly frame: Frame;
  readonly shape: VideoShape | undefined;
  readonly start: number;
  readonly end: number;
}

/** The chunks of a stream from its beginning (field notes 6.2). Throws on anything but FC, FD and FA. */
function readChunks(stream: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < stream.length; ) {
    const type = stream.readUInt32BE(at) - 0x100;
    if (type !== 0xfc && type !== 0xfd && type !== 0xfa) throw new Error(`no chunk at ${at}`);
    const start = at;
    const codec = stream.readUInt8(at + 4);
    const framesPerSecond = stream.readUInt8(at + 5) & 31;
    const width = (stream.readUInt8(at + 6) | ((codec & 0x30) << 4)) * 8;
    const height = (stream.readUInt8(at + 7) | ((codec & 0xc0) << 2)) * 8;
    const length =
      type === 0xfc
        ? stream.readUInt32LE(at + 12)
        : type === 0xfd
          ? stream.readUInt32LE(at + 4)
          : stream.readUInt16LE(at + 6);
    at += type === 0xfc ? 16 : 8;
    const payload = stream.subarray(at, at + length);
    at += length;
    const kind = type === 0xfc ? 'key' : type === 0xfd ? 'inter' : 'audio';
    const shape = kind === 'key' ? { width, height, framesPerSecond, codec: codec & 15 } : undefined;
    chunks.push({ frame: { kind, payload }, shape, start, end: at });
  }
  return chunks;
}

/** All messages of a direction that carry one kind of stream are one stream: no sample starts one twice on a socket. */
function readStream(
  sent: Sent,
  about: StreamAbout,
  indexes: readonly number[],
): { readonly stream: LoggedStream; readonly frames: readonly LoggedFrame[] } {
  const log = new StreamLog(about);
  const bodies = indexes.map((index) => sent.messages[index]?.body ?? Buffer.alloc(0));
  for (const index of indexes) log.message(index);
  if (!MEDIA_IDS.has(sent.messages[indexes[0] ?? -1]?.id ?? 0) || about.kind === 'upgrade') {
    for (const body of bodies) log.file(body);
    return { stream: log.toJSON(), frames: [] };
  }
  const ends: number[] = [];
  for (const body of bodies) ends.push((ends.at(-1) ?? 0) + body.length);
  let shape: VideoShape | undefined;
  const frames = readChunks(Buffer.concat(bodies)).map((chunk): LoggedFrame => {
    const { frame, start, end } = chunk;
    shape = chunk.shape ?? shape;
    if (frame.kind === 'audio') log.audio(frame.payload);
    else if (shape !== undefined) log.video(frame, shape);
    const carriers = indexes.filter((_, at) => {
      const begin = at === 0 ? 0 : (ends[at - 1] ?? 0);
      return begin < end && (ends[at] ?? 0) > start;
    });
    return { kind: frame.kind, bytes: frame.payload.length, messages: carriers };
  });
  return { stream: log.toJSON(), frames };
}

/** Files are streams each; media messages of one id are one stream together. */
function streamIndexes({ messages }: Sent): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const open = new Map<number, number[]>();
  for (const [index, message] of messages.entries()) {
    if (kindOf(message) === undefined) continue;
    const known = MEDIA_IDS.has(message.id) ? open.get(message.id) : undefined;
    if (known !== undefined) {
      known.push(index);
      continue;
    }
    const group = [index];
    open.set(message.id, group);
    groups.push(group);
  }
  return groups;
}

/**
 * `notes` and `about` give what the bytes of this direction do not tell by themselves: which message asks or answers, by
 * index, and what the request said of a stream whose first message is given.
 */
export function logOfBytes(
  sent: Sent,
  notes: (index: number) => MessageNotes,
  about: (kind: StreamKind, first: Message) => StreamAbout,
): LoggedFlow {
  const { protocol, side, opener, local, remote, bytes } = sent;
  let offset = 0;
  let joint = 0;
  const messages = sent.messages.map((message, index): LoggedMessage => {
    const { body, ...header } = message;
    if (isPiece(message) && message.octet13 === 0) joint += 1;
    const logged = {
      ...header,
      offset,
      length: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
      ...retOf(message),
      ...(isPiece(message) ? { joint } : {}),
      ...notes(index),
    };
    offset += HEADER_BYTES + body.length;
    return logged;
  });
  const read = streamIndexes(sent).flatMap((indexes) => {
    const first = sent.messages[indexes[0] ?? -1];
    const kind = first === undefined ? undefined : kindOf(first);
    return first === undefined || kind === undefined ? [] : [readStream(sent, about(kind, first), indexes)];
  });
  return {
    protocol,
    side,
    opener,
    local,
    remote,
    openedAt: 0,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    messages,
    frames: read.flatMap(({ frames }) => frames),
    streams: read.map(({ stream }) => stream),
  };
}
