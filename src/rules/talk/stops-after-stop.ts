import { client, example, login, lost, on } from '../example.ts';
import { asks, talk, talks } from '../media-examples.ts';
import { TALK_TO_CLIENT, TALK_TO_DEVICE } from '../media-requests.ts';
import { quietAfterStop } from '../quiet-after-stop.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'talk/stops-after-stop',
  section: '4.11.1',
  ...quietAfterStop('talk', TALK_TO_CLIENT, TALK_TO_DEVICE),
  requires: 'After the answer to a stop neither side sends more sound.',
  because: 'The microphone stays open although the user has hung up.',
  remedy: 'Stop sending when the stop is answered, and close the data socket.',
  breach: 'sound {seconds} s after the answer to the stop',
  watches: ['TALK_CU_PU_DATA', 'TALK_PU_CU_DATA'],
  hears: ['TALK_REQ', 'TALK_RSP'],
  examples: () => ({
    obeys: [example('both are silent', login(), talks(1), asks(3, 1430, talk('Stop'), talk('Stop')))],
    breaks: [
      example(
        'the client goes on',
        login(),
        talks(1),
        asks(3, 1430, talk('Stop'), talk('Stop')),
        on(1, client(8, 1432, 328)),
      ),
    ],
    unsure: [
      example(
        'another start may be in a gap',
        login(),
        talks(1),
        asks(3, 1430, talk('Stop'), talk('Stop')),
        lost(4, 'client', 200),
        asks(4.1, 1006),
        on(1, client(8, 1432, 328)),
      ),
    ],
  }),
});
