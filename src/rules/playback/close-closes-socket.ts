import { closed, example, login, logout, on } from '../example.ts';
import { asks, playback, plays } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { SocketAfterStop } from '../socket-after-stop.ts';

export default rule({
  id: 'playback/close-closes-socket',
  section: '4.9.1',
  level: 'must',
  inField: 'note',
  requires: 'When the last playback is closed (Action Close), the device closes the data socket.',
  because: 'A device has few connections: those that are left open keep others out.',
  remedy: 'Close the data socket with the answer; as a client, use Stop to keep it.',
  breach: 'the device had not closed the data socket {seconds} s after the answer to Close',
  scope: 'session',
  hears: ['PLAY_CLAIM', 'PLAY_CLAIM_RSP', 'PLAY_REQ', 'PLAY_RSP'],
  state: () => new SocketAfterStop('recording', 'Close'),
  observes: {
    message: (turn, { state, losses }) => state.message(turn, losses),
    closed: (flow, judge) => judge.state.mustClose(flow, judge),
  },
  examples: () => ({
    obeys: [
      example(
        'closed at once',
        login(),
        plays(1),
        asks(3, 1420, playback('Close')),
        on(1, closed(3.2, 'device')),
      ),
    ],
    breaks: [
      example(
        'closed by the client, after a while',
        login(),
        plays(1),
        asks(3, 1420, playback('Close')),
        on(1, closed(15, 'client')),
        logout(16),
      ),
    ],
    unsure: [example('the capture ends too early', login(), plays(1), asks(3, 1420, playback('Close')))],
  }),
});
