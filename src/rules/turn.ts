import type { PieceOrder } from '../../dissectors/dvrip/fragments.ts';
import type { Header } from '../../dissectors/dvrip/header.ts';
import type { Dialect } from '../../schemas/registry.ts';
import { PROTOCOL_TCP } from '../reassembly/flow.ts';
import type { DvripFlow } from '../session/dvrip-flow.ts';
import type { Asked, PairDoubt } from '../session/exchanges.ts';
import type { Message, Sender } from '../session/message.ts';
import type { Session } from '../session/session.ts';
import { isWhole } from './scope.ts';

/** A JSON object as it came. */
export type Body = Readonly<Record<string, unknown>>;

/** One end of a flow as rules know it. */
export interface TurnFlow {
  /** As `flows` numbers it. */
  readonly number: number;
  readonly protocol: 'tcp' | 'udp';
  /** By side, as `Turn.side` counts. */
  readonly ports: readonly [number, number];
  /** The device opened the connection (active registration, §4.1.2); undefined where the capture does not show it. */
  readonly deviceOpened: boolean | undefined;
  /** Sessions that logged in on it. */
  readonly logins: readonly Session[];
  /** Its beginning was captured, in both directions. */
  readonly fromStart: boolean;
  /** All that was sent on it so far was captured, in both directions: what did not come was not said. */
  readonly whole: boolean;
  /** Its packets were not captured in the order in which they were sent; so were perhaps those of other flows. */
  readonly shuffled: boolean;
  /** Whether its client has the address of the client that logged in to a session. */
  isFromHostOf(session: Session): boolean;
}

/**
 * One message as rules see it: values, no bytes. A view that is filled anew for each message; what a rule keeps
 * of it, it copies.
 */
export interface Turn {
  /** As `messages` numbers it. */
  readonly number: number;
  /** Capture time in seconds since 1970, as far as a double carries it (a quarter of a microsecond). */
  readonly time: number;
  readonly from: Sender;
  /** Messages have shown who is who; until then `from` is a guess, by the port. */
  readonly rolesKnown: boolean;
  /** Side of the flow that sent it. */
  readonly side: 0 | 1;
  readonly name: string;
  readonly dialect: Dialect;
  /** The header's fields; `byte12` and `byte13` are Total/Cur Packet (§3.1) or Channel/EndFlag (§3.2). */
  readonly header: Readonly<Header>;
  /** Bytes of the body; of all packets together where there are several. */
  readonly length: number;
  /** Packets that it was sent in (Total Packet), else 1. */
  readonly fragments: number;
  /** How these came; undefined where there is one only. */
  readonly pieces: PieceOrder | undefined;
  /** Its body is media, firmware or a picture. */
  readonly media: boolean;
  /** Every byte of it was captured. */
  readonly complete: boolean;
  readonly encrypted: boolean;
  /** The id is in the table of §6.2, in the field notes, or in neither. */
  readonly known: boolean;
  /** The JSON object of its body; an empty one where there is none. */
  readonly body: Body;
  /** The body was read as JSON, or is empty and may be. */
  readonly readable: boolean;
  readonly ret: number | undefined;
  /** The request that it answers. */
  readonly asked: Asked | undefined;
  /** Why nobody can tell which request it answers, or, of a request, which answer belongs to it. */
  readonly pairDoubt: PairDoubt | undefined;
  /** Seconds since that request; undefined for what is no answer, and for later pieces of one. */
  readonly responseSeconds: number | undefined;
  readonly session: Session | undefined;
  readonly flow: TurnFlow;
  /** Holes so far in what this side sent on the flow: between two turns with the same number nothing was lost. */
  readonly losses: number;
  /** What a rule keeps of it, to point to it later. */
  cite(): Asked;
}

const NO_BODY: Body = {};

/** The flow of the turn at hand: looked up only when a rule asks. */
class FlowView implements TurnFlow {
  dvrip: DvripFlow | undefined = undefined;

  get number(): number {
    return this.dvrip?.flow.number ?? 0;
  }

  get protocol(): 'tcp' | 'udp' {
    return this.dvrip?.flow.protocol === PROTOCOL_TCP ? 'tcp' : 'udp';
  }

  get ports(): readonly [number, number] {
    return [this.dvrip?.flow.port0 ?? 0, this.dvrip?.flow.port1 ?? 0];
  }

