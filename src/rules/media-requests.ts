import { saysDone } from '../../schemas/return-codes.ts';
import { numberMember, type Turn, textMember } from './turn.ts';

/** What a data socket is claimed for. Playback and download share one claim (§4.10). */
export type MediaKind = 'monitor' | 'recording' | 'talk' | 'avtalk';

export const CLAIMS = ['MONITOR_CLAIM', 'PLAY_CLAIM', 'TALK_CLAIM', 'AVTALK_CLAIM'] as const;
export const CLAIM_ANSWERS = CLAIMS.map((name) => `${name}_RSP`);
export const MEDIA_REQUESTS = ['MONITOR_REQ', 'PLAY_REQ', 'TALK_REQ', 'AVTALK_REQ'] as const;

/** Message ids of the data. */
export const MONITOR_DATA = 1412;
export const PLAY_DATA = 1422;
export const DOWNLOAD_DATA = 1426;
export const TALK_TO_DEVICE = 1432;
export const TALK_TO_CLIENT = 1433;
const AVTALK_DATA = 1419;

const REQUESTS: ReadonlyMap<string, readonly [kind: MediaKind, member: string]> = new Map([
  ['MONITOR_CLAIM', ['monitor', 'OPMonitor']],
  ['MONITOR_REQ', ['monitor', 'OPMonitor']],
  ['PLAY_CLAIM', ['recording', 'OPPlayBack']],
  ['PLAY_REQ', ['recording', 'OPPlayBack']],
  ['TALK_CLAIM', ['talk', 'OPTalk']],
  ['TALK_REQ', ['talk', 'OPTalk']],
  ['AVTALK_CLAIM', ['avtalk', 'AVTalk']],
  ['AVTALK_REQ', ['avtalk', 'AVTalk']],
] as const);

/** The bit of each kind, in sets of kinds. */
export const KIND_BITS = { monitor: 1, recording: 2, talk: 4, avtalk: 8 } as const;

/** What a request about media says. */
export interface MediaRequest {
  readonly kind: MediaKind;
  readonly action: string;
  /** It asks for the data to begin: as a start, or as a claim that starts as well (field notes §7.1). */
  readonly starts: boolean;
  /** It asks for the data to end. */
  readonly stops: boolean;
  readonly channel: number | undefined;
  /** As written, but for Extra, which devices call Extra1 (field notes §7.1). */
  readonly streamType: string | undefined;
  /** At most {@link LONGEST_NAME} characters. */
  readonly fileName: string | undefined;
}

const LONGEST_NAME = 256;
const STARTING = new Set(['Start', 'DownloadStart', 'Play']);
const STOPPING = new Set(['Stop', 'DownloadStop', 'Close']);

/** Reads a claim, or a request about media; undefined for all else, and for what cannot be read. */
export function mediaRequest(turn: Turn): MediaRequest | undefined {
  const entry = REQUESTS.get(turn.name);
  if (entry === undefined) return undefined;
  const [kind, member] = entry;
  const { body } = turn;
  const action = textMember(body, member, 'Action');
  if (action === undefined) return undefined;
  const name = textMember(body, member, 'Parameter', 'FileName');
  const streamType = textMember(body, member, 'Parameter', 'StreamType');
  return {
    kind,
    action,
    starts: STARTING.has(action) || textMember(body, member, 'Action1') === 'Start',
    stops: STOPPING.has(action),
    channel:
      numberMember(body, member, 'Parameter', 'Channel') ??
      numberMember(body, member, 'Channel') ??
      channelOfFile(name),
    streamType: streamType === 'Extra' ? 'Extra1' : streamType?.slice(0, LONGEST_NAME),
    fileName: name?.slice(0, LONGEST_NAME),
  };
}

/** What the data of a media message was claimed for; undefined for firmware and pictures, which need no claim. */
export function kindOfData(messageId: number): MediaKind | undefined {
  switch (messageId) {
    case MONITOR_DATA:
      return 'monitor';
    case PLAY_DATA:
    case DOWNLOAD_DATA:
      return 'recording';
    case TALK_TO_DEVICE:
    case TALK_TO_CLIENT:
      return 'talk';
    case AVTALK_DATA:
      return 'avtalk';
    default:
      return undefined;
  }
}

/** Whether an answer says yes; undefined where it cannot be read. */
export function isAccepted({ ret }: Turn): boolean | undefined {
  return ret === undefined ? undefined : saysDone(ret);
}

/** Recordings are kept in folders by date and channel, counted from 001 (field notes §7.3). */
function channelOfFile(name: string | undefined): number | undefined {
  const folder = name === undefined ? null : /^\/[^/]{1,32}\/\d{4}-\d\d-\d\d\/(\d{3})\//.exec(name);
  const number = Number(folder?.[1]);
  return number > 0 ? number - 1 : undefined;
}
