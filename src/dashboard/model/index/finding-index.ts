import type { Severity } from '../../../rules/catalogue.ts';
import { NumberList } from './number-list.ts';
import { rankOf } from './severity.ts';

/** The finding is a spool record of its own, not one of those in the record of its message. */
export const OWN_RECORD = 0xffff;

/** Findings that may have been made since a connection said its first words. */
const LATELY = 1024;

/** What is remembered of a finding. */
export interface FoundHere {
  readonly rule: string;
  readonly severity: Severity;
  /** 0 = none. */
  readonly message: number;
  readonly flow: number;
  readonly session: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Place in the spool; undefined where it could not be put there. */
  readonly detailAt: number | undefined;
  /** Place among the findings of its message, or OWN_RECORD. */
  readonly ordinal: number;
}

export interface RuleCount {
  readonly rule: string;
  readonly severity: Severity;
  count: number;
  /** Numbers of its first and its last finding; 0 where it was not listed. */
  first: number;
  last: number;
}

/** Every finding as a row of numbers, by its number; what it says in words is made from the spool when it is looked at. */
export class FindingIndex {
  /** Numbers below were cleared away, or made room. */
  first = 1;
  /** Findings that made room for newer ones: they are counted, but not listed any more. */
  left = 0;
  readonly counts = { error: 0, warning: 0, note: 0 };
  /** By rule, in the order in which they were first broken. */
  readonly rules: RuleCount[] = [];
  /** Distinct severities of one rule are counted apart: a rule may be graver here than there. */
  readonly #places = new Map<string, number>();
  readonly #most: number;
  /** Numbers given to those that are gone. */
  #base = 0;
  #rule = new NumberList();
  #message = new NumberList();
  #flow = new NumberList();
  #session = new NumberList();
  /** Seconds may be negative or beyond 2^32, places beyond 2^32: as two numbers each. */
  readonly #times: number[] = [];
  readonly #details: number[] = [];
  #nanoseconds = new NumberList();
  #ordinal = new NumberList();
  /** Numbers of those that do not stand any more. */
  readonly #takenBack = new Set<number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Number of the next finding. */
  get next(): number {
    return this.#base + this.#rule.length + 1;
  }

  add(found: FoundHere): void {
    this.counts[found.severity] += 1;
    const rule = this.#ruleOf(found.rule, found.severity);
    const count = this.rules[rule];
    if (count !== undefined) count.count += 1;
    if (this.#rule.length >= this.#most) this.#dropOldest(Math.ceil(this.#most / 4));
    const number = this.next;
    this.#rule.push(rule);
    this.#message.push(found.message);
    this.#flow.push(found.flow);
    this.#session.push(found.session);
    this.#times.push(found.seconds);
    this.#nanoseconds.push(found.nanoseconds);
    this.#details.push(found.detailAt ?? -1);
    this.#ordinal.push(found.ordinal);
    if (count === undefined) return;
    if (count.first === 0) count.first = number;
    count.last = number;
  }

  has(number: number): boolean {
    return number >= this.first && number < this.next;
  }

  ruleAt(number: number): RuleCount {
    const count = this.rules[this.#rule.at(number - 1 - this.#base)];
    if (count === undefined) throw new RangeError(`finding ${number} is not in the index`);
    return count;
  }

  /** Place of its rule in `rules`. */
  rulePlace(number: number): number {
    return this.#rule.at(number - 1 - this.#base);
  }

  messageOf(number: number): number {
    return this.#message.at(number - 1 - this.#base);
  }

  flowOf(number: number): number {
    return this.#flow.at(number - 1 - this.#base);
  }

  sessionOf(number: number): number {
    return this.#session.at(number - 1 - this.#base);
  }

  at(number: number): FoundHere {
    const place = number - 1 - this.#base;
    const { rule, severity } = this.ruleAt(number);
    const detailAt = this.#details[place] ?? -1;
    return {
      rule,
      severity,
      message: this.#message.at(place),
      flow: this.#flow.at(place),
      session: this.#session.at(place),
      seconds: this.#times[place] ?? 0,
      nanoseconds: this.#nanoseconds.at(place),
      detailAt: detailAt === -1 ? undefined : detailAt,
      ordinal: this.#ordinal.at(place),
    };
  }

  /** What seemed to be missing may have been dropped: the finding stays in the list, but no longer counts. */
  takeBack(number: number): void {
    if (!this.has(number) || this.#takenBack.has(number)) return;
    this.#takenBack.add(number);
    const count = this.ruleAt(number);
    count.count -= 1;
    this.counts[count.severity] -= 1;
  }

  isTakenBack(number: number): boolean {
    return this.#takenBack.has(number);
  }

  /** What was said before the login belongs to the session that it made: it was found lately. */
  adopt(message: number, session: number): void {
    const until = Math.max(0, this.#message.length - LATELY);
    for (let place = this.#message.length - 1; place >= until; place--) {
      if (this.#message.at(place) === message) this.#session.set(place, session);
    }
  }

  /** Forgets the findings so far, and their counts. */
  clear(): void {
    this.#base = this.next - 1;
    this.first = this.#base + 1;
    this.#rule = new NumberList();
    this.#message = new NumberList();
    this.#flow = new NumberList();
    this.#session = new NumberList();
    this.#nanoseconds = new NumberList();
    this.#ordinal = new NumberList();
    this.#times.length = 0;
    this.#details.length = 0;
    this.#takenBack.clear();
    this.counts.error = this.counts.warning = this.counts.note = 0;
    this.rules.length = 0;
    this.#places.clear();
    this.left = 0;
  }

  #dropOldest(count: number): void {
    for (const list of [
      this.#rule,
      this.#message,
      this.#flow,
      this.#session,
      this.#nanoseconds,
      this.#ordinal,
    ]) {
      list.dropFirst(count);
    }
    this.#times.splice(0, count);
    this.#details.splice(0, count);
    this.#base += count;
    this.first = this.#base + 1;
    this.left += count;
    for (const number of this.#takenBack) if (number < this.first) this.#takenBack.delete(number);
  }

  #ruleOf(rule: string, severity: Severity): number {
    const key = `${rankOf(severity)}${rule}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.rules.length;
      this.rules.push({ rule, severity, count: 0, first: 0, last: 0 });
      this.#places.set(key, place);
    }
    return place;
  }
}
