import { client, device, example, login, lost } from '../example.ts';
import { block, upgraded, upgrades } from '../media-examples.ts';
import { isAccepted } from '../media-requests.ts';
import { rule } from '../rule.ts';
import { UPGRADE_DATA } from '../upgrade.ts';

interface State {
  /** What the last block was answered, where that was an error. */
  error: number | undefined;
  losses: number;
}

export default rule({
  id: 'upgrade/stops-after-error',
  section: '4.12',
  level: 'must',
  requires: 'An upgrade stops when the device answers a block with an error.',
  because: 'The device has given up; a block that it takes all the same ends up in the wrong place.',
  remedy: 'Begin again with 1520.',
  breach: 'firmware is sent on after the device has answered {error}',
  scope: 'flow',
  watches: ['UPGRADE_DATA'],
  hears: ['UPGRADE_REQ', 'UPGRADE_DATA_RSP'],
  state: (): State => ({ error: undefined, losses: 0 }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.name === 'UPGRADE_REQ') {
        if (state.error !== undefined) judge.obeyed();
        state.error = undefined;
      } else if (isAccepted(turn) === false) {
        state.error = turn.ret;
        state.losses = judge.losses;
      }
    },
    media(turn, judge) {
      const { state } = judge;
      if (turn.header.messageId !== UPGRADE_DATA || state.error === undefined) return;
      judge.missing(turn, { error: state.error }, state.losses);
      state.error = undefined;
    },
    end(judge) {
      if (judge.state.error !== undefined) judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [
      example(
        'an error, then everything again',
        login(),
        upgrades(1),
        client(2, 1522, 1000),
        device(2.1, 1523, { Ret: 513 }),
        upgraded(3).map((step, i) =>
          i === 2 && step.does === 'says' ? { ...step, header: { sequence: 0 } } : step,
        ),
      ),
    ],
    breaks: [
      example(
        'as if nothing had happened',
        login(),
        upgrades(1),
        client(2, 1522, 1000),
        device(2.1, 1523, { Ret: 513 }),
        block(3),
      ),
    ],
    unsure: [
      example(
        'another start may be in a gap',
        login(),
        upgrades(1),
        client(2, 1522, 1000),
        device(2.1, 1523, { Ret: 513 }),
        lost(2.5, 'client', 150),
        device(2.6, 1521),
        block(3, 1000, { sequence: 0 }),
      ),
    ],
  }),
});
