import { HEADER_LENGTH } from '../../../dissectors/dvrip/header.ts';
import { client, device, example, login, lost, raw } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'framing/skipped-bytes',
  section: '3.1',
  level: 'should',
  exercisedBy: 'message',
  requires: 'Where one message ends, the next begins: nothing stands between them.',
  because:
    'Bytes that belong to no message are passed over until the next header is found; a client that trusts the lengths is lost for good.',
  remedy:
    'Compare Data Length with the bytes that are really sent, trailer included; look for another program that writes to the socket.',
  doubt: ({ code, params }, { fromStart, cutOff }) => {
    if (code !== 'framing/skipped-bytes') return undefined;
    if (params.after === 'gap') return 'gap';
    // The capture ends in the middle of a header.
    if (cutOff && params.skipped < HEADER_LENGTH) return 'ended';
    return params.after === 'start' && !fromStart ? 'began-before' : undefined;
  },
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'five bytes between two messages',
        login(),
        raw(1, 'client', [1, 2, 3, 4, 5]),
        client(1.1, 1020),
        device(1.2, 1021),
      ),
    ],
    unsure: [
      example(
        'what is left of a message that begins in a gap',
        login(),
        lost(1, 'client', 30),
        raw(1.1, 'client', [0x7d, 0x0a, 0]),
        client(2, 1006),
        device(2.1, 1007),
      ),
      {
        ...example(
          'the capture begins in mid-message',
          raw(0, 'client', [0x7d, 0x0a, 0]),
          client(1, 1020),
          device(1.1, 1021),
        ),
        midStream: true,
      },
    ],
  }),
});
