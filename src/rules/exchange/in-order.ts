import { client, device, example, login } from '../example.ts';
import { FewNumbers } from '../few-numbers.ts';
import { rule } from '../rule.ts';

/** Ids of answers that are remembered of one flow. */
const MOST_IDS = 64;

interface State {
  /** Number of the latest request that was answered, by the id of its answer. */
  readonly latest: FewNumbers;
}

export default rule({
  id: 'exchange/in-order',
  section: 'field 4',
  level: 'should',
  requires: 'Requests of the same kind are answered in the order in which they were sent.',
  because: 'Sequence numbers do not tell reliably which request is answered; clients go by the order.',
  remedy: 'Answer the requests of a connection one after the other.',
  breach: 'this answers request {asked}; request {before}, sent later, has been answered before',
  scope: 'flow',
  state: (): State => ({ latest: new FewNumbers(MOST_IDS) }),
  observes: {
    message(turn, judge) {
      const { asked } = turn;
      if (asked === undefined || turn.responseSeconds === undefined || turn.flow.protocol !== 'tcp') return;
      const { latest } = judge.state;
      const { messageId } = turn.header;
      const before = latest.get(messageId);
      if (before !== undefined && before > asked.number) {
        // One with a hole in it is complete only when nothing more can come.
        const doubt = turn.pairDoubt ?? (turn.complete ? undefined : 'gap');
        if (doubt !== undefined) judge.unsure(doubt);
        else judge.broken(turn, { asked: asked.number, before });
        return;
      }
      judge.obeyed();
      latest.set(messageId, asked.number);
    },
  },
  examples: () => ({
    obeys: [
      example(
        'two questions, two answers',
        login(),
        client(1, 1020, undefined, { sequence: 1 }),
        client(1.1, 1020, undefined, { sequence: 2 }),
        device(1.2, 1021, undefined, { sequence: 1 }),
        device(1.3, 1021, undefined, { sequence: 2 }),
      ),
    ],
    breaks: [
      example(
        'the second question is answered first',
        login(),
        client(0.5, 1020, undefined, { sequence: 1 }),
        device(0.6, 1021, undefined, { sequence: 1 }),
        client(1, 1020, undefined, { sequence: 2 }),
        client(1.1, 1020, undefined, { sequence: 3 }),
        device(1.2, 1021, undefined, { sequence: 3 }),
        device(1.3, 1021, undefined, { sequence: 2 }),
      ),
    ],
  }),
});
