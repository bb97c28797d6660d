import { Oldest } from '../../../../dissectors/core/oldest.ts';
import { shownText } from '../../../report/check/finding-text.ts';
import { ALL_RULES } from '../../../rules/all-rules.ts';
import { Conformance, type RuleLimits } from '../../../rules/conformance.ts';
import type { Sample, Subject } from '../../../rules/ledger.ts';
import type { FindingCounts } from '../contract.ts';
import type { BodySpool } from './body-spool.ts';
import { type FindingIndex, OWN_RECORD } from './finding-index.ts';
import type { FlowIndex } from './flow-index.ts';
import type { MessageIndex } from './message-index.ts';
import { rankOf } from './severity.ts';

const NO_BODY = new Uint8Array(0);
const NONE: readonly number[] = [];
const NO_FINDINGS: FindingCounts = { error: 0, warning: 0, note: 0 };

/** Where findings are taken down. */
export interface FindingBooks {
  readonly findings: FindingIndex;
  readonly messages: MessageIndex;
  readonly flows: FlowIndex;
  readonly spool: BodySpool;
  /** Rank of the gravest finding of each session. */
  readonly worstOfSession: Map<number, number>;
}

/** Runs the rules of `check` while the capture is read, and takes down what they find, message by message. */
export class RuleFindings {
  /** To be told what the analysis tells. */
  readonly conformance: Conformance;
  readonly #books: FindingBooks;
  readonly #mostMessages: number;
  readonly showSecrets: boolean;
  /** Numbers of the findings about a message. */
  readonly #ofMessage = new Map<number, number[]>();
  readonly #oldestMessage = new Oldest(() => this.#ofMessage.keys());
  /** Messages beside which their findings are not shown any more. */
  messagesLeft = 0;
  /** Findings that may be taken back, and when they were judged. */
  #revocable: { readonly number: number; readonly judged: number }[] = [];
  readonly #ofSession = new Map<number, { error: number; warning: number; note: number }>();

  /** @param mostMessages messages whose findings are shown beside them: the latest of them */
  constructor(
    books: FindingBooks,
    { dialect, showSecrets }: { readonly dialect: 'field' | 'spec'; readonly showSecrets: boolean },
    mostMessages: number,
    limits: RuleLimits,
  ) {
    this.#mostMessages = mostMessages;
    this.#books = books;
    this.showSecrets = showSecrets;
    this.conformance = new Conformance(ALL_RULES, {
      dialect,
      limits,
      found: (subject, sample, _group, judged) => this.#found(subject, sample, judged),
      revoked: (since) => this.#takeBack(since),
    });
  }

  /** Numbers of the findings by rules about a message, as far as they are listed. */
  ofMessage(number: number): readonly number[] {
    const { findings } = this.#books;
    return (this.#ofMessage.get(number) ?? NONE).filter((found) => findings.has(found));
  }

  /** How many findings by rules a session has. */
  countsOf(session: number): FindingCounts {
    return this.#ofSession.get(session) ?? NO_FINDINGS;
  }

  /** The session is in no list any more. */
  forget(session: number): void {
    this.#ofSession.delete(session);
  }

  clear(): void {
    this.#ofMessage.clear();
    this.#revocable = [];
  }

  #remember(number: number, judged: number): void {
    const { findings } = this.#books;
    // No more than the list holds, and now and then what left it is forgotten.
    if (this.#revocable.length > 2 * (number - findings.first + 1)) {
      this.#revocable = this.#revocable.filter((one) => findings.has(one.number));
    }
    this.#revocable.push({ number, judged });
  }

  #takeBack(since: number): void {
    const { findings } = this.#books;
    this.#revocable = this.#revocable.filter(({ number, judged }) => {
      if (judged < since) return findings.has(number);
      if (!findings.has(number)) return false;
      findings.takeBack(number);
      const { session, severity } = findings.at(number);
      const counts = this.#ofSession.get(session);
      if (counts !== undefined) counts[severity] -= 1;
      return false;
    });
  }

  #found({ rule, severity }: Subject, make: () => Sample, judged: number | undefined): void {
    // What decoders and schemas find, a message carries itself.
    if (this.conformance.decoders.running.has(rule)) return;
    const { findings, messages, flows, spool, worstOfSession } = this.#books;
    const sample = make();
    const { message, flow, session, seconds, nanoseconds, pointer } = sample;
    const number = findings.next;
    const text = shownText(sample.text, pointer, this.showSecrets);
    const notes = JSON.stringify({ text, ...(pointer !== undefined && { pointer }) });
    findings.add({
      rule,
      severity,
      message,
      flow,
      session,
      seconds,
      nanoseconds,
      detailAt: spool.add(notes, NO_BODY, 0, 0),
      ordinal: OWN_RECORD,
    });
    if (judged !== undefined && findings.has(number)) this.#remember(number, judged);
    const rank = rankOf(severity);
    const entry = flows.get(flow);
    if (entry !== undefined) entry.worst = Math.max(entry.worst, rank);
    if (session !== 0) {
      worstOfSession.set(session, Math.max(worstOfSession.get(session) ?? 0, rank));
      const counts = this.#ofSession.get(session) ?? { ...NO_FINDINGS };
      counts[severity] += 1;
      this.#ofSession.set(session, counts);
    }
    if (message === 0 || !findings.has(number)) return;
    messages.mark(message, severity);
    const known = this.#ofMessage.get(message);
    if (known !== undefined) {
      known.push(number);
      return;
    }
    this.#ofMessage.set(message, [number]);
    if (this.#ofMessage.size <= this.#mostMessages) return;
    const oldest = this.#oldestMessage.take();
    if (oldest === undefined) return;
    this.#ofMessage.delete(oldest);
    this.messagesLeft += 1;
  }
}
