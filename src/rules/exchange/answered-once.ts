import { LatestAnswers } from '../answers.ts';
import { client, device, example, login, lost } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'exchange/answered-once',
  section: '5, 6.2',
  level: 'must',
  requires: 'A request is answered once.',
  because:
    'Who pairs answers with requests by their order takes the second for the answer to the next request.',
  remedy: 'Send one answer for each request; what comes later is a message of its own.',
  breach: '{name} came again, with the same sequence number {sequence}',
  scope: 'flow',
  state: () => new LatestAnswers(),
  observes: {
    message(turn, judge) {
      const found = judge.state.judge(turn);
      if (found === 'asked') judge.obeyed();
      else if (found === 'again' && turn.pairDoubt !== undefined) {
        judge.unsure(turn.pairDoubt);
      } else if (found === 'again') {
        judge.missing(turn, { name: turn.name, sequence: turn.header.sequence }, 0);
      }
    },
  },
  examples: () => ({
    obeys: [example('asked and answered', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example('the same answer twice', login(), client(1, 1020), device(1.1, 1021), device(1.2, 1021)),
    ],
    unsure: [
      example(
        'a second request may be in a gap',
        login(),
        client(1, 1020),
        device(1.1, 1021),
        lost(1.2, 'client', 75),
        device(1.3, 1021),
      ),
    ],
  }),
});
