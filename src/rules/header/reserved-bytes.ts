import { client, device, example, login, on } from '../example.ts';
import { claims, monitor, watches } from '../media-examples.ts';
import { type Judge, rule } from '../rule.ts';
import type { Turn } from '../turn.ts';

const BREACH = 'the reserved bytes are {first} and {second}';

const IP_SET = 1532;
const IP_SET_MARK = 0xfe;
/** Of a packet that carries audio. */
const AUDIO_MARK = 0x80;

/** What devices write there (field notes §1): 1 in media of the second stream, 0x80 with audio, 0xFE in an IP setting. */
function look(turn: Turn, judge: Judge<typeof BREACH, undefined>): void {
  const { reserved1: first, reserved2: second, messageId } = turn.header;
  const firstKnown =
    first === 0 || (first === 1 && turn.media) || (first === IP_SET_MARK && messageId === IP_SET);
  const secondKnown = second === 0 || (second === AUDIO_MARK && turn.media);
  if (firstKnown && secondKnown) judge.obeyed();
  else judge.broken(turn, { first, second });
}

export default rule({
  id: 'header/reserved-bytes',
  section: '3.1, 3.2',
  level: 'should',
  inField: 'note',
  requires: 'The reserved bytes of the header are 0, or what devices are known to write there.',
  because:
    'Who searches a stream for headers passes over one with other values; newer devices may mean something by them.',
  remedy: 'Write 0; tell us what the device means.',
  breach: BREACH,
  scope: 'flow',
  steady: 'each',
  observes: { message: look, media: look },
  examples: () => ({
    obeys: [
      example('zeros', login(), client(1, 1006), device(1.1, 1007)),
      example(
        'audio, and the second stream',
        login(),
        watches(1),
        on(1, device(2, 1412, 300, { reserved2: 0x80 })),
        claims(3, 2, 1413, monitor('Claim', 0, 'Extra1')),
        client(3.2, 1410, monitor('Start', 0, 'Extra1')),
        device(3.3, 1411),
        on(2, device(4, 1412, 300, { reserved1: 1 })),
      ),
    ],
    breaks: [
      example('a 7 in a request', login(), client(1, 1006, undefined, { reserved1: 7 }), device(1.1, 1007)),
    ],
  }),
});