  get deviceOpened(): boolean | undefined {
    const { flow, deviceSide } = this.dvrip ?? {};
    if (flow?.clientKnown !== true || deviceSide === undefined || deviceSide === -1) return undefined;
    return flow.client === deviceSide;
  }

  get logins(): readonly Session[] {
    return this.dvrip?.logins ?? [];
  }

  get fromStart(): boolean {
    const [a, b] = this.dvrip?.flow.streams ?? [];
    return a?.synSeen === true && b?.synSeen === true;
  }

  get whole(): boolean {
    return this.dvrip !== undefined && isWhole(this.dvrip);
  }

  get shuffled(): boolean {
    return this.dvrip?.shuffled === true;
  }

  isFromHostOf({ client }: Session): boolean {
    const { flow, deviceSide } = this.dvrip ?? {};
    if (flow === undefined) return false;
    const side = deviceSide === undefined || deviceSide === -1 ? flow.server : deviceSide;
    return Buffer.compare(flow.address(side === 0 ? 1 : 0), client.address) === 0;
  }
}

/** The view that the engine fills. */
export class TurnView implements Turn {
  session: Session | undefined = undefined;
  readonly flow = new FlowView();
  #cited: Asked | undefined = undefined;
  /** The message that it shows. */
  message: Message;

  constructor(message: Message) {
    this.message = message;
  }

  // Read when a rule asks: of media, which is nearly all there is, rules ask little.

  get number(): number {
    return this.message.number;
  }

  get from(): Sender {
    return this.message.from;
  }

  get side(): 0 | 1 {
    return this.message.side;
  }

  get name(): string {
    return this.message.name;
  }

  get dialect(): Dialect {
    return this.message.dialect;
  }

  get length(): number {
    return this.message.length;
  }

  get fragments(): number {
    return this.message.fragments;
  }

  get media(): boolean {
    return this.message.media;
  }

  get encrypted(): boolean {
    return this.message.encrypted;
  }

  get ret(): number | undefined {
    return this.message.ret;
  }

  get asked(): Asked | undefined {
    return this.message.asked;
  }

  get pairDoubt(): PairDoubt | undefined {
    return this.message.pairDoubt;
  }

  get responseSeconds(): number | undefined {
    return this.message.responseSeconds;
  }

  get losses(): number {
    return this.message.losses;
  }

  get time(): number {
    return this.message.seconds + this.message.nanoseconds / 1e9;
  }

  get complete(): boolean {
    const { missing, cut, pieces } = this.message;
    return missing + cut === 0 && (pieces === undefined || pieces.state === 'whole');
  }

  get readable(): boolean {
    const { content } = this.message;
    return content?.kind === 'json' || content?.kind === 'empty';
  }

  get body(): Body {
    const { content } = this.message;
    return content?.kind === 'json' && isObject(content.value) ? content.value : NO_BODY;
  }

  get header(): Readonly<Header> {
    return this.message.header;
  }

  get pieces(): PieceOrder | undefined {
    return this.message.pieces;
  }

  get rolesKnown(): boolean {
    // A datagram tells by itself.
    return this.message.dvrip.rolesSettled || this.message.flow.protocol !== 6;
  }

  get known(): boolean {
    return this.message.definition !== undefined;
  }

  cite(): Asked {
    // Several rules keep the same request.
    if (this.#cited !== undefined) return this.#cited;
    const { header, number, name, from, side, seconds, nanoseconds, firstPacket, lastPacket } = this.message;
    const { messageId: id, sequence } = header;
    const flow = this.message.flow.number;
    const session = this.message.belongsTo;
    this.#cited = {
      number,
      id,
      name,
      from,
      side,
      flow,
      sequence,
      seconds,
      nanoseconds,
      firstPacket,
      lastPacket,
      session,
    };
    return this.#cited;
  }

  fill(message: Message, session: Session | undefined): void {
    this.#cited = undefined;
    this.message = message;
    this.flow.dvrip = message.dvrip;
    this.session = session;
  }
}

/** A member of a body, by its path; undefined where it is not there. Keys are those of the object itself. */
export function member(body: unknown, ...path: readonly string[]): unknown {
  let at = body;
  for (const key of path) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

export function textMember(body: unknown, ...path: readonly string[]): string | undefined {
  const value = member(body, ...path);
  return typeof value === 'string' ? value : undefined;
}

export function numberMember(body: unknown, ...path: readonly string[]): number | undefined {
  const value = member(body, ...path);
  return typeof value === 'number' ? value : undefined;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
