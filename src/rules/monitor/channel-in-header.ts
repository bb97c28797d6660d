import { device, example, login, on } from '../example.ts';
import { asks, claims, monitor, watches } from '../media-examples.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'monitor/channel-in-header',
  section: '3.2',
  level: 'must',
  inField: 'note',
  requires: 'Each packet of live video has the number of its channel in byte 12 of the header.',
  because: 'Where one socket carries several channels nothing else tells them apart.',
  remedy: 'Write the channel of the claim into the header of the data.',
  breach: 'video of channel {channel} has channel {header} in its header',
  scope: 'flow',
  observes: {
    stream(stream, judge) {
      const { kind, headerChannel: header } = stream.origin;
      const channel = stream.request?.channel;
      if (kind !== 'monitor' || channel === undefined) return;
      if (channel === header) judge.obeyed();
      // The claim of this stream may be in a hole, and that of another be taken for it.
      else judge.missing(stream, { channel, header }, 0);
    },
  },
  examples: () => ({
    obeys: [example('video of channel 2', login(), watches(1, 2))],
    breaks: [
      example(
        'video of channel 2 under channel 0',
        login(),
        claims(1, 1, 1413, monitor('Claim', 2)),
        asks(1.2, 1410, monitor('Start', 2)),
        on(1, device(1.4, 1412, 500)),
      ),
    ],
  }),
});
