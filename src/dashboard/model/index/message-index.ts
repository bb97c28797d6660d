import { repeats } from '../../../report/ladder/repeats.ts';
import type { Severity } from '../../../rules/catalogue.ts';
import type { Message } from '../../../session/message.ts';
import { BODY_LOST, FLAG, MessagePage, PAGE_ROWS, SEVERITY_SHIFT } from './message-page.ts';
import { rankOf, worstRank } from './severity.ts';

/** Most names that are told apart; there are some hundreds of message ids. */
const NAMES = 65_535;

/**
 * What is remembered of every message: a row of plain numbers, by its number. Pages of the oldest messages are let
 * go when there are too many, or when the index is cleared.
 */
export class MessageIndex {
  /** Number of the first message that is still there; of the next one that will come. */
  first = 1;
  next = 1;
  /** Messages that made room for others. */
  evicted = 0;
  readonly #most: number;
  #pages: MessagePage[] = [];
  /** The last page that was let go, for the next one: all of a row is written when it is used. */
  #spare: MessagePage | undefined = undefined;
  /** Messages before the first page, always whole pages; numbers count from 1. */
  #offset = 0;
  readonly #names: string[] = [];
  readonly #places = new Map<string, number>();

  /** @param most messages kept */
  constructor(most: number) {
    this.#most = Math.max(most, PAGE_ROWS);
  }

  has(number: number): boolean {
    return number >= this.first && number < this.next;
  }

  /** The page of a message that is there; its row is `rowOf(number)`. */
  page(number: number): MessagePage {
    const page = this.#pages[Math.floor((number - 1 - this.#offset) / PAGE_ROWS)];
    if (page === undefined) throw new RangeError(`message ${number} is not in the index`);
    return page;
  }

  rowOf(number: number): number {
    return (number - 1) % PAGE_ROWS;
  }

  nameOf(number: number): string {
    return this.#names[this.page(number).name[this.rowOf(number)] ?? 0] ?? '';
  }

  /** Remembers a message. `bodyAt` is where its body and what else is rare about it was put, as MessagePage has it. */
  add(message: Message, bodyAt: number | undefined): void {
    const { number, header, media } = message;
    const page = this.#pageFor(number);
    const row = this.rowOf(number);
    page.seconds[row] = message.seconds;
    page.nanoseconds[row] = message.nanoseconds;
    page.flow[row] = message.flow.number;
    page.session[row] = message.session;
    page.id[row] = header.messageId;
    page.name[row] = this.#nameOf(message.name);
    let flags = worstRank(message.findings) << SEVERITY_SHIFT;
    if (message.side === 1) flags |= FLAG.side1;
    if (message.from === 'device') flags |= FLAG.device;
    if (message.dialect === 'spec') flags |= FLAG.specDialect;
    if (media) flags |= FLAG.media;
    if (message.valid) flags |= FLAG.valid;
    if (message.encrypted) flags |= FLAG.encrypted;
    if (message.fragments > 1) flags |= FLAG.fragmented;
    if (message.content !== undefined) flags |= FLAG.content;
    if (repeats(message)) flags |= FLAG.repeats;
    page.flags[row] = flags;
    page.sessionId[row] = header.sessionId;
    page.sequence[row] = header.sequence;
    page.length[row] = message.length;
    const at = row * 5;
    page.header[at] = header.version;
    page.header[at + 1] = header.reserved1;
    page.header[at + 2] = header.reserved2;
    page.header[at + 3] = header.byte12;
    page.header[at + 4] = header.byte13;
    page.ret[row] = message.ret ?? Number.NaN;
    page.response[row] = message.responseSeconds ?? Number.NaN;
    page.replyTo[row] = message.replyTo;
    page.answer[row] = 0;
    page.lastPacket[row] = message.lastPacket;
    page.packetSpan[row] = message.lastPacket - message.firstPacket;
    page.bodyAt[row] = bodyAt ?? BODY_LOST;
    if (message.replyTo !== 0 && this.has(message.replyTo)) this.#answer(message.replyTo, number);
  }

  /** What was said before the login belongs to the session that it made. */
  adopt(number: number, session: number): void {
    if (!this.has(number)) return;
    const page = this.page(number);
    const row = this.rowOf(number);
    page.session[row] = session;
    page.flags[row] = (page.flags[row] ?? 0) | FLAG.beforeLogin;
  }

  /** Something was found in a message after the fact. */
  mark(number: number, severity: Severity): void {
    if (!this.has(number)) return;
    const page = this.page(number);
    const row = this.rowOf(number);
    const flags = page.flags[row] ?? 0;
    if (rankOf(severity) <= flags >> SEVERITY_SHIFT) return;
    page.flags[row] = (flags & ((1 << SEVERITY_SHIFT) - 1)) | (rankOf(severity) << SEVERITY_SHIFT);
  }

  /** Rank of the gravest finding of a message; 0 without any. */
  worstRank(number: number): number {
    return this.has(number) ? (this.page(number).flags[this.rowOf(number)] ?? 0) >> SEVERITY_SHIFT : 0;
  }

  /** Forgets all messages so far; those that follow keep counting. */
  clear(): void {
    this.first = this.next;
    this.#dropPages();
  }

  #pageFor(number: number): MessagePage {
    if (number !== this.next) throw new RangeError(`message ${number} is out of turn`);
    this.next = number + 1;
    const place = (number - 1 - this.#offset) / PAGE_ROWS;
    if (place === this.#pages.length) {
      this.#pages.push(this.#spare ?? new MessagePage());
      this.#spare = undefined;
    }
    if (this.next - this.first > this.#most) {
      this.first += PAGE_ROWS;
      this.evicted += PAGE_ROWS;
      this.#dropPages();
    }
    return this.page(number);
  }

  #dropPages(): void {
    const whole = Math.floor((this.first - 1 - this.#offset) / PAGE_ROWS);
    if (whole <= 0) return;
    this.#spare = this.#pages[whole - 1];
    this.#pages = this.#pages.slice(whole);
    this.#offset += whole * PAGE_ROWS;
  }

  #answer(request: number, number: number): void {
    const page = this.page(request);
    const row = this.rowOf(request);
    if (page.answer[row] === 0) page.answer[row] = number;
  }

  #nameOf(name: string): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      // An id without a name has its number for one: there may be as many as there are ids.
      place = Math.min(this.#names.length, NAMES);
      this.#names[place] = name;
      this.#places.set(name, place);
    }
    return place;
  }
}
