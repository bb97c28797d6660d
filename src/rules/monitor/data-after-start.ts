import { DataDue } from '../data-due.ts';
import { client, device, example, login, logout } from '../example.ts';
import { asks, claims, monitor, watches } from '../media-examples.ts';
import { MONITOR_DATA } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'monitor/data-after-start',
  section: '4.8.1',
  level: 'should',
  requires: 'A device that accepts a start sends video soon.',
  because: 'The viewer shows a black picture and cannot tell why.',
  remedy: 'Ask for a key frame (1562); check that the data socket was claimed for that channel and stream.',
  breach: 'the start of live view was accepted, and no video came in {seconds} s',
  scope: 'session',
  watches: ['MONITOR_DATA'],
  state: () => new DataDue({ kind: 'monitor', messageId: MONITOR_DATA, actions: ['Start'] }),
  observes: {
    message: (turn, judge) => judge.state.message(turn, judge),
    media: (turn, judge) => judge.state.media(turn, judge),
    end: (judge) => judge.state.end(judge),
  },
  examples: () => ({
    obeys: [example('video at once', login(), watches(1))],
    breaks: [
      example(
        'no video',
        login(),
        claims(1, 1, 1413, monitor('Claim')),
        asks(1.2, 1410, monitor('Start')),
        client(18, 1006),
        device(18.1, 1007),
        logout(19),
      ),
    ],
    unsure: [
      example(
        'the capture ends too early',
        login(),
        claims(1, 1, 1413, monitor('Claim')),
        asks(1.2, 1410, monitor('Start')),
      ),
    ],
  }),
});
