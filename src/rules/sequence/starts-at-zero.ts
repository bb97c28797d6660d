import { client, device, EXAMPLE_SESSION, example, login } from '../example.ts';
import { isNumbered } from '../request-numbers.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'sequence/starts-at-zero',
  section: '3.1',
  level: 'must',
  // Mobile clients have one counter for all sockets, which begins at 1008 (field notes §4).
  inField: 'note',
  requires: 'The first request on a socket has sequence number 0.',
  because: 'A first number that is higher looks as if requests before it were lost.',
  remedy: 'Give each socket a counter of its own that begins at 0.',
  breach: 'the first request has sequence number {now}',
  scope: 'flow',
  state: () => ({ begun: false }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (state.begun || !isNumbered(turn)) return;
      state.begun = true;
      const now = turn.header.sequence;
      if (now === 0) judge.obeyed();
      else judge.missing(turn, { now }, 0);
    },
  },
  examples: () => ({
    obeys: [example('a login', login())],
    breaks: [
      example(
        'a login with number 1008',
        client(0, 1000, undefined, { sequence: 1008 }),
        device(0.1, 1001, { AliveInterval: 20 }, { sessionId: EXAMPLE_SESSION }),
      ),
    ],
    unsure: [
      {
        ...example(
          'the capture begins in mid-session',
          client(0, 1006, undefined, { sequence: 12 }),
          device(0.1, 1007),
        ),
        midStream: true,
      },
    ],
  }),
});
