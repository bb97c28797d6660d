import { example, login, lost } from '../example.ts';
import { asks, block, otherClient, UPGRADE_START, upgrades } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { UPGRADE_DATA, UPGRADE_RESULTS, UpgradeRequests } from '../upgrade.ts';

const ALREADY = 511;
/** Blocks and progress come faster than this; an upgrade that was silent for longer may have ended unseen. */
const SILENCE_SECONDS = 10;

interface State {
  readonly requests: UpgradeRequests;
  /** When the upgrade at hand was last heard of; undefined while there is none. And the holes when it began. */
  heard: number | undefined;
  losses: number;
}

export default rule({
  id: 'upgrade/not-twice',
  section: '4.12',
  level: 'must',
  requires: 'A device that is being upgraded answers 511 to another upgrade.',
  because: 'The blocks of two upgrades get mixed up, and the device may not start again.',
  remedy: 'Refuse the start until the first upgrade has ended.',
  breach: 'the device accepts an upgrade while another one is running',
  scope: 'device',
  watches: ['UPGRADE_DATA'],
  hears: ['UPGRADE_REQ', 'UPGRADE_RSP', 'UPGRADE_PROGRESS', 'UPGRADE_DATA_RSP'],
  state: (): State => ({ requests: new UpgradeRequests(), heard: undefined, losses: 0 }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const { ret, time } = turn;
      if (turn.name === 'UPGRADE_PROGRESS' || turn.name === 'UPGRADE_DATA_RSP') {
        const over =
          turn.name === 'UPGRADE_PROGRESS' ? ret === undefined || UPGRADE_RESULTS.has(ret) : ret !== 100;
        if (over) state.heard = undefined;
        else if (state.heard !== undefined) state.heard = time;
        return;
      }
      const event = state.requests.take(turn);
      const busy = state.heard !== undefined && time - state.heard <= SILENCE_SECONDS;
      if (event === 'refused' && busy && ret === ALREADY) judge.obeyed();
      if (event === 'aborted') state.heard = undefined;
      if (event !== 'granted') return;
      if (busy) judge.missing(turn, {}, state.losses);
      else judge.obeyed();
      state.heard = time;
      state.losses = judge.losses;
    },
    media(turn, { state }) {
      if (turn.header.messageId === UPGRADE_DATA && state.heard !== undefined) state.heard = turn.time;
    },
  },
  examples: () => ({
    obeys: [
      example(
        'the second client is told',
        login(),
        upgrades(1),
        block(2),
        otherClient(2.5, 2, ...asks(3, 1520, UPGRADE_START, { Ret: ALREADY })),
      ),
    ],
    breaks: [
      example(
        'the second client is let in',
        login(),
        upgrades(1),
        block(2),
        otherClient(2.5, 2, ...asks(3, 1520, UPGRADE_START)),
      ),
    ],
    unsure: [
      example(
        'the end of the first may be in a gap',
        login(),
        upgrades(1),
        block(2),
        lost(2.2, 'device', 90),
        asks(2.3, 1006),
        otherClient(2.5, 2, ...asks(3, 1520, UPGRADE_START)),
      ),
    ],
  }),
});
