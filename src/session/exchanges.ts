import type { MessageDefinition } from '../../schemas/registry.ts';
import { describeMessage } from '../../schemas/registry.ts';
import type { Side } from '../reassembly/flow.ts';
import { isDialectal } from './dialect.ts';
import type { Message, Sender } from './message.ts';
import type { Session } from './session.ts';

/** Why a request and its answer may not belong together: one of their kind may be in a hole, or was let go. */
export type PairDoubt = 'gap' | 'evicted';

/** A request, as its answer finds it. */
export interface Asked {
  /** Why nobody can tell whether it was answered; absent where that can be told, and while it is open. */
  readonly doubt?: PairDoubt | undefined;
  /** Number of its message. */
  readonly number: number;
  readonly id: number;
  readonly name: string;
  readonly from: Sender;
  readonly side: Side;
  /** Number of its flow. */
  readonly flow: number;
  readonly sequence: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly firstPacket: number;
  readonly lastPacket: number;
  readonly session: Session | undefined;
}

interface Request extends Asked {
  /** Id of its answer, as the dialect was when it was sent. */
  readonly answerId: number;
  /** Holes in the flow since which its answer, or one that would be taken for it, may be missing; -1 = always. */
  readonly losses: number;
}

/** What was answered last, for answers that come in several messages. */
interface Answered {
  readonly request: Asked;
  readonly answerId: number;
  readonly side: Side;
}

export interface ExchangeEvents {
  /** A request of a flow that has ended got no answer. */
  unanswered(request: Asked): void;
  /** Too many requests waited: the oldest was let go. */
  dropped(): void;
}

const UPGRADE_REQUEST = 1520;
/** §6.2.14 has an answer to it, which hardly any client gives. */
const ALARM_PUSH = 1504;

/**
 * Pairs the requests of one flow with their answers: by the id of the answer and in order. Each side has its own
 * sequence numbers (field notes §4), so these are a hint only: where an id's answers have so far repeated the
 * number of the request, an answer that repeats that of a later request belongs to it.
 */
export class Exchanges {
  readonly #limit: number;
  readonly #events: ExchangeEvents;
  /** In order of sending. */
  readonly #open: Request[] = [];
  /** Ids of answers that repeated the sequence number when only one request could be meant. */
  #echoing: Set<number> | undefined = undefined;
  /** Ids of answers that came before their request could be read: it may come later, or never. */
  #early: Set<number> | undefined = undefined;
  /** Ids of answers to requests that were let go. */
  #letGo: Set<number> | undefined = undefined;
  #answered: Answered | undefined = undefined;
  /** What started the upgrade at hand. */
  #upgrade: Asked | undefined = undefined;

  constructor(limit: number, events: ExchangeEvents) {
    this.#limit = limit;
    this.#events = events;
  }

  /** Sets `asked` and `responseSeconds` of the message, and counts for its session. */
  take(message: Message, session: Session | undefined): void {
    message.asked = undefined;
    message.responseSeconds = undefined;
    message.pairDoubt = undefined;
    const { definition } = message;
    if (definition !== undefined && definition.reply === undefined && definition.replyTo === undefined) {
      // Pushes and media have no answer and are none; progress belongs to the upgrade that was asked for (§5.15.3).
      if (definition.body?.progress === true) message.asked = this.#upgrade;
      return;
    }
    if (definition?.replyTo === undefined && isAsked(message, definition)) this.#ask(message, session);
    else this.#answer(message, session);
  }

  /** The flow has ended, with so many holes: what waits is never answered. */
  end(losses: number): void {
    for (const request of this.#open) {
      countUnanswered(request);
      if (request.id === ALARM_PUSH) continue;
      const doubt = this.#doubtOf(request, losses);
      this.#events.unanswered(doubt === undefined ? request : { ...request, doubt });
    }
    this.#open.length = 0;
  }

