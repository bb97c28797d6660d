import { client, device, example, login, lost } from '../example.ts';
import { follow, HIGHEST_NUMBER, isNumbered, newNumbering } from '../request-numbers.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'sequence/counts-up',
  section: '3.1',
  level: 'must',
  // Mobile clients count by eights over all their sockets, others by twos (field notes §4).
  inField: 'note',
  requires: 'Each request on a socket has the sequence number of the one before it plus 1.',
  because:
    'A number that is left out looks like a request that was lost, and one that comes again like a repeated one.',
  remedy: 'Keep one counter for each socket, and add 1 for each request.',
  breach: 'the sequence number goes from {before} to {now}',
  scope: 'flow',
  state: newNumbering,
  observes: {
    message(turn, judge) {
      if (!isNumbered(turn)) return;
      const succession = follow(turn, judge.state);
      if (succession === undefined) return;
      const { before, now, step, holed } = succession;
      // Behind the highest, and backwards: sequence/wraps-to-zero.
      if (before === HIGHEST_NUMBER || step < 0) return;
      if (step === 1) judge.obeyed();
      else if (holed) judge.unsure('gap');
      else judge.broken(turn, { before, now });
    },
  },
  examples: () => ({
    obeys: [example('1 after 0', login(), client(1, 1006), device(1.1, 1007))],
    breaks: [
      example('8 after 0', login(), client(1, 1006, undefined, { sequence: 8 }), device(1.1, 1007)),
      example('0 again', login(), client(1, 1006, undefined, { sequence: 0 }), device(1.1, 1007)),
    ],
    unsure: [
      example(
        'a request in a gap',
        login(),
        lost(1, 'client', 66),
        client(2, 1006, undefined, { sequence: 2 }),
        device(2.1, 1007),
      ),
    ],
  }),
});
