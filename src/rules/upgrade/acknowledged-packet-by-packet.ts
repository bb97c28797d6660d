import { client, device, example, login, lost } from '../example.ts';
import { upgraded, upgrades } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { UPGRADE_DATA } from '../upgrade.ts';

interface State {
  /** Blocks less acknowledgements since the start; below 0 where blocks are seen later than they were sent. */
  open: number;
  /** The holes when all was acknowledged. */
  losses: number;
}

export default rule({
  id: 'upgrade/acknowledged-packet-by-packet',
  section: '4.12',
  level: 'must',
  requires: 'A client sends the next block of firmware after the last one was acknowledged.',
  because: 'A device that is still writing loses what comes meanwhile, and the firmware is damaged.',
  remedy: 'Wait for 1523 after each 1522.',
  breach: 'a block of firmware is sent before the last one was acknowledged',
  scope: 'flow',
  watches: ['UPGRADE_DATA'],
  hears: ['UPGRADE_DATA_RSP', 'UPGRADE_REQ'],
  state: (): State => ({ open: 0, losses: 0 }),
  observes: {
    message(turn, { state }) {
      if (turn.name === 'UPGRADE_DATA_RSP') state.open -= 1;
      else state.open = Math.min(state.open, 0);
    },
    media(turn, judge) {
      if (turn.header.messageId !== UPGRADE_DATA) return;
      const { state } = judge;
      state.open += 1;
      if (state.open === 1) {
        judge.obeyed();
        state.losses = judge.losses;
      } else if (state.open < 1) {
        // What was held back behind a hole comes after the answers to it.
        judge.unsure('gap');
      } else {
        judge.missing(turn, {}, state.losses);
        state.open = 1;
        state.losses = judge.losses;
      }
    },
  },
  examples: () => ({
    obeys: [example('block by block', login(), upgraded(1))],
    breaks: [
      example(
        'two blocks at once',
        login(),
        upgrades(1),
        client(2, 1522, 1000),
        client(2.1, 1522, 1000),
        device(2.2, 1523),
        device(2.3, 1523),
      ),
    ],
    unsure: [
      example(
        'the acknowledgement is in a gap',
        login(),
        upgrades(1),
        client(2, 1522, 1000),
        lost(2.1, 'device', 90),
        client(2.2, 1522, 1000),
        device(2.3, 1523, undefined, { sequence: 1 }),
        client(2.4, 1522, 1000),
        device(2.5, 1523),
      ),
    ],
  }),
});
