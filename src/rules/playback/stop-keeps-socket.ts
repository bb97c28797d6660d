import { QUEUE_JITTER_SECONDS } from '../../session/queue-jitter.ts';
import { closed, device, example, login, on } from '../example.ts';
import { asks, playback, plays } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { SocketAfterStop } from '../socket-after-stop.ts';

/** What is closed later is closed for another reason. */
const SOON_SECONDS = 2;

export default rule({
  id: 'playback/stop-keeps-socket',
  section: '4.9.1',
  level: 'must',
  inField: 'note',
  requires: 'When a playback is stopped (Action Stop), the device keeps the data socket open.',
  because: 'The client starts the next recording on it without another claim.',
  remedy: 'Close the data socket after Action Close only.',
  breach: 'the device closes the data socket {seconds} s after the answer to Stop',
  scope: 'session',
  hears: ['PLAY_CLAIM', 'PLAY_CLAIM_RSP', 'PLAY_REQ', 'PLAY_RSP'],
  state: () => new SocketAfterStop('recording', 'Stop', 'DownloadStop'),
  observes: {
    message: (turn, { state, losses }) => state.message(turn, losses),
    closed(flow, judge) {
      const stop = judge.state.closed(flow);
      if (stop === undefined) return;
      const seconds = flow.time - stop.time;
      // Closed before, for another reason.
      if (flow.closed && seconds < -QUEUE_JITTER_SECONDS) return;
      if (flow.by === 'device' && seconds <= SOON_SECONDS) judge.missing(stop.at, { seconds }, stop.losses);
      else if (seconds > SOON_SECONDS || flow.by === 'client') judge.obeyed();
      else judge.unsure(flow.closed ? 'gap' : 'ended');
    },
  },
  examples: () => ({
    obeys: [
      example(
        'the next recording on the same socket',
        login(),
        plays(1),
        asks(3, 1420, playback('Stop')),
        asks(5, 1420, playback('Start')),
        on(1, device(6, 1422, 500)),
        asks(7, 1420, playback('Stop')),
        on(1, closed(7.5, 'client')),
      ),
    ],
    breaks: [
      example(
        'the device closes',
        login(),
        plays(1),
        asks(3, 1420, playback('Stop')),
        on(1, closed(3.2, 'device')),
      ),
    ],
    unsure: [example('the capture ends too early', login(), plays(1), asks(3, 1420, playback('Stop')))],
  }),
});
