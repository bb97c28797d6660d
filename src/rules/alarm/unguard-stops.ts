import { alarm, client, device, example, login, lost } from '../example.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';

interface State {
  /** The guard has been ended, and not asked for again since. */
  ended: boolean;
  losses: number;
}

export default rule({
  id: 'alarm/unguard-stops',
  section: '5.14.2',
  level: 'must',
  requires: 'Once the end of the guard is confirmed (UNGUARD_RSP, Ret 100), no more alarms come.',
  because: 'The client has put away what it needs to show them.',
  remedy: 'Take the connection off the list of those that are told, before answering.',
  breach: 'an alarm after the guard was ended',
  scope: 'flow',
  hears: ['GUARD_REQ', 'UNGUARD_RSP', 'ALARM_REQ'],
  state: (): State => ({ ended: false, losses: 0 }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.name === 'GUARD_REQ') state.ended = false;
      else if (turn.name === 'ALARM_REQ') {
        if (state.ended) judge.missing(turn, {}, state.losses);
      } else if (isGranted(turn)) {
        state.ended = true;
        state.losses = judge.losses;
        judge.obeyed();
      }
    },
  },
  examples: () => ({
    obeys: [
      example(
        'silence',
        login(),
        client(1, 1500),
        device(1.1, 1501),
        device(2, 1504, alarm()),
        client(3, 1502),
        device(3.1, 1503),
      ),
    ],
    breaks: [
      example(
        'one more',
        login(),
        client(1, 1500),
        device(1.1, 1501),
        client(3, 1502),
        device(3.1, 1503),
        device(4, 1504, alarm()),
      ),
    ],
    unsure: [
      example(
        'a new guard may be in a gap',
        login(),
        client(1, 1500),
        device(1.1, 1501),
        client(3, 1502),
        device(3.1, 1503),
        lost(4, 'client', 64),
        lost(4.1, 'device', 78),
        device(5, 1504, alarm()),
      ),
    ],
  }),
});
