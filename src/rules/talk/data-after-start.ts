import { DataDue } from '../data-due.ts';
import { client, device, example, login, logout } from '../example.ts';
import { asks, claims, talk, talks } from '../media-examples.ts';
import { TALK_TO_CLIENT } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'talk/data-after-start',
  section: '4.11.1',
  level: 'should',
  requires: 'A device that accepts two-way audio sends sound soon.',
  because: 'The client hears nothing and cannot tell why.',
  remedy:
    'Answer with an error where the microphone cannot be opened; check that the data socket was claimed.',
  breach: 'two-way audio was accepted, and no sound came in {seconds} s',
  scope: 'session',
  watches: ['TALK_CU_PU_DATA', 'TALK_PU_CU_DATA'],
  state: () => new DataDue({ kind: 'talk', messageId: TALK_TO_CLIENT, actions: ['Start'] }),
  observes: {
    message: (turn, judge) => judge.state.message(turn, judge),
    media: (turn, judge) => judge.state.media(turn, judge),
    end: (judge) => judge.state.end(judge),
  },
  examples: () => ({
    obeys: [example('sound at once', login(), talks(1))],
    breaks: [
      example(
        'no sound',
        login(),
        claims(1, 1, 1434, talk('Claim')),
        asks(1.2, 1430, talk('Start'), talk('Start')),
        client(18, 1006),
        device(18.1, 1007),
        logout(19),
      ),
    ],
    unsure: [
      example(
        'the capture ends too early',
        login(),
        claims(1, 1, 1434, talk('Claim')),
        asks(1.2, 1430, talk('Start'), talk('Start')),
      ),
    ],
  }),
});
