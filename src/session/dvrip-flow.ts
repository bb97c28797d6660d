import type { Dialect } from '../../schemas/registry.ts';
import type { Flow, Side } from '../reassembly/flow.ts';
import { PROTOCOL_UDP } from '../reassembly/flow.ts';
import { sequenceDistance } from '../reassembly/sequence.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';
import type { DvripStream } from './dvrip-stream.ts';
import type { Exchanges } from './exchanges.ts';
import type { LoginRequest } from './login.ts';
import type { Session } from './session.ts';

export type Role = 'control' | 'media' | 'mixed' | 'discovery';

/** A socket that logs in again and again, for weeks, does so one session after the other. */
const LOGINS_KEPT = 16;

/** What DVRIP makes of one flow: whether it is ours at all, who is the device, what it carries. */
export class DvripFlow {
  readonly flow: Flow;
  /** The readers of both directions, by side, made when they carry their first bytes. */
  readonly streams: [DvripStream | undefined, DvripStream | undefined] = [undefined, undefined];
  /** Which side is the device; -1 until it is known. */
  deviceSide: Side | -1;
  /** Messages have shown who is the device; until then it is a guess. */
  rolesSettled = false;
  /** Sides that have sent what, by the guess, is the other's to send: bit 0 and bit 1. */
  roleDoubts = 0;
  /** Which side closed first; -1 as long as none has. */
  closedBy: Side | -1 = -1;
  /** How its login messages are numbered; undefined until one of them has shown it. */
  dialect: Dialect | undefined = undefined;
  /** Directions in which something waits for the other one. */
  heldBack = 0;
  /** Something has waited. */
  hasHeldBack = false;
  /** At least one header was found. */
  recognised = false;
  controlMessages = 0;
  /** Control messages that only open a data socket. */
  claims = 0;
  mediaMessages = 0;
  /** Number of the session that the last message with an id belonged to; 0 = none. */
  session = 0;
  sessionId = 0;
  /** The same session; undefined before the first, and of sessions beyond the limit. */
  current: Session | undefined = undefined;
  /** What was said since the flow began, or since the last login, without a session id. */
  login: LoginRequest | undefined = undefined;
  /** Sessions that logged in on this flow: the latest of them (LOGINS_KEPT). */
  readonly logins: Session[] = [];
  /** Sessions that it carries, but for those that are over and were followed by another login. */
  readonly sessions = new Set<Session>();
  /** Pairs requests and answers; made when the first of them comes. */
  exchanges: Exchanges | undefined = undefined;

  /** A session logged in on it. */
  loggedIn(session: Session): void {
    if (this.logins.at(-1) === session) return;
    this.logins.push(session);
    if (this.logins.length > LOGINS_KEPT) this.logins.shift();
  }

  /** A direction has ended, by its FIN or with the capture. */
  streamEnded(side: Side): void {
    const { streams } = this.flow;
    if (this.closedBy !== -1 || !streams[side].finSeen) return;
    // A side that closed behind a hole ends late, and one that said nothing never does.
    const other = side === 0 ? 1 : 0;
    this.closedBy = streams[other].finSeen || isFinAcknowledged(streams[other]) ? other : side;
  }

  /** Holes so far, in both directions. */
  get losses(): number {
    const [a, b] = this.streams;
    return (a?.losses ?? 0) + (b?.losses ?? 0);
  }

  /** Its packets were not captured in the order in which they were sent; so were perhaps those of other flows. */
  get shuffled(): boolean {
    const [a, b] = this.flow.streams;
    return this.hasHeldBack || a.outOfOrderSegments + b.outOfOrderSegments > 0;
  }

  /** Bytes are missing that may yet come, or that will be given up only later. */
  get hasOpenHole(): boolean {
    const [a, b] = this.flow.streams;
    return a.pending.length > 0 || b.pending.length > 0 || a.holeAcknowledged || b.holeAcknowledged;
  }

  constructor(flow: Flow, deviceSide: Side | -1) {
    this.flow = flow;
    this.deviceSide = deviceSide;
  }

  get role(): Role | undefined {
    if (!this.recognised) return undefined;
    if (this.flow.protocol === PROTOCOL_UDP) return 'discovery';
    const control = this.controlMessages > this.claims;
    const media = this.mediaMessages > 0 || this.claims > 0;
    if (control && media) return 'mixed';
    return media ? 'media' : 'control';
  }
}

/** The FIN of the direction comes late, or was never captured: its peer has acknowledged one number behind all bytes. */
function isFinAcknowledged({ holeAcknowledged, acknowledged, next }: StreamDirection): boolean {
  return holeAcknowledged && sequenceDistance(acknowledged, next) === 1;
}
