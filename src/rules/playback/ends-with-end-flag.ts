import { endFlag } from '../end-flags.ts';
import { client, device, example, login, on } from '../example.ts';
import { asks, plays } from '../media-examples.ts';
import { PLAY_DATA } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'playback/ends-with-end-flag',
  section: '3.2, 4.9.1',
  ...endFlag(PLAY_DATA),
  requires: 'The last packet of a recording that is played to its end has EndFlag 1, or no length.',
  because: 'Without it a player cannot tell the end of the recording from a stall.',
  remedy: 'Send one more packet of the data with EndFlag 1 when the file is at its end.',
  breach: 'no data for {seconds} s, and nothing has said that the recording is over',
  watches: ['PLAY_DATA'],
  examples: () => ({
    obeys: [example('an end', login(), plays(1), on(1, device(3, 1422, 0, { byte13: 1 })))],
    breaks: [
      example(
        'silence',
        login(),
        plays(1),
        client(19, 1006),
        device(19.1, 1007),
        client(38, 1006),
        device(38.1, 1007),
      ),
    ],
    unsure: [example('the capture ends too early', login(), plays(1), asks(3, 1006))],
  }),
});
