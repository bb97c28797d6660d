import type { FindingGroup, Sample } from './ledger.ts';

/** Revocable findings of which it is known when they were judged; of older ones only how many there are. */
const MOST_DATED = 4096;

/** What findings are counted under: their kind or, where that is not kept, a kind of the same rule and excuse. */
export type FindingPlace = FindingGroup | Pick<FindingGroup, 'subject' | 'excuse'>;

interface Dated {
  readonly place: FindingPlace;
  /** Where it is one of those that are shown. */
  readonly sample: Sample | undefined;
  /** Capture time in seconds. */
  readonly judged: number;
}

/** Takes so many findings of a kind back, with the sample of it if there is one. */
export type Revoke = (place: FindingPlace, count: number, sample: Sample | undefined) => void;

/**
 * Findings that something is missing, until it is known that the capture was whole when they were made. Bounded: of more than
 * are kept one by one, the oldest are only counted, and taken back together.
 */
export class RevocableFindings {
  readonly #dated: Dated[] = [];
  /** The older ones, and when the last of them was judged. */
  readonly #undated = new Map<FindingPlace, number>();
  #undatedUntil = Number.NEGATIVE_INFINITY;
  /** When the last of all was judged: a capture may tell of a loss at each packet. */
  #latest = Number.NEGATIVE_INFINITY;

  add(place: FindingPlace, sample: Sample | undefined, judged: number): void {
    this.#dated.push({ place, sample, judged });
    this.#latest = Math.max(this.#latest, judged);
    if (this.#dated.length < 2 * MOST_DATED) return;
    for (const { place, judged } of this.#dated.splice(0, MOST_DATED)) {
      this.#undated.set(place, (this.#undated.get(place) ?? 0) + 1);
      this.#undatedUntil = Math.max(this.#undatedUntil, judged);
    }
  }

  /** Nothing that was judged before was dropped: those findings stand. */
  settle(before: number): void {
    if (this.#undatedUntil < before) {
      this.#undated.clear();
      this.#undatedUntil = Number.NEGATIVE_INFINITY;
    }
    this.#keep(({ judged }) => judged >= before);
  }

  /** Takes back what was judged at this time or later; whether there was any. */
  revoke(since: number, revoke: Revoke): boolean {
    if (this.#latest < since) return false;
    if (this.#undatedUntil >= since) {
      for (const [place, count] of this.#undated) revoke(place, count, undefined);
      this.#undated.clear();
      this.#undatedUntil = Number.NEGATIVE_INFINITY;
    }
    this.#keep(({ place, sample, judged }) => {
      if (judged < since) return true;
      revoke(place, 1, sample);
      return false;
    });
    this.#latest = this.#dated.reduce((latest, { judged }) => Math.max(latest, judged), this.#undatedUntil);
    return true;
  }

  #keep(isKept: (finding: Dated) => boolean): void {
    const dated = this.#dated;
    if (dated.length === 0) return;
    const kept = dated.filter(isKept);
    if (kept.length === dated.length) return;
    dated.length = 0;
    for (const finding of kept) dated.push(finding);
  }
}
