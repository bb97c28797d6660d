import type { Sender } from '../session/message.ts';
import { type FindingPlace, RevocableFindings } from './revocable-findings.ts';
import type { Doubt, Severity } from './rule.ts';

/** One breach that is kept to be shown. Strings may hold what a capture holds: reports make them safe. */
export interface Sample {
  /** Number of the message; 0 where the breach belongs to none. */
  readonly message: number;
  /** The lowest and the highest record number that carry it; [0, 0] where unknown. */
  readonly packets: readonly [first: number, last: number];
  readonly flow: number;
  /** 0 = none. */
  readonly session: number;
  /** Capture time. */
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly text: string;
  /** RFC 6901 JSON pointer, and where that is in the body: byte offset and length, line and column from 1. */
  readonly pointer?: string;
  readonly offset?: number;
  readonly length?: number;
  readonly line?: number;
  readonly column?: number;
}

/** What makes breaches the same for who mends them: the rule, the message, who sent it, the place in its body. */
export interface Subject {
  readonly rule: string;
  readonly severity: Severity;
  /** Undefined where the breach belongs to no one message. */
  readonly messageId: number | undefined;
  readonly name: string | undefined;
  readonly from: Sender | undefined;
  /** RFC 6901 JSON pointer with `*` for each index; undefined where the breach concerns the message as a whole. */
  readonly place: string | undefined;
  /** Address of the device, 4 or 16 bytes: where somebody excuses breaches of the rule device by device, and it is known. */
  readonly device?: Uint8Array | undefined;
}

/** Why a breach does not count: somebody has waived it, or it is in the baseline. */
export type Excuse =
  | {
      readonly kind: 'waived';
      readonly reason: string;
      readonly owner: string;
      readonly expires: string;
      /** Address of the device for which alone it is, as somebody wrote it. */
      readonly device?: string;
    }
  | { readonly kind: 'known' };

/** All breaches of one subject. */
export interface FindingGroup {
  readonly subject: Subject;
  /** Something is missing, rather than wrong. */
  readonly missing: boolean;
  readonly excuse: Excuse | undefined;
  count: number;
  /** The first of them. */
  readonly samples: Sample[];
}

/** What a rule came to, over everything so far. */
export interface Tally {
  /** Times it was exercised and could be judged. */
  checked: number;
  violations: number;
  /** Of the violations, those that somebody has waived, and those in the baseline. */
  waived: number;
  known: number;
  /** Times it was exercised and could not be judged, by reason. */
  readonly doubts: Map<Doubt, number>;
}

export type Verdict = 'pass' | 'fail' | 'not-observed' | 'inconclusive' | 'waived';

export interface LedgerLimits {
  /** Kinds of findings kept apart; of later ones only the rule's count grows. */
  readonly findingGroups: number;
  /** Findings of each kind kept to be shown. */
  readonly samplesPerGroup: number;
}

/** What was found: counted for ever, kept in samples. A million findings take no more room than a thousand. */
export class Ledger {
  readonly groups = new Map<string, FindingGroup>();
  /** Findings whose kind is not kept, because the limit was reached. */
  leftOut = 0;
  readonly #tallies = new Map<string, Tally>();
  /** Of those that are left out: rule and excuse. */
  readonly #left = new Map<string, FindingPlace>();
  readonly #revocable = new RevocableFindings();
  readonly #limits: LedgerLimits;
  readonly #excuse: (subject: Subject) => Excuse | undefined;
  /** Rules whose breaches are excused device by device: of these alone a subject has to tell the device. */
  readonly perDevice: ReadonlySet<string>;

  /** @param excuse says whether the findings of a kind are waived or known */
  constructor(
    limits: LedgerLimits,
    excuse: (subject: Subject) => Excuse | undefined,
    perDevice: ReadonlySet<string> = new Set(),
  ) {
    this.#limits = limits;
    this.#excuse = excuse;
    this.perDevice = perDevice;
  }

  tally(rule: string): Tally {
    let tally = this.#tallies.get(rule);
    if (tally === undefined) {
      tally = { checked: 0, violations: 0, waived: 0, known: 0, doubts: new Map() };
      this.#tallies.set(rule, tally);
    }
    return tally;
  }

  /** Counts a breach. `sample` is asked for only if it is kept. */
  add(subject: Subject, sample: () => Sample): FindingGroup | undefined {
    const group = this.#groupOf(subject, false);
    if (group === undefined) this.#leaveOut(subject);
    else this.#count(group, sample);
    return group;
  }

