import { client, device, example, login, lost } from '../example.ts';
import { asks, block, UPGRADE_START, upgraded } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { UPGRADE_DATA, UpgradeRequests } from '../upgrade.ts';

interface State {
  readonly requests: UpgradeRequests;
  /** An upgrade was granted, or may have been. */
  granted: boolean;
  /** The data at hand has been judged. */
  judged: boolean;
}

export default rule({
  id: 'upgrade/start-first',
  section: '4.12',
  level: 'must',
  requires: 'A client sends firmware only after the device has accepted the upgrade.',
  because: 'The device answers 512, or takes the blocks for part of another upgrade.',
  remedy: 'Send 1520 with Action Start, and go on if it is answered with 100; stop at 107 and 511.',
  breach: 'firmware is sent, and no upgrade was accepted',
  scope: 'flow',
  watches: ['UPGRADE_DATA'],
  hears: ['UPGRADE_REQ', 'UPGRADE_RSP'],
  state: (): State => ({ requests: new UpgradeRequests(), granted: false, judged: false }),
  observes: {
    message(turn, { state }) {
      const event = state.requests.take(turn);
      if (event === undefined) return;
      // A refused second start does not end the first.
      if (event === 'granted') state.granted = true;
      if (event === 'aborted') state.granted = false;
      state.judged = false;
    },
    media(turn, judge) {
      const { state } = judge;
      if (turn.header.messageId !== UPGRADE_DATA || state.judged) return;
      state.judged = true;
      if (state.granted) judge.obeyed();
      else judge.missing(turn, {}, 0);
    },
  },
  examples: () => ({
    obeys: [example('asked for, granted, sent', login(), upgraded(1))],
    breaks: [
      example(
        'refused, and sent all the same',
        login(),
        asks(1, 1520, UPGRADE_START, { Ret: 107 }),
        client(2, 1522, 1000),
        device(2.1, 1523, { Ret: 512 }),
      ),
    ],
    unsure: [example('the start may be in a gap', login(), lost(1, 'client', 150), block(2), block(3))],
  }),
});
