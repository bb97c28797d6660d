import { device, example, on, specLogin } from '../example.ts';
import { asks, claims, monitor, watches } from '../media-examples.ts';
import { kindOfData } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'sequence/media-starts-at-one',
  section: '4.8.1, 4.9.1, 4.11.1',
  level: 'must',
  // Devices begin at 0 (field notes §4).
  inField: 'off',
  requires: 'The first media packet of each side on a socket has sequence number 1.',
  because: 'A client that goes by the specification takes the first packet for a late one of another stream.',
  remedy: 'Begin at 1; as a client, take 0 as well.',
  breach: 'the first media packet has sequence number {now}',
  scope: 'flow',
  state: (): { readonly begun: [boolean, boolean] } => ({ begun: [false, false] }),
  observes: {
    media(turn, judge) {
      const { begun } = judge.state;
      if (begun[turn.side]) return;
      const kind = kindOfData(turn.header.messageId);
      // Firmware is for the rules of the upgrade; AVTalk is not of the specification.
      if (kind === undefined || kind === 'avtalk') return;
      begun[turn.side] = true;
      const now = turn.header.sequence;
      if (now === 1) judge.obeyed();
      else judge.missing(turn, { now }, 0);
    },
  },
  examples: () => ({
    obeys: [{ ...example('live view from 1', specLogin(), watches(1)), spec: true }],
    breaks: [
      {
        ...example(
          'live view from 0',
          specLogin(),
          claims(1, 1, 1413, monitor('Claim')),
          asks(1.2, 1410, monitor('Start')),
          on(1, device(1.4, 1412, 500, { sequence: 0 })),
        ),
        spec: true,
      },
    ],
    unsure: [
      {
        ...example('the capture begins in mid-stream', on(1, device(0, 1412, 500, { sequence: 7 }))),
        spec: true,
        midStream: true,
      },
    ],
  }),
});
