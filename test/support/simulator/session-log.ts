/** What became of a login, kept by the device. */
import type { Endpoint } from './log.ts';

/**
 * `cut`: the connection went without a word of logout; `timed-out`: the device ended it for want of keepalives.
 * A refused login has no session of its own and stands in LoggedRefusal.
 */
export type SessionState = 'logged-in' | 'logged-out' | 'forced-out' | 'timed-out' | 'cut';

export interface SessionFacts {
  readonly sessionId: number;
  readonly user: string;
  readonly client: Endpoint;
  readonly device: Endpoint;
  readonly loginType?: string;
  readonly deviceType?: string;
  readonly channels?: number;
  /** Seconds. */
  readonly aliveInterval?: number;
}

/** A connection that messages of a session went over, as the device sees it. */
export interface SessionSocket {
  readonly local: Endpoint;
  readonly remote: Endpoint;
}

export interface LoggedSession extends SessionFacts {
  readonly state: SessionState;
  readonly sockets: readonly SessionSocket[];
}

export interface LoggedRefusal {
  readonly user: string;
  readonly loginType?: string;
  readonly ret: number;
  readonly socket: SessionSocket;
}

export class SessionLog {
  state: SessionState = 'logged-in';
  readonly #facts: SessionFacts;
  readonly #sockets: SessionSocket[] = [];

  constructor(facts: SessionFacts) {
    this.#facts = facts;
  }

  socket({ local, remote }: SessionSocket): void {
    const known = this.#sockets.some(
      (one) => one.local.port === local.port && one.remote.port === remote.port,
    );
    if (!known) this.#sockets.push({ local, remote });
  }

  toJSON(): LoggedSession {
    return { ...this.#facts, state: this.state, sockets: [...this.#sockets] };
  }
}
