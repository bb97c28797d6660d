import { endFlag } from '../end-flags.ts';
import { client, device, example, login, on } from '../example.ts';
import { asks, claims, downloads, FILE, finds, playback } from '../media-examples.ts';
import { DOWNLOAD_DATA } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'download/ends-with-end-flag',
  section: '3.2, 4.10',
  ...endFlag(DOWNLOAD_DATA),
  requires: 'The last packet of a download has EndFlag 1, or no length.',
  because: 'Without it a client cannot tell whether it has the whole file.',
  remedy: 'Send one more packet of the data with EndFlag 1 when the file is at its end.',
  breach: 'no data for {seconds} s, and nothing has said that the file is complete',
  watches: ['DOWNLOAD_DATA'],
  examples: () => ({
    obeys: [example('an end', login(), downloads(1))],
    breaks: [
      example(
        'silence',
        login(),
        finds(1, FILE),
        claims(1.2, 1, 1424, playback('Claim')),
        asks(1.4, 1420, playback('DownloadStart')),
        on(1, device(1.6, 1426, 4000)),
        client(19, 1006),
        device(19.1, 1007),
        client(38, 1006),
        device(38.1, 1007),
      ),
    ],
    unsure: [
      example(
        'the capture ends too early',
        login(),
        finds(1, FILE),
        claims(1.2, 1, 1424, playback('Claim')),
        asks(1.4, 1420, playback('DownloadStart')),
        on(1, device(1.6, 1426, 4000)),
      ),
    ],
  }),
});
