import { dataAfterStart } from '../data-due.ts';
import { example, login } from '../example.ts';
import { asks, claims, monitor, nothingComes, watches } from '../media-examples.ts';
import { MONITOR_DATA } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'monitor/data-after-start',
  section: '4.8.1',
  ...dataAfterStart({ kind: 'monitor', messageId: MONITOR_DATA, actions: ['Start'] }),
  requires: 'A device that accepts a start sends video soon.',
  because: 'The viewer shows a black picture and cannot tell why.',
  remedy: 'Ask for a key frame (1562); check that the data socket was claimed for that channel and stream.',
  breach: 'the start of live view was accepted, and no video came in {seconds} s',
  watches: ['MONITOR_DATA'],
  examples: () => ({
    obeys: [example('video at once', login(), watches(1))],
    ...nothingComes('no video', claims(1, 1, 1413, monitor('Claim')), asks(1.2, 1410, monitor('Start'))),
  }),
});