  /** Counts one that stands only if no packet was dropped meanwhile. `judged`: capture time, in seconds. */
  addMissing(subject: Subject, sample: () => Sample, judged: number): FindingGroup | undefined {
    const group = this.#groupOf(subject, true);
    if (group === undefined) this.#revocable.add(this.#leaveOut(subject), undefined, judged);
    else this.#revocable.add(group, this.#count(group, sample), judged);
    return group;
  }

  doubt(rule: string, why: Doubt, times = 1): void {
    const { doubts } = this.tally(rule);
    doubts.set(why, (doubts.get(why) ?? 0) + times);
  }

  /** No packet was dropped before this capture time, but for those that are known: what was judged before stands. */
  settle(before: number): void {
    this.#revocable.settle(before);
  }

  /** Packets were dropped at this capture time or later: what was missed since then may have been among them; whether there was any. */
  revokeMissing(since: number): boolean {
    return this.#revocable.revoke(since, (place, count, sample) => this.#revoke(place, count, sample));
  }

  /** What is waived for one device is a kind of its own. A rule's id has no blank: no place in a body can feign one. */
  #keyOf(subject: Subject): string {
    const excuse = this.perDevice.has(subject.rule) ? this.#excuse(subject) : undefined;
    const device = excuse?.kind === 'waived' ? excuse.device : undefined;
    return device === undefined ? keyOf(subject) : `${device} ${keyOf(subject)}`;
  }

  #groupOf(subject: Subject, missing: boolean): FindingGroup | undefined {
    const key = this.#keyOf(subject);
    let group = this.groups.get(key);
    if (group === undefined && this.groups.size < this.#limits.findingGroups) {
      group = { subject, missing, excuse: this.#excuse(subject), count: 0, samples: [] };
      this.groups.set(key, group);
    }
    return group;
  }

  /** Counts a breach; gives the sample if it is kept. */
  #count(group: FindingGroup, sample: () => Sample): Sample | undefined {
    const tally = this.tally(group.subject.rule);
    tally.violations += 1;
    countExcuse(tally, group.excuse, 1);
    group.count += 1;
    if (group.samples.length >= this.#limits.samplesPerGroup) return undefined;
    const kept = sample();
    group.samples.push(kept);
    return kept;
  }

  #leaveOut(subject: Subject): FindingPlace {
    const tally = this.tally(subject.rule);
    const excuse = this.#excuse(subject);
    tally.violations += 1;
    countExcuse(tally, excuse, 1);
    this.leftOut += 1;
    const key = `${subject.rule}|${excuse?.kind ?? ''}`;
    let place = this.#left.get(key);
    if (place === undefined) {
      place = { subject, excuse };
      this.#left.set(key, place);
    }
    return place;
  }

  #revoke(place: FindingPlace, times: number, sample: Sample | undefined): void {
    const { rule } = place.subject;
    const revoked = 'samples' in place ? this.#revokeOf(place, times, sample) : times;
    if (!('samples' in place)) this.leftOut -= times;
    if (revoked === 0) return;
    const tally = this.tally(rule);
    tally.violations -= revoked;
    tally.checked -= revoked;
    countExcuse(tally, place.excuse, -revoked);
    this.doubt(rule, 'dropped', revoked);
  }

  #revokeOf(group: FindingGroup, times: number, sample: Sample | undefined): number {
    const shown = sample === undefined ? -1 : group.samples.indexOf(sample);
    if (shown !== -1) group.samples.splice(shown, 1);
    // Without one that is shown, nobody could tell which of them still stand.
    const revoked = group.samples.length === 0 ? group.count : Math.min(times, group.count);
    group.count -= revoked;
    const key = this.#keyOf(group.subject);
    if (group.count === 0 && this.groups.get(key) === group) this.groups.delete(key);
    return revoked;
  }
}

function keyOf({ rule, messageId, from, place }: Subject): string {
  return `${rule}|${messageId ?? ''}|${from ?? ''}|${place ?? ''}`;
}

function countExcuse(tally: Tally, excuse: Excuse | undefined, times: number): void {
  if (excuse?.kind === 'waived') tally.waived += times;
  if (excuse?.kind === 'known') tally.known += times;
}

/** A rule that nothing exercised is not green, and one that could never be judged is not either. */
export function verdictOf(tally: Tally): Verdict {
  if (tally.violations > tally.waived) return 'fail';
  if (tally.violations > 0) return 'waived';
  if (tally.checked > 0) return 'pass';
  return tally.doubts.size > 0 ? 'inconclusive' : 'not-observed';
}