  #ask(message: Message, session: Session | undefined): void {
    const { header, definition, number, name, from, side, seconds, nanoseconds, firstPacket, lastPacket } =
      message;
    const id = header.messageId;
    if (this.#open.length >= this.#limit) {
      const oldest = this.#open.shift();
      if (oldest !== undefined) {
        countUnanswered(oldest);
        this.#letGo = this.#note(this.#letGo, oldest.answerId);
      }
      this.#events.dropped();
    }
    const answerId = definition?.reply ?? id + 1;
    const { sequence } = header;
    const flow = message.flow.number;
    const losses = this.#lossesOf(answerId, message);
    const packets = { firstPacket, lastPacket };
    const request: Request = {
      number,
      id,
      name,
      from,
      side,
      flow,
      answerId,
      losses,
      sequence,
      seconds,
      nanoseconds,
      ...packets,
      session,
    };
    if (losses < 0) message.pairDoubt = this.#letGo?.has(answerId) ? 'evicted' : 'gap';
    this.#open.push(request);
    if (id === UPGRADE_REQUEST) this.#upgrade = request;
  }

  #answer(message: Message, session: Session | undefined): void {
    const place = this.#placeOf(message);
    const request = this.#open[place];
    if (request === undefined) {
      this.#unpaired(message, session);
      return;
    }
    this.#open.splice(place, 1);
    message.asked = request;
    const exact =
      this.#echoing?.has(message.header.messageId) && request.sequence === message.header.sequence;
    if (!exact) message.pairDoubt = this.#doubtOf(request, message.dvrip.losses, message.dvrip.hasOpenHole);
    const seconds =
      message.seconds - request.seconds + (message.nanoseconds - request.nanoseconds) / 1_000_000_000;
    message.responseSeconds = Math.max(0, seconds);
    this.#answered = { request, answerId: message.header.messageId, side: message.side };
    (session ?? request.session)?.answered(message.responseSeconds);
  }

  /** Where an older request waits for the same answer, whatever happened to that may make the two change places. */
  #lossesOf(answerId: number, { dvrip }: Message): number {
    if (this.#early?.has(answerId) || this.#letGo?.has(answerId)) return -1;
    let { losses } = dvrip;
    for (const other of this.#open) {
      if (other.answerId === answerId && other.losses < losses) losses = other.losses;
    }
    return losses;
  }

  #doubtOf(request: Request, losses: number, openHole = false): PairDoubt | undefined {
    if (this.#letGo?.has(request.answerId)) return 'evicted';
    return losses > request.losses || openHole ? 'gap' : undefined;
  }

  /** Place of the request that the message answers in the list of those that wait; -1 where there is none. */
  #placeOf(message: Message): number {
    const { messageId, sequence } = message.header;
    const first = this.#open.findIndex((request) => isAnswerTo(message, request));
    const request = this.#open[first];
    if (request === undefined) return -1;
    const later = this.#open.findIndex(
      (other, i) => i > first && other.sequence === sequence && isAnswerTo(message, other),
    );
    if (later !== -1) {
      const lost = message.dvrip.losses > request.losses;
      const echoes = this.#echoing?.has(messageId) || lost;
      return request.sequence !== sequence && echoes ? later : first;
    }
    const alone = !this.#open.some((other, i) => i > first && isAnswerTo(message, other));
    if (alone) this.#noteEcho(messageId, request.sequence === sequence);
    return first;
  }

  #noteEcho(answerId: number, echoes: boolean): void {
    if (echoes) this.#echoing = this.#note(this.#echoing, answerId);
    else this.#echoing?.delete(answerId);
  }

  /** Sets of ids are made when they are needed: there are very many flows. */
  #note(ids: Set<number> | undefined, id: number): Set<number> {
    const noted = ids ?? new Set();
    if (noted.size < this.#limit) noted.add(id);
    return noted;
  }

  /** An answer without a request: the next piece of a file or picture (§3.2), or one that nobody asked for. */
  #unpaired(message: Message, session: Session | undefined): void {
    const last = this.#answered;
    const { definition, header, side } = message;
    const mayContinue = definition !== undefined && definition.carrier !== 'json';
    if (mayContinue && last?.answerId === header.messageId && last.side === side) {
      message.asked = last.request;
    } else if (definition !== undefined || message.ret !== undefined) {
      session?.unasked();
      const { hasOpenHole, flow } = message.dvrip;
      const early = hasOpenHole || !flow.streams[side === 0 ? 1 : 0].started;
      if (early) this.#early = this.#note(this.#early, header.messageId);
      if (early || message.dvrip.losses > 0) message.pairDoubt = 'gap';
      if (this.#letGo?.has(header.messageId)) message.pairDoubt = 'evicted';
    }
  }
}

/** Whether a message that is no known answer asks for one: an unknown id of the client does (field notes §3.1). */
function isAsked(message: Message, definition: MessageDefinition | undefined): boolean {
  return definition !== undefined || message.from === 'client';
}

function isAnswerTo(message: Message, request: Request): boolean {
  if (request.side === message.side) return false;
  const { messageId } = message.header;
  if (!isDialectal(request.id)) return request.answerId === messageId;
  // The flow may have shown its dialect after the request.
  return (
    (describeMessage(message.dialect, request.id, 'client')?.reply ?? request.answerId) === messageId ||
    request.answerId === messageId
  );
}

/** Hardly any client answers an alarm, and nobody misses it. */
function countUnanswered(request: Asked): void {
  if (request.id !== ALARM_PUSH) request.session?.unanswered();
}
