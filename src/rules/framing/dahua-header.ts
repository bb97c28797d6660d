import { client, device, example, login, raw } from '../example.ts';
import { findingRule } from '../rule.ts';

/** A login of the older protocol. */
const OLD_LOGIN = [0xa0, 0, 0, 0x60, ...new Array<number>(20).fill(0), 5, 2, 0, 1, 0, 0, 0xa1, 0xaa];

export default findingRule({
  id: 'framing/dahua-header',
  section: '3.1',
  level: 'advice',
  exercisedBy: 'message',
  requires: 'The header is that of this protocol: 20 bytes that begin with 0xFF.',
  because:
    'The bytes are those of the older protocol of Dahua devices, with a header of 32 bytes (TCP 37777); nothing that is said there can be read here.',
  remedy: 'Use a tool for that protocol; this device or client is none of the Sofia family.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      {
        ...example('a login of the older protocol', raw(0, 'client', OLD_LOGIN)),
        alsoBreaks: ['framing/skipped-bytes'],
      },
    ],
  }),
});
