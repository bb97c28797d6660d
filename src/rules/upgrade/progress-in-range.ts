import { example, login } from '../example.ts';
import { block, lastBlock, progress, upgraded, upgrades } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { UPGRADE_RESULTS } from '../upgrade.ts';

export default rule({
  id: 'upgrade/progress-in-range',
  section: '4.12, 5.15.3',
  level: 'must',
  requires: 'Ret of a progress message is 0 … 100, or 515, 514 or 513 at the end.',
  because: 'A client shows it as per cent, and waits for a result that it understands.',
  remedy: 'Send per cent while it lasts; then 515 if it succeeded, 514 if not, 513 if the data is bad.',
  breach: 'the progress is {ret}',
  scope: 'flow',
  hears: ['UPGRADE_PROGRESS'],
  observes: {
    message(turn, judge) {
      const { ret } = turn;
      // Without a Ret the schema has something to say.
      if (ret === undefined) return;
      const isPercent = Number.isInteger(ret) && ret >= 0 && ret <= 100;
      if (isPercent || UPGRADE_RESULTS.has(ret)) judge.obeyed();
      else judge.broken(turn, { ret }, { path: ['Ret'] });
    },
  },
  examples: () => ({
    obeys: [example('from 10 to 100, then done', login(), upgraded(1))],
    breaks: [
      example(
        'more than all of it',
        login(),
        upgrades(1),
        block(2),
        lastBlock(3),
        progress(4, 101),
        progress(5, 515),
      ),
    ],
  }),
});
