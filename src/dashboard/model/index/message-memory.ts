import type { Finding } from '../../../../dissectors/core/finding.ts';
import { Header } from '../../../../dissectors/dvrip/header.ts';
import { JSON_LIMITS, type JsonLimits } from '../../../../dissectors/dvrip/json-limits.ts';
import { parseJsonBody } from '../../../../dissectors/dvrip/text.ts';
import { type Dialect, describeMessage } from '../../../../schemas/registry.ts';
import { Flow } from '../../../reassembly/flow.ts';
import { DvripFlow } from '../../../session/dvrip-flow.ts';
import type { Asked } from '../../../session/exchanges.ts';
import { Message, NO_FINDINGS } from '../../../session/message.ts';
import { Session } from '../../../session/session.ts';
import type { BodySpool } from './body-spool.ts';
import type { FlowIndex } from './flow-index.ts';
import type { MessageIndex } from './message-index.ts';
import { BODY_LOST, FLAG, NO_BODY } from './message-page.ts';

const NO_BYTES = Buffer.alloc(0);
/** Flows whose message views are kept for the next message of theirs. */
const VIEWS = 256;

/** What is rare about a message, kept beside its body. */
interface Notes {
  readonly findings?: readonly Finding[];
  readonly missing?: number;
  readonly cut?: number;
}

/** Remembers messages, and makes them again as the analysis showed them. */
export class MessageMemory {
  readonly index: MessageIndex;
  readonly spool: BodySpool;
  readonly #flows: FlowIndex;
  readonly #sessions: (number: number) => Session | undefined;
  readonly #limits: JsonLimits;
  readonly #views = new Map<number, Message>();

  constructor(
    index: MessageIndex,
    spool: BodySpool,
    flows: FlowIndex,
    sessions: (number: number) => Session | undefined,
    limits: JsonLimits = JSON_LIMITS,
  ) {
    this.#limits = limits;
    this.index = index;
    this.spool = spool;
    this.#flows = flows;
    this.#sessions = sessions;
  }

  /** Remembers a message; answers where in the spool its body and its findings are, undefined where nowhere. */
  add(message: Message): number | undefined {
    const { findings, missing, cut, media, body, bodyStart } = message;
    const bodyEnd = media ? bodyStart : message.bodyEnd;
    const plain = findings.length === 0 && missing === 0 && cut === 0;
    let at: number | undefined = NO_BODY;
    if (!plain || bodyEnd > bodyStart) {
      const notes: Notes = { findings, missing, cut };
      at = this.spool.add(plain ? '' : JSON.stringify(notes), body, bodyStart, bodyEnd);
    }
    this.index.add(message, at);
    return at;
  }

