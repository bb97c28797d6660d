import { client, device, EXAMPLE_SESSION, example, login } from '../example.ts';
import { follow, HIGHEST_NUMBER, isNumbered, newNumbering } from '../request-numbers.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'sequence/wraps-to-zero',
  section: '3.1',
  level: 'must',
  // Mobile clients begin again some way beyond 10000 (field notes §4).
  inField: 'note',
  requires: 'Sequence numbers go up to the highest, 4294967295, and begin again at 0 only then.',
  because:
    'A number that goes back looks like a message out of order, or like one that was recorded and is played again.',
  remedy: 'Count in an unsigned 32-bit number, and let it overflow.',
  breach: 'the sequence number goes back from {before} to {now}',
  scope: 'flow',
  state: newNumbering,
  observes: {
    message(turn, judge) {
      if (!isNumbered(turn)) return;
      const succession = follow(turn, judge.state);
      if (succession === undefined) return;
      const { before, now, step, holed } = succession;
      if (before !== HIGHEST_NUMBER && step >= 0) return;
      if (step === 1) judge.obeyed();
      else if (holed) judge.unsure('gap');
      else judge.broken(turn, { before, now });
    },
  },
  examples: () => ({
    obeys: [
      {
        ...example(
          '0 after the highest',
          client(0, 1000, undefined, { sequence: HIGHEST_NUMBER }),
          device(0.1, 1001, { AliveInterval: 20 }, { sessionId: EXAMPLE_SESSION }),
          client(1, 1006),
          device(1.1, 1007),
        ),
        alsoBreaks: ['sequence/starts-at-zero'],
      },
    ],
    breaks: [
      example(
        '1 after 2',
        login(),
        client(1, 1006),
        device(1.1, 1007),
        client(2, 1006),
        device(2.1, 1007),
        client(3, 1006, undefined, { sequence: 1 }),
        device(3.1, 1007),
      ),
    ],
  }),
});
