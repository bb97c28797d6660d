import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'framing/oversized-body',
  section: '3.1',
  level: 'must',
  exercisedBy: 'message',
  requires: 'Data Length says how many bytes follow the header, and never more than a device could send.',
  because: 'Who believes the length waits for bytes that never come, or runs out of memory.',
  remedy:
    'Send the length as 32 bits, low byte first, without the header; raise the limit only if bodies are really that large.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      {
        ...example(
          'a length of almost 2 GiB',
          login(),
          client(1, 1020, '', { length: 0x7fff_0000 }),
          client(2, 1020),
          device(2.1, 1021),
        ),
        alsoBreaks: ['framing/skipped-bytes'],
      },
    ],
  }),
});
