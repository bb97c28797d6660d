import { LatestAnswers } from '../answers.ts';
import { client, device, example, login, lost } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'exchange/reply-asked-for',
  section: '5, 6.2',
  level: 'must',
  requires: 'An answer comes only where its request was sent before, on the same connection.',
  because: 'The other side takes it for the answer to what it asks next.',
  remedy: 'Answer on the connection of the request; push only what is a push.',
  breach: '{name} without a request',
  scope: 'flow',
  state: () => new LatestAnswers(),
  observes: {
    message(turn, judge) {
      const found = judge.state.judge(turn);
      if (found === 'asked') judge.obeyed();
      else if (found === 'unasked' && turn.pairDoubt !== undefined) judge.unsure(turn.pairDoubt);
      else if (found === 'unasked') judge.missing(turn, { name: turn.name }, 0);
    },
  },
  examples: () => ({
    obeys: [example('asked and answered', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [example('an answer out of nothing', login(), device(1, 1021))],
    unsure: [
      example('the request may be in a gap', login(), lost(1, 'client', 75), device(1.1, 1021)),
      {
        ...example('only the device was captured', login(), client(1, 1020), device(1.1, 1021)),
        onlyFrom: 'device',
      },
    ],
  }),
});
