import { client, device, example, login } from '../example.ts';
import { type Judge, rule } from '../rule.ts';
import type { Turn } from '../turn.ts';

const BREACH = 'VERSION is {version}';

/** The specification knows 1 only; clients send 0 in requests, and devices take both (field notes §1). */
function look(turn: Turn, judge: Judge<typeof BREACH, undefined>): void {
  const { version } = turn.header;
  if (version <= 1) judge.obeyed();
  else judge.broken(turn, { version });
}

export default rule({
  id: 'header/version',
  section: '3.1, 3.2',
  level: 'must',
  requires: 'VERSION, the second byte of the header, is 0 or 1.',
  because:
    'Another version may lay out its header differently; who searches a stream for headers passes over it.',
  remedy: 'Send 1; 0 is what many clients send in requests.',
  breach: BREACH,
  scope: 'flow',
  steady: 'each',
  observes: { message: look, media: look },
  examples: () => ({
    obeys: [example('0 from the client, 1 from the device', login(), client(1, 1006), device(1.1, 1007))],
    breaks: [
      example(
        'a request of version 2',
        login(),
        client(1, 1006, undefined, { version: 2 }),
        device(1.1, 1007),
      ),
    ],
  }),
});
