import { client, device, example } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'discovery/bare-probe',
  section: '5.16.1',
  level: 'advice',
  requires: 'A search has no body, or names its session and nothing else.',
  because:
    'Devices look at the header only; what else a search says is told to the whole network for nothing.',
  remedy: 'Send the 20 bytes of the header, with Data Length 0.',
  breach: 'the search has a body that says {keys}',
  scope: 'flow',
  hears: ['IPSEARCH_REQ'],
  observes: {
    message(turn, judge) {
      const keys = Object.keys(turn.body).filter((key) => key !== 'SessionID' && key !== 'Name');
      if (keys.length > 0) judge.broken(turn, { keys: keys.join(', ') });
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [{ ...example('a header only', client(0, 1530), device(0.1, 1531)), datagrams: true }],
    breaks: [
      {
        ...example(
          'with an account',
          client(0, 1530, { SessionID: '0x00000000', UserName: 'viewer' }),
          device(0.1, 1531),
        ),
        datagrams: true,
        alsoBreaks: ['body/unknown-key'],
      },
    ],
  }),
});
