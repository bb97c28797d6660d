import { dataAfterStart } from '../data-due.ts';
import { example, login } from '../example.ts';
import { asks, claims, nothingComes, talk, talks } from '../media-examples.ts';
import { TALK_TO_CLIENT } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'talk/data-after-start',
  section: '4.11.1',
  ...dataAfterStart({ kind: 'talk', messageId: TALK_TO_CLIENT, actions: ['Start'] }),
  requires: 'A device that accepts two-way audio sends sound soon.',
  because: 'The client hears nothing and cannot tell why.',
  remedy:
    'Answer with an error where the microphone cannot be opened; check that the data socket was claimed.',
  breach: 'two-way audio was accepted, and no sound came in {seconds} s',
  watches: ['TALK_CU_PU_DATA', 'TALK_PU_CU_DATA'],
  examples: () => ({
    obeys: [example('sound at once', login(), talks(1))],
    ...nothingComes(
      'no sound',
      claims(1, 1, 1434, talk('Claim')),
      asks(1.2, 1430, talk('Start'), talk('Start')),
    ),
  }),
});
