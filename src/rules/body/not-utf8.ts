import { client, device, example, login, raw } from '../example.ts';
import { findingRule } from '../rule.ts';

const BEFORE = '{"ChannelTitle":["';
const BEHIND = '"],"Name":"ChannelTitle","SessionID":"0x0000000B"}';
/** A request (1046) to title a channel 通道, which in GB18030 is CD A8 B5 C0. */
const IN_GB18030 = [
  ...[0xff, 0, 0, 0, 0x0b, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x16, 0x04, BEFORE.length + 4 + BEHIND.length, 0, 0, 0],
  ...Buffer.from(BEFORE),
  ...[0xcd, 0xa8, 0xb5, 0xc0],
  ...Buffer.from(BEHIND),
];

export default findingRule({
  id: 'body/not-utf8',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'The text of a body is UTF-8.',
  because:
    'Old firmware writes Chinese as GB18030; a client that does not know it shows nonsense, or refuses the body.',
  remedy: 'Write UTF-8; where a body is none, try GB18030 before Latin-1.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a title in GB18030',
        login(),
        raw(1, 'client', IN_GB18030),
        device(1.1, 1047, { SessionID: '0x0000000B' }, { sequence: 1 }),
      ),
    ],
  }),
});
