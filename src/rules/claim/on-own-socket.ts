import { example, login } from '../example.ts';
import { asks, monitor, watches } from '../media-examples.ts';
import { CLAIMS, mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'claim/on-own-socket',
  section: '4.8.1, 4.9.1, 4.11.1',
  level: 'must',
  inField: 'note',
  requires: 'A claim is sent on a new socket, not on the one that logged in.',
  because: 'Media on the control socket holds up answers, alarms and signs of life.',
  remedy: 'Open a second connection to the same port and claim that one.',
  breach: 'the control socket itself is claimed for {kind}',
  scope: 'flow',
  hears: CLAIMS,
  observes: {
    message(turn, judge) {
      const request = mediaRequest(turn);
      if (request?.action !== 'Claim' || turn.session === undefined) return;
      if (turn.flow.logins.length > 0) judge.broken(turn, { kind: request.kind });
      else if (turn.flow.fromStart) judge.obeyed();
      else judge.unsure('began-before');
    },
  },
  examples: () => ({
    obeys: [example('live view over two sockets', login(), watches(1))],
    breaks: [
      example(
        'live view on the control socket',
        login(),
        asks(1, 1413, monitor('Claim')),
        asks(1.2, 1410, monitor('Start')),
      ),
    ],
    unsure: [
      {
        ...example('the socket may have logged in before', asks(1, 1413, monitor('Claim'))),
        midStream: true,
      },
    ],
  }),
});
