import type { Finding } from '../../dissectors/core/finding.ts';
import type { PieceOrder } from '../../dissectors/dvrip/fragments.ts';
import { Header } from '../../dissectors/dvrip/header.ts';
import type { JsonBody } from '../../dissectors/dvrip/text.ts';
import type { Dialect, MessageDefinition } from '../../schemas/registry.ts';
import type { Flow, Side } from '../reassembly/flow.ts';
import type { DvripFlow } from './dvrip-flow.ts';
import type { Asked, PairDoubt } from './exchanges.ts';
import type { Session } from './session.ts';

export type Sender = 'client' | 'device';

export const NO_FINDINGS: readonly Finding[] = [];
const NO_BYTES = Buffer.alloc(0);

interface NamedFor {
  /** -1: of no media. */
  id: number;
  deviceSide: Side | -1;
  dialect: Dialect | undefined;
}

/** One DVRIP message: a view that is filled anew for each; nothing of it may be kept beyond the call. */
export class Message {
  readonly flow: Flow;
  readonly dvrip: DvripFlow;

  /** 1, 2, … in the order in which messages became complete. */
  number = 0;
  /** Capture time of the record that completed it. */
  seconds = 0;
  nanoseconds = 0;
  side: Side = 0;
  from: Sender = 'client';
  header: Header = new Header();
  definition: MessageDefinition | undefined = undefined;
  /** How the login messages are numbered, as far as the flow has shown. */
  dialect: Dialect = 'field';
  name = '';
  media = false;
  /** Length of the body on the wire; of all pieces together where there are several. */
  length = 0;
  /** Number of packets that it was sent in (Total Packet), else 1. */
  fragments = 1;
  /** How these came; undefined for a message in one packet. */
  pieces: PieceOrder | undefined = undefined;
  /** Body of a control message: `body[bodyStart … bodyEnd)`, without what was not captured. */
  body: Uint8Array = NO_BYTES;
  bodyStart = 0;
  bodyEnd = 0;
  /** Which record carried which bytes of the body (KeptBody); undefined where the bytes are not those of the wire. */
  bodyRuns: readonly number[] | undefined = undefined;
  /** What the body says; absent for media and for bodies that are no text. */
  content: JsonBody | undefined = undefined;
  /** Return code in the body. */
  ret: number | undefined = undefined;
  /** The body was encrypted on the wire; `body` and `content` are plain where a key opened it. */
  encrypted = false;
  missing = 0;
  cut = 0;
  valid = true;
  /** The session it belongs to; undefined for none, and for those beyond the limit. */
  belongsTo: Session | undefined = undefined;
  /** The request that it answers. */
  asked: Asked | undefined = undefined;
  /** Why nobody can tell which request it answers, or, of a request, which answer belongs to it. */
  pairDoubt: PairDoubt | undefined = undefined;
  /** Time from the request to this answer; absent for what is no answer, and for later pieces of one. */
  responseSeconds: number | undefined = undefined;
  /** Holes so far in what its side sent: bytes that were never captured, or that belong to no message. */
  losses = 0;
  firstPacket = 0;
  lastPacket = 0;
  findings: readonly Finding[] = NO_FINDINGS;
  /** What the present `from`, `definition` and `name` were made of, where they are those of media. */
  readonly named: NamedFor = { id: -1, deviceSide: -1, dialect: undefined };

  constructor(dvrip: DvripFlow) {
    this.flow = dvrip.flow;
    this.dvrip = dvrip;
  }

  /** Number of its session; 0 = none. */
  get session(): number {
    return this.belongsTo?.number ?? 0;
  }

  /** Number of the message whose request it answers; 0 = none. */
  get replyTo(): number {
    return this.asked?.number ?? 0;
  }
}
