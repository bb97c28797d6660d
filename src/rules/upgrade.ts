import { isAccepted } from './media-requests.ts';
import { OpenRequests } from './open-requests.ts';
import { type Turn, textMember } from './turn.ts';

export const UPGRADE_DATA = 1522;

/** What UPGRADE_PROGRESS says at the end (§4.12, field notes §7.5). */
const UPGRADE_DONE = 515;
const UPGRADE_FAILED = 514;
const UPGRADE_DATA_BAD = 513;
export const UPGRADE_RESULTS: ReadonlySet<number> = new Set([UPGRADE_DONE, UPGRADE_FAILED, UPGRADE_DATA_BAD]);

/** Requests to upgrade (1520), and what they were answered. */
export class UpgradeRequests {
  readonly #open = new OpenRequests<'Start' | 'Abort'>();

  /** Takes a request or its answer. What cannot be read may have been a yes. */
  take(turn: Turn): 'start' | 'abort' | 'granted' | 'refused' | 'aborted' | undefined {
    const asked = this.#open.answered(turn);
    if (asked !== undefined) {
      const accepted = isAccepted(turn) !== false;
      if (asked === 'Start') return accepted ? 'granted' : 'refused';
      return accepted ? 'aborted' : undefined;
    }
    const action = textMember(turn.body, 'OPSystemUpgrade', 'Action');
    if (turn.name !== 'UPGRADE_REQ' || (action !== 'Start' && action !== 'Abort')) return undefined;
    this.#open.ask(turn, action);
    return action === 'Start' ? 'start' : 'abort';
  }
}
