import { dataAfterStart } from '../data-due.ts';
import { example, login } from '../example.ts';
import { asks, claims, downloads, FILE, finds, nothingComes, playback } from '../media-examples.ts';
import { DOWNLOAD_DATA } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'download/data-after-start',
  section: '4.9.1, 4.10',
  ...dataAfterStart({ kind: 'recording', messageId: DOWNLOAD_DATA, actions: ['DownloadStart'] }),
  requires: 'A device that accepts a download sends its data soon.',
  because: 'The client waits for a file that never comes.',
  remedy:
    'Answer with an error where the recording cannot be opened; check that the data socket was claimed.',
  breach: 'the download was accepted, and no data came in {seconds} s',
  watches: ['DOWNLOAD_DATA'],
  examples: () => ({
    obeys: [example('data at once', login(), downloads(1))],
    ...nothingComes(
      'no data',
      finds(1, FILE),
      claims(1.2, 1, 1424, playback('Claim')),
      asks(1.4, 1420, playback('DownloadStart')),
    ),
  }),
});
