import { device, example, login, lost, on } from '../example.ts';
import { asks, playback, plays } from '../media-examples.ts';
import { DOWNLOAD_DATA, PLAY_DATA } from '../media-requests.ts';
import { quietAfterStop } from '../quiet-after-stop.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'playback/stops-after-stop',
  section: '4.9.1',
  ...quietAfterStop('recording', PLAY_DATA, DOWNLOAD_DATA),
  requires: 'After the answer to a stop a device sends no more of the recording.',
  because: 'Data that nobody wants fills the network, and the next recording on the socket begins with it.',
  remedy: 'Stop reading the file before the stop is answered.',
  breach: 'data of the recording {seconds} s after the answer to the stop',
  watches: ['PLAY_DATA', 'DOWNLOAD_DATA'],
  hears: ['PLAY_REQ', 'PLAY_RSP'],
  examples: () => ({
    obeys: [
      example(
        'the last packet is in flight',
        login(),
        plays(1),
        asks(3, 1420, playback('Stop')),
        on(1, device(3.2, 1422, 400)),
      ),
    ],
    breaks: [
      example('it goes on', login(), plays(1), asks(3, 1420, playback('Stop')), on(1, device(8, 1422, 400))),
    ],
    unsure: [
      example(
        'another start may be in a gap',
        login(),
        plays(1),
        asks(3, 1420, playback('Stop')),
        lost(4, 'client', 300),
        asks(4.1, 1006),
        on(1, device(8, 1422, 400)),
      ),
    ],
  }),
});
