import { PRE_LOGIN_SESSION } from '../../dissectors/dvrip/header.ts';
import type { Flow, Side } from '../reassembly/flow.ts';

/**
 * Numbers the sessions: one for each id that a device has given out. A session spans several sockets, which
 * share the device's address and the id in the header (field notes §4: ids count per login, not per socket).
 */
export class SessionTable {
  /** How often a message was left without a session because the limit was reached. */
  refused = 0;
  readonly #numbers = new Map<string, number>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#numbers.size;
  }

  /** The number of a session, from 1; 0 where the id names none, or the limit is reached. */
  find(flow: Flow, deviceSide: Side, sessionId: number): number {
    if (sessionId === 0 || sessionId === PRE_LOGIN_SESSION) return 0;
    const key = `${Buffer.from(flow.address(deviceSide)).toString('latin1')}:${flow.port(deviceSide)}:${sessionId}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#numbers.size >= this.#limit) {
      this.refused += 1;
      return 0;
    }
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    return number;
  }
}
