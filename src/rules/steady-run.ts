import type { Message } from '../session/message.ts';
import type { Tally } from './ledger.ts';
import type { RuleRunner } from './rule-runner.ts';
import type { RuleScope } from './scope.ts';
import type { Turn } from './turn.ts';

/**
 * A run of media messages in one direction of a flow that steady rules cannot tell apart: the same header but for the sequence
 * number and the length, and no control message and no hole in between. They are asked for the first of them; of
 * the others only the count grows. (Media is more than 99 % of what a capture holds: this halves what the rules cost there.)
 */
export class SteadyRun {
  /** What those rules counted that the first obeyed. */
  readonly #obeyed: Tally[] = [];
  /** All of them obeyed, or had nothing to say. */
  #clean = false;
  #controls = -1;
  #losses = 0;
  #version = 0;
  #reserved1 = 0;
  #reserved2 = 0;
  #byte12 = 0;
  #byte13 = 0;
  #messageId = 0;
  #sessionId = 0;
  #session = 0;
  #fromDevice = false;
  #rolesSettled = false;

  /**
   * Whether the message goes on with the run; then it is counted. `controls`: control messages of its flow and its
   * session so far.
   */
  goesOn(message: Message, controls: number): boolean {
    const { header } = message;
    if (
      !this.#clean ||
      controls !== this.#controls ||
      header.messageId !== this.#messageId ||
      header.sessionId !== this.#sessionId ||
      header.byte12 !== this.#byte12 ||
      header.byte13 !== this.#byte13 ||
      header.version !== this.#version ||
      header.reserved1 !== this.#reserved1 ||
      header.reserved2 !== this.#reserved2 ||
      message.losses !== this.#losses ||
      message.session !== this.#session ||
      (message.from === 'device') !== this.#fromDevice ||
      message.dvrip.rolesSettled !== this.#rolesSettled
    ) {
      return false;
    }
    for (const tally of this.#obeyed) tally.checked += 1;
    return true;
  }

  /** Another run begins with this message: the rules are asked. */
  begin(
    message: Message,
    controls: number,
    turn: Turn,
    runners: readonly RuleRunner[],
    scopeFor: (runner: RuleRunner) => RuleScope | undefined,
  ): void {
    this.#obeyed.length = 0;
    this.#clean = true;
    for (const runner of runners) {
      const { tally } = runner;
      const { checked, violations } = tally;
      const doubted = doubtsOf(tally);
      const waits = runner.begin(turn, scopeFor(runner));
      if (waits || tally.violations !== violations || doubtsOf(tally) !== doubted) this.#clean = false;
      else if (tally.checked === checked) continue;
      else if (runner.rule.steady === 'each') this.#obeyed.push(tally);
      // It has had its say; whether it has more to say the next message will show.
      else this.#clean = false;
    }
    const { header } = message;
    this.#controls = controls;
    this.#losses = message.losses;
    this.#version = header.version;
    this.#reserved1 = header.reserved1;
    this.#reserved2 = header.reserved2;
    this.#byte12 = header.byte12;
    this.#byte13 = header.byte13;
    this.#messageId = header.messageId;
    this.#sessionId = header.sessionId;
    this.#session = message.session;
    this.#fromDevice = message.from === 'device';
    this.#rolesSettled = message.dvrip.rolesSettled;
  }
}

function doubtsOf({ doubts }: Tally): number {
  let sum = 0;
  for (const times of doubts.values()) sum += times;
  return sum;
}
