import type { Asked } from '../../session/exchanges.ts';
import { closed, example, login, lost } from '../example.ts';
import { block, lastBlock, progress, upgraded, upgrades } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { UPGRADE_RESULTS } from '../upgrade.ts';

interface State {
  /** The first message of progress without a result so far, and the holes then. */
  begun: Asked | undefined;
  losses: number;
  percent: number;
}

export default rule({
  id: 'upgrade/ends-with-result',
  section: '4.12',
  level: 'must',
  requires:
    'A device that has begun to upgrade says at the end whether it has succeeded (515) or failed (514).',
  because: 'The client cannot tell a device that restarts from one that is lost.',
  remedy: 'Send the result before the device restarts.',
  breach: 'the upgrade came to {percent} %, and no result followed',
  scope: 'flow',
  hears: ['UPGRADE_PROGRESS', 'UPGRADE_REQ'],
  state: (): State => ({ begun: undefined, losses: 0, percent: 0 }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const { ret } = turn;
      if (turn.name !== 'UPGRADE_PROGRESS' || ret === undefined) return;
      if (UPGRADE_RESULTS.has(ret)) {
        judge.obeyed();
        state.begun = undefined;
        return;
      }
      state.begun ??= turn.cite();
      state.losses = judge.losses;
      state.percent = ret;
    },
    end(judge) {
      const { begun, percent, losses } = judge.state;
      if (begun !== undefined) judge.missing(begun, { percent }, losses);
    },
  },
  examples: () => ({
    obeys: [example('done', login(), upgraded(1))],
    breaks: [
      example(
        'the device is gone',
        login(),
        upgrades(1),
        block(2),
        lastBlock(3),
        progress(4, 60),
        closed(5, 'device'),
      ),
    ],
    unsure: [
      example(
        'the result may be in a gap',
        login(),
        upgrades(1),
        block(2),
        lastBlock(3),
        progress(4, 60),
        lost(5, 'device', 80),
        closed(6, 'device'),
      ),
    ],
  }),
});
