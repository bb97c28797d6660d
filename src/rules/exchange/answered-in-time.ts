import { client, device, example, login, lost } from '../example.ts';
import { Pairing } from '../pairing.ts';
import { PATIENCE_SECONDS, SLOW_REQUESTS } from '../patience.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'exchange/answered-in-time',
  section: '5, 6.2',
  level: 'should',
  requires: 'An answer comes within five seconds, except to what takes long by its nature.',
  because: 'Clients give up, connect anew and ask again, which keeps a busy device busy.',
  remedy: 'Answer first, work afterwards; look for what blocks the device.',
  breach: 'the answer to {name} took {seconds} s',
  scope: 'flow',
  state: () => new Pairing(),
  observes: {
    message(turn, judge) {
      const pairing = judge.state;
      pairing.take(turn, judge.losses);
      const { asked, responseSeconds: seconds } = turn;
      if (asked === undefined || seconds === undefined || SLOW_REQUESTS.has(asked.name)) return;
      // An alarm is answered by who feels like it.
      if (turn.flow.protocol !== 'tcp' || asked.name === 'ALARM_REQ') return;
      if (seconds <= PATIENCE_SECONDS) judge.obeyed();
      else if (pairing.sure(turn) === 'gap') judge.unsure('gap');
      else if (pairing.sure(turn) === 'yes') judge.broken(turn, { name: asked.name, seconds });
    },
  },
  examples: () => ({
    obeys: [
      example('after a tenth of a second', login(), client(1, 1020), device(1.1, 1021)),
      example(
        'a search takes its time',
        login(),
        client(1, 1440),
        device(9, 1441),
        client(10, 1020),
        device(10.1, 1021),
      ),
    ],
    breaks: [example('after eight seconds', login(), client(1, 1020), device(9, 1021))],
    unsure: [
      example(
        'the answer may be in a gap, and this that to the next request',
        login(),
        client(1, 1020),
        lost(1.1, 'device', 200),
        client(9, 1020),
        device(9.1, 1021, undefined, { sequence: 77 }),
      ),
    ],
  }),
});
