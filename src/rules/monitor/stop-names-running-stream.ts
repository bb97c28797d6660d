import { example, login, lost } from '../example.ts';
import { asks, monitor, watches } from '../media-examples.ts';
import { CLAIMS } from '../media-requests.ts';
import { rule } from '../rule.ts';
import { RunningStreams } from '../running-streams.ts';

export default rule({
  id: 'monitor/stop-names-running-stream',
  section: '4.8.1',
  level: 'should',
  requires: 'A stop names channel and stream type of a live view that was started.',
  because: 'The device stops nothing, answers 103, and the stream runs on.',
  remedy: 'Repeat the Parameter object of the start in the stop.',
  breach: 'the stop of {stream} of channel {channel} names no live view that was started',
  scope: 'session',
  hears: [...CLAIMS, 'MONITOR_REQ', 'MONITOR_RSP'],
  state: () => new RunningStreams('monitor'),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const event = state.take(turn);
      if (event?.what !== 'asked to stop') return;
      const { request } = event;
      const { channel = 'unknown', streamType: stream = 'a stream' } = request;
      if (state.has(request)) judge.obeyed();
      else if (state.forgot) judge.unsure('evicted');
      else judge.missing(turn, { channel, stream }, 0);
    },
  },
  examples: () => ({
    obeys: [example('started and stopped', login(), watches(1), asks(3, 1410, monitor('Stop')))],
    breaks: [
      example(
        'another stream is stopped than was started',
        login(),
        watches(1),
        asks(3, 1410, monitor('Stop', 0, 'Extra1'), { Ret: 103 }),
      ),
    ],
    unsure: [
      example('the start may be in a gap', login(), lost(1, 'client', 200), asks(3, 1410, monitor('Stop'))),
    ],
  }),
});
