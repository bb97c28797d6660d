import { example, login } from '../example.ts';
import { block, lastBlock, progress, upgraded, upgrades } from '../media-examples.ts';
import { rule } from '../rule.ts';

interface State {
  /** The last one; -1 before the first. */
  last: number;
}

export default rule({
  id: 'upgrade/progress-ascends',
  section: '4.12',
  level: 'advice',
  requires: 'The progress of an upgrade does not go back.',
  because: 'The bar jumps, and the user thinks that it has begun again, or switches the device off.',
  remedy: 'Count all that is to be done as one stretch.',
  breach: 'the progress is {ret} % after {last} %',
  scope: 'flow',
  hears: ['UPGRADE_PROGRESS', 'UPGRADE_REQ'],
  state: (): State => ({ last: -1 }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const { ret } = turn;
      if (turn.name === 'UPGRADE_REQ') {
        state.last = -1;
        return;
      }
      if (ret === undefined || ret > 100) return;
      if (ret < state.last) judge.broken(turn, { ret, last: state.last }, { path: ['Ret'] });
      else judge.obeyed();
      state.last = ret;
    },
  },
  examples: () => ({
    obeys: [example('from 10 to 100, then done', login(), upgraded(1))],
    breaks: [
      example(
        'back to the beginning',
        login(),
        upgrades(1),
        block(2),
        lastBlock(3),
        progress(4, 60),
        progress(5, 20),
        progress(6, 515),
      ),
    ],
  }),
});
