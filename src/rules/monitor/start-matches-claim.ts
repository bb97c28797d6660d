import { Claims } from '../claims.ts';
import { example, login, lost, on } from '../example.ts';
import { asks, claims, monitor, watches } from '../media-examples.ts';
import { mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'monitor/start-matches-claim',
  section: '4.8.1',
  level: 'must',
  requires: 'A start of live view names channel and stream type of a socket that was claimed.',
  because: 'The device finds the socket for the data by them, and answers 103 if it finds none.',
  remedy: 'Send the same Parameter object in the claim and in the start.',
  breach: 'the start asks for {stream} of channel {channel}, but no socket is claimed for that',
  scope: 'session',
  hears: ['MONITOR_CLAIM', 'MONITOR_CLAIM_RSP', 'MONITOR_REQ'],
  state: () => new Claims(),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (state.take(turn) !== undefined) return;
      const request = mediaRequest(turn);
      // Without any claim it is claim/before-start that is broken.
      if (request?.starts !== true || state.find('monitor') === undefined) return;
      const { channel = 'unknown', streamType: stream = 'a stream' } = request;
      if (state.find('monitor', request) !== undefined) judge.obeyed();
      else if (state.forgot) judge.unsure('evicted');
      else judge.missing(turn, { channel, stream }, 0);
    },
  },
  examples: () => ({
    obeys: [example('the same channel and stream', login(), watches(1))],
    breaks: [
      example(
        'another channel',
        login(),
        claims(1, 1, 1413, monitor('Claim', 0)),
        asks(1.2, 1410, monitor('Start', 1), { Ret: 103 }),
      ),
    ],
    unsure: [
      example(
        'the claim may be in a gap',
        login(),
        claims(1, 1, 1413, monitor('Claim', 0)),
        on(1, lost(1.5, 'client', 150)),
        claims(1.6, 1, 1413, monitor('Claim', 0)),
        asks(2.2, 1410, monitor('Start', 1), { Ret: 103 }),
      ),
    ],
  }),
});
