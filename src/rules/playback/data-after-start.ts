import { DataDue } from '../data-due.ts';
import { client, device, example, login, logout } from '../example.ts';
import { asks, claims, FILE, finds, playback, plays } from '../media-examples.ts';
import { PLAY_DATA } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'playback/data-after-start',
  section: '4.9.1',
  level: 'should',
  requires: 'A device that accepts a playback sends its data soon.',
  because: 'The viewer shows a black picture and cannot tell why.',
  remedy:
    'Answer with an error where the recording cannot be opened; check that the data socket was claimed.',
  breach: 'the playback was accepted, and no data came in {seconds} s',
  scope: 'session',
  watches: ['PLAY_DATA'],
  state: () => new DataDue({ kind: 'recording', messageId: PLAY_DATA, actions: ['Start', 'Play'] }),
  observes: {
    message: (turn, judge) => judge.state.message(turn, judge),
    media: (turn, judge) => judge.state.media(turn, judge),
    end: (judge) => judge.state.end(judge),
  },
  examples: () => ({
    obeys: [example('data at once', login(), plays(1))],
    breaks: [
      example(
        'no data',
        login(),
        finds(1, FILE),
        claims(1.2, 1, 1424, playback('Claim')),
        asks(1.4, 1420, playback('Start')),
        client(18, 1006),
        device(18.1, 1007),
        logout(19),
      ),
    ],
    unsure: [
      example(
        'the capture ends too early',
        login(),
        finds(1, FILE),
        claims(1.2, 1, 1424, playback('Claim')),
        asks(1.4, 1420, playback('Start')),
      ),
    ],
  }),
});
