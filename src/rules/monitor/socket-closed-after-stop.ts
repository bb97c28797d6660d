import { closed, example, login, logout, on } from '../example.ts';
import { asks, monitor, watches } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { SocketAfterStop } from '../socket-after-stop.ts';

export default rule({
  id: 'monitor/socket-closed-after-stop',
  section: '4.8.1',
  level: 'must',
  inField: 'note',
  requires: 'After the answer to a stop the device closes the data socket of the stream.',
  because: 'A device has few connections: those that are left open keep others out.',
  remedy: 'Close the data socket with the answer to the stop; as a client, close it too.',
  breach: 'the device had not closed the data socket {seconds} s after the answer to the stop',
  scope: 'session',
  hears: ['MONITOR_CLAIM', 'MONITOR_CLAIM_RSP', 'MONITOR_REQ', 'MONITOR_RSP'],
  state: () => new SocketAfterStop('monitor', 'Stop'),
  observes: {
    message: (turn, { state, losses }) => state.message(turn, losses),
    closed: (flow, judge) => judge.state.mustClose(flow, judge),
  },
  examples: () => ({
    obeys: [
      example(
        'closed at once',
        login(),
        watches(1),
        asks(3, 1410, monitor('Stop')),
        on(1, closed(3.2, 'device')),
      ),
    ],
    breaks: [
      example(
        'closed by the client, after a while',
        login(),
        watches(1),
        asks(3, 1410, monitor('Stop')),
        on(1, closed(15, 'client')),
        logout(16),
      ),
    ],
    unsure: [example('the capture ends too early', login(), watches(1), asks(3, 1410, monitor('Stop')))],
  }),
});
