import type { Message } from './message.ts';

export type StreamKind = 'monitor' | 'playback' | 'download' | 'talk' | 'upgrade' | 'snapshot';

/** What a claim, start or stop says of the media it is about (specification 4.8 … 4.10; field notes §7). */
export interface StreamRequest {
  /** A claim (1424) may be for playback and for download. */
  readonly kinds: readonly StreamKind[];
  readonly does: 'claim' | 'start' | 'stop';
  readonly channel: number | undefined;
  readonly streamType: string | undefined;
}

/** The object that a request carries, by message id, and what it can be about. */
const REQUESTS: ReadonlyMap<number, readonly [member: string, kinds: readonly StreamKind[]]> = new Map([
  [1410, ['OPMonitor', ['monitor']]],
  [1413, ['OPMonitor', ['monitor']]],
  [1420, ['OPPlayBack', ['playback', 'download']]],
  [1424, ['OPPlayBack', ['playback', 'download']]],
  [1430, ['OPTalk', ['talk']]],
  [1434, ['OPTalk', ['talk']]],
  [1415, ['AVTalk', ['talk']]],
  [1417, ['AVTalk', ['talk']]],
  [1520, ['OPSystemUpgrade', ['upgrade']]],
]);

const KINDS_OF_DATA: ReadonlyMap<number, StreamKind> = new Map([
  [1412, 'monitor'],
  [1422, 'playback'],
  [1426, 'download'],
  [1419, 'talk'],
  [1432, 'talk'],
  [1433, 'talk'],
  [1522, 'upgrade'],
  [1561, 'snapshot'],
  [1601, 'snapshot'],
]);

/** What kind of stream a message id carries; undefined where it carries none. */
export function streamKind(messageId: number): StreamKind | undefined {
  return KINDS_OF_DATA.get(messageId);
}

/** Reads a request about media; undefined for every other message. */
export function streamRequest(message: Message): StreamRequest | undefined {
  const entry = REQUESTS.get(message.header.messageId);
  if (entry === undefined || message.content?.kind !== 'json') return undefined;
  const [member, kinds] = entry;
  const asked = memberOf(message.content.value, member);
  const action = memberOf(asked, 'Action');
  if (typeof action !== 'string') return undefined;
  const does = doing(action);
  if (does === undefined) return undefined;
  const parameter = memberOf(asked, 'Parameter');
  const channel = memberOf(parameter, 'Channel') ?? memberOf(asked, 'Channel');
  const streamType = memberOf(parameter, 'StreamType');
  return {
    kinds: does === 'claim' ? kinds : kinds.filter((kind) => kinds.length === 1 || isAbout(action, kind)),
    does,
    channel: typeof channel === 'number' && Number.isInteger(channel) && channel >= 0 ? channel : undefined,
    streamType:
      typeof streamType === 'string' || typeof streamType === 'number'
        ? String(streamType).slice(0, 32)
        : undefined,
  };
}

function doing(action: string): StreamRequest['does'] | undefined {
  if (action === 'Claim') return 'claim';
  if (action === 'Start' || action === 'DownloadStart') return 'start';
  return action === 'Stop' || action === 'DownloadStop' ? 'stop' : undefined;
}

function isAbout(action: string, kind: StreamKind): boolean {
  return action.startsWith('Download') === (kind === 'download');
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
