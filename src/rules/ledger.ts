import type { Sender } from '../session/message.ts';
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
}

/** Why a breach does not count: somebody has waived it, or it is in the baseline. */
export type Excuse =
  | { readonly kind: 'waived'; readonly reason: string; readonly owner: string; readonly expires: string }
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
  readonly #limits: LedgerLimits;
  readonly #excuse: (subject: Subject) => Excuse | undefined;

  /** @param excuse says whether the findings of a kind are waived or known */
  constructor(limits: LedgerLimits, excuse: (subject: Subject) => Excuse | undefined) {
    this.#limits = limits;
    this.#excuse = excuse;
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
  add(subject: Subject, missing: boolean, sample: () => Sample): FindingGroup | undefined {
    const tally = this.tally(subject.rule);
    tally.violations += 1;
    const key = `${subject.rule}|${subject.messageId ?? ''}|${subject.from ?? ''}|${subject.place ?? ''}`;
    let group = this.groups.get(key);
    if (group === undefined) {
      if (this.groups.size >= this.#limits.findingGroups) {
        this.leftOut += 1;
        countExcuse(tally, this.#excuse(subject));
        return undefined;
      }
      group = { subject, missing, excuse: this.#excuse(subject), count: 0, samples: [] };
      this.groups.set(key, group);
    }
    group.count += 1;
    countExcuse(tally, group.excuse);
    if (group.samples.length < this.#limits.samplesPerGroup) group.samples.push(sample());
    return group;
  }

  doubt(rule: string, why: Doubt, times = 1): void {
    const { doubts } = this.tally(rule);
    doubts.set(why, (doubts.get(why) ?? 0) + times);
  }

  /** The capture dropped packets: what did not come may have been among them. */
  withdrawMissing(): void {
    for (const [key, group] of this.groups) {
      if (!group.missing) continue;
      const { rule } = group.subject;
      const tally = this.tally(rule);
      tally.violations -= group.count;
      tally.checked -= group.count;
      if (group.excuse?.kind === 'waived') tally.waived -= group.count;
      if (group.excuse?.kind === 'known') tally.known -= group.count;
      this.doubt(rule, 'dropped', group.count);
      this.groups.delete(key);
    }
  }
}

function countExcuse(tally: Tally, excuse: Excuse | undefined): void {
  if (excuse?.kind === 'waived') tally.waived += 1;
  if (excuse?.kind === 'known') tally.known += 1;
}

/** A rule that nothing exercised is not green, and one that could never be judged is not either. */
export function verdictOf(tally: Tally): Verdict {
  if (tally.violations > tally.waived) return 'fail';
  if (tally.violations > 0) return 'waived';
  if (tally.checked > 0) return 'pass';
  return tally.doubts.size > 0 ? 'inconclusive' : 'not-observed';
}