  /** The message without body and findings: all that its columns know. The view is good until the next call. */
  columns(number: number): Message {
    const { index } = this;
    const page = index.page(number);
    const row = index.rowOf(number);
    const flags = page.flags[row] ?? 0;
    const message = this.#view(page.flow[row] ?? 0);
    message.number = number;
    message.seconds = page.seconds[row] ?? 0;
    message.nanoseconds = page.nanoseconds[row] ?? 0;
    message.side = (flags & FLAG.side1) !== 0 ? 1 : 0;
    message.from = (flags & FLAG.device) !== 0 ? 'device' : 'client';
    const { header } = message;
    const at = row * 5;
    header.version = page.header[at] ?? 0;
    header.reserved1 = page.header[at + 1] ?? 0;
    header.reserved2 = page.header[at + 2] ?? 0;
    header.byte12 = page.header[at + 3] ?? 0;
    header.byte13 = page.header[at + 4] ?? 0;
    header.sessionId = page.sessionId[row] ?? 0;
    header.sequence = page.sequence[row] ?? 0;
    header.messageId = page.id[row] ?? 0;
    header.bodyLength = page.length[row] ?? 0;
    message.length = header.bodyLength;
    message.dialect = (flags & FLAG.specDialect) !== 0 ? 'spec' : 'field';
    message.name = index.nameOf(number);
    message.definition = definitionOf(message.dialect, header.messageId, message.from, message.name);
    message.media = (flags & FLAG.media) !== 0;
    message.fragments = (flags & FLAG.fragmented) !== 0 ? header.byte12 : 1;
    message.valid = (flags & FLAG.valid) !== 0;
    message.encrypted = (flags & FLAG.encrypted) !== 0;
    const session = (flags & FLAG.beforeLogin) !== 0 ? 0 : (page.session[row] ?? 0);
    message.belongsTo = session === 0 ? undefined : (this.#sessions(session) ?? letGo(session, message));
    const request = page.replyTo[row] ?? 0;
    message.asked = request === 0 ? undefined : this.#asked(request, message);
    message.ret = present(page.ret[row]);
    message.responseSeconds = present(page.response[row]);
    message.lastPacket = page.lastPacket[row] ?? 0;
    message.firstPacket = message.lastPacket - (page.packetSpan[row] ?? 0);
    message.body = NO_BYTES;
    message.bodyStart = message.bodyEnd = 0;
    message.content = undefined;
    message.findings = NO_FINDINGS;
    message.missing = message.cut = 0;
    return message;
  }

  /** The whole message, as far as its body was kept; see `isLost`. The view is good until the next call. */
  whole(number: number): Message {
    const message = this.columns(number);
    const page = this.index.page(number);
    const row = this.index.rowOf(number);
    const at = page.bodyAt[row] ?? NO_BODY;
    if (at === BODY_LOST) return message;
    if (at !== NO_BODY) {
      const record = this.spool.read(at);
      if (record === undefined) return message;
      const notes = record.notes === '' ? {} : (JSON.parse(record.notes) as Notes);
      message.findings = notes.findings ?? NO_FINDINGS;
      message.missing = notes.missing ?? 0;
      message.cut = notes.cut ?? 0;
      message.body = record.body;
      message.bodyEnd = record.body.length;
    }
    if (((page.flags[row] ?? 0) & FLAG.content) !== 0) {
      message.content = parseJsonBody(message.body, 0, message.bodyEnd, this.#limits);
    }
    return message;
  }

  /** Why the body of a control message cannot be shown; undefined where it can. */
  lost(number: number): string | undefined {
    const at = this.index.page(number).bodyAt[this.index.rowOf(number)] ?? NO_BODY;
    if (at === NO_BODY) return undefined;
    if (at !== BODY_LOST && this.spool.read(at) !== undefined) return undefined;
    if (at !== BODY_LOST && at < this.spool.keptFrom) return 'it made room for newer ones';
    return this.spool.failure ?? 'there is no room for so much';
  }

  /** The request that `answer` is the answer to; of one that is gone from the index, its number alone is right. */
  #asked(number: number, answer: Message): Asked {
    const { index } = this;
    const there = index.has(number);
    const page = there ? index.page(number) : undefined;
    const row = there ? index.rowOf(number) : 0;
    const flags = page?.flags[row] ?? 0;
    const lastPacket = page?.lastPacket[row] ?? 0;
    return {
      number,
      id: page?.id[row] ?? 0,
      name: there ? index.nameOf(number) : '',
      from: answer.from === 'device' ? 'client' : 'device',
      side: (flags & FLAG.side1) !== 0 ? 1 : 0,
      flow: page?.flow[row] ?? answer.flow.number,
      sequence: page?.sequence[row] ?? 0,
      seconds: page?.seconds[row] ?? 0,
      nanoseconds: page?.nanoseconds[row] ?? 0,
      firstPacket: lastPacket - (page?.packetSpan[row] ?? 0),
      lastPacket,
      session: answer.belongsTo,
    };
  }

  #view(flow: number): Message {
    let view = this.#views.get(flow);
    if (view === undefined) {
      const ends = this.#flows.get(flow)?.ends ?? unknownFlow(flow);
      view = new Message(new DvripFlow(ends, -1));
      view.header = new Header();
      if (this.#views.size >= VIEWS) this.#views.clear();
      this.#views.set(flow, view);
    }
    return view;
  }
}

function present(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** As MessageNames tells it: 1000 of the `spec` dialect is named by its body (§6.2.1). */
function definitionOf(dialect: Dialect, id: number, from: 'client' | 'device', name: string) {
  const definition = describeMessage(dialect, id, from);
  if (definition === undefined || definition.name === name) return definition;
  const other = describeMessage(dialect, id, from === 'client' ? 'device' : 'client');
  return other?.name === name ? other : definition;
}

/** A session that is not kept any more: its number alone is right. */
function letGo(number: number, message: Message): Session {
  return new Session(number, message.header.sessionId, '', message.flow, 0, message);
}

/** A flow beyond those that are remembered: its messages have no addresses. */
function unknownFlow(number: number): Flow {
  return new Flow(number, 6, new Uint8Array(8), [0, 0], [0, 0, 0, 0, 0, 0, 0, 0], 0);
}
