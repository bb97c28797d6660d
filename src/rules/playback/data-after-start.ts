import { dataAfterStart } from '../data-due.ts';
import { example, login } from '../example.ts';
import { asks, claims, FILE, finds, nothingComes, playback, plays } from '../media-examples.ts';
import { PLAY_DATA } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'playback/data-after-start',
  section: '4.9.1',
  ...dataAfterStart({ kind: 'recording', messageId: PLAY_DATA, actions: ['Start', 'Play'] }),
  requires: 'A device that accepts a playback sends its data soon.',
  because: 'The viewer shows a black picture and cannot tell why.',
  remedy:
    'Answer with an error where the recording cannot be opened; check that the data socket was claimed.',
  breach: 'the playback was accepted, and no data came in {seconds} s',
  watches: ['PLAY_DATA'],
  examples: () => ({
    obeys: [example('data at once', login(), plays(1))],
    ...nothingComes(
      'no data',
      finds(1, FILE),
      claims(1.2, 1, 1424, playback('Claim')),
      asks(1.4, 1420, playback('Start')),
    ),
  }),
});
