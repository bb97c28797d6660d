import { alarm, client, device, example, login, lost } from '../example.ts';
import { rule } from '../rule.ts';

interface State {
  asked: boolean;
}

export default rule({
  id: 'alarm/only-when-guarded',
  section: '5.14.1, 5.14.3',
  level: 'should',
  requires: 'A device reports alarms on connections that asked to be guarded (GUARD_REQ), and on no others.',
  because: 'A client that has not asked does not expect the message between the answers to its questions.',
  remedy: 'Push ALARM_REQ (1504) only on the connection that sent GUARD_REQ (1500).',
  breach: 'an alarm on a connection that never asked for alarms',
  scope: 'flow',
  hears: ['GUARD_REQ', 'ALARM_REQ'],
  state: (): State => ({ asked: false }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.name === 'GUARD_REQ') state.asked = true;
      else if (turn.from !== 'device') return;
      else if (state.asked) judge.obeyed();
      else judge.missing(turn, {}, 0);
    },
  },
  examples: () => ({
    obeys: [example('asked for', login(), client(1, 1500), device(1.1, 1501), device(2, 1504, alarm()))],
    breaks: [example('not asked for', login(), device(2, 1504, alarm()))],
    unsure: [
      example(
        'the guard may be in a gap',
        login(),
        lost(1, 'client', 64),
        lost(1.1, 'device', 78),
        device(2, 1504, alarm()),
      ),
    ],
  }),
});
