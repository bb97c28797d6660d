import { addressDigits } from '../../filter/kinds/address.ts';
import type { Excuse, FindingGroup, Subject } from '../../rules/ledger.ts';
import type { ConfigWaiver } from './config-schema.ts';
import { isNamed, type NamedMessage } from './message-words.ts';

/** What became of a waiver in a run. */
export interface WaiverOutcome {
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly device?: string;
  /** `expired`: it waives nothing any more; `unmatched`: nothing was found that it could waive. */
  readonly state: 'used' | 'expired' | 'unmatched';
  /** Findings that it waived. */
  readonly waived: number;
}

export interface ResolvedWaiver {
  readonly waiver: ConfigWaiver;
  /** Ids of the rules that it names. */
  readonly rules: readonly string[];
  readonly message: NamedMessage | undefined;
}

interface Entry extends ResolvedWaiver {
  readonly ruleIds: ReadonlySet<string>;
  readonly excuse: Excuse;
  /** Hex digits of the device's address; undefined where it is for all. */
  readonly device: string | undefined;
  readonly expired: boolean;
  matched: boolean;
}

/** The waivers of a configuration: asked for each kind of finding, and afterwards what became of each. */
export class Waivers {
  readonly #entries: readonly Entry[];
  /** Rules that a waiver for one device names. */
  readonly perDevice: ReadonlySet<string>;

  /** @param today the date as `YYYY-MM-DD`; a waiver holds through the day on which it expires */
  constructor(waivers: readonly ResolvedWaiver[], today: string) {
    this.#entries = waivers.map((resolved) => {
      const { reason, owner, expires, device } = resolved.waiver;
      return {
        ...resolved,
        ruleIds: new Set(resolved.rules),
        excuse: { kind: 'waived', reason, owner, expires, ...(device !== undefined && { device }) },
        device: device === undefined ? undefined : addressDigits(device),
        expired: expires < today,
        matched: false,
      };
    });
    this.perDevice = new Set(
      this.#entries.flatMap(({ device, rules }) => (device === undefined ? [] : rules)),
    );
  }

  /** The first waiver that is for a kind of finding and has not expired. */
  excuse(subject: Subject): Excuse | undefined {
    let excuse: Excuse | undefined;
    for (const entry of this.#entries) {
      if (!entry.ruleIds.has(subject.rule) || !isFor(entry, subject)) continue;
      entry.matched = true;
      if (!entry.expired) excuse ??= entry.excuse;
    }
    return excuse;
  }

  outcomes(groups: Iterable<FindingGroup>): WaiverOutcome[] {
    const counts = new Map<Excuse, number>();
    for (const { excuse, count } of groups) {
      if (excuse?.kind === 'waived') counts.set(excuse, (counts.get(excuse) ?? 0) + count);
    }
    return this.#entries.map(({ waiver, excuse, expired, matched }) => ({
      rule: waiver.rule,
      reason: waiver.reason,
      owner: waiver.owner,
      expires: waiver.expires,
      ...(waiver.device !== undefined && { device: waiver.device }),
      state: expired ? 'expired' : matched ? 'used' : 'unmatched',
      waived: counts.get(excuse) ?? 0,
    }));
  }
}

function isFor({ waiver, message, device }: Entry, subject: Subject): boolean {
  if (device !== undefined && device !== digitsOf(subject.device)) return false;
  if (message !== undefined && !isNamed(message, subject.messageId, subject.name)) return false;
  if (waiver.place !== undefined && waiver.place !== (subject.place ?? '')) return false;
  return waiver.from === undefined || waiver.from === subject.from;
}

function digitsOf(address: Uint8Array | undefined): string | undefined {
  return address && Buffer.from(address).toString('hex');
}
