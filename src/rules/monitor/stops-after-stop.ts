import { device, example, login, lost, on } from '../example.ts';
import { asks, monitor, watches } from '../media-examples.ts';
import { CLAIMS, MONITOR_DATA } from '../media-requests.ts';
import { quietAfterStop } from '../quiet-after-stop.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'monitor/stops-after-stop',
  section: '4.8.1',
  ...quietAfterStop('monitor', MONITOR_DATA),
  requires: 'After the answer to a stop a device sends no more video.',
  because: 'Data that nobody wants fills the network, and the next stream on the socket begins with it.',
  remedy: 'Stop the capture of the stream before the stop is answered.',
  breach: 'video {seconds} s after the answer to the stop',
  watches: ['MONITOR_DATA'],
  hears: [...CLAIMS, 'MONITOR_REQ', 'MONITOR_RSP'],
  examples: () => ({
    obeys: [
      example(
        'the last frame is in flight',
        login(),
        watches(1),
        asks(3, 1410, monitor('Stop')),
        on(1, device(3.2, 1412, 400)),
      ),
    ],
    breaks: [
      example('it goes on', login(), watches(1), asks(3, 1410, monitor('Stop')), on(1, device(8, 1412, 400))),
    ],
    unsure: [
      example(
        'a new start may be in a gap',
        login(),
        watches(1),
        asks(3, 1410, monitor('Stop')),
        lost(4, 'client', 150),
        asks(5, 1006),
        on(1, device(8, 1412, 400)),
      ),
    ],
  }),
});
