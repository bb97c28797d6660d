import { client, device, example, specLogin } from '../example.ts';
import { type Judge, rule } from '../rule.ts';
import type { Turn } from '../turn.ts';

const BREACH = 'VERSION is 0';

function look(turn: Turn, judge: Judge<typeof BREACH, undefined>): void {
  if (turn.header.version === 0) judge.broken(turn, {});
  else judge.obeyed();
}

export default rule({
  id: 'header/version-one',
  section: '3.1, 3.2',
  level: 'must',
  // In the field 0 marks a request (field notes §1).
  inField: 'off',
  requires: 'VERSION is 1, in requests as well.',
  because: '0 is no version of the specification; that devices take it is a courtesy.',
  remedy: 'Send 1.',
  breach: BREACH,
  scope: 'flow',
  steady: 'each',
  observes: { message: look, media: look },
  examples: () => ({
    obeys: [{ ...example('1 both ways', specLogin(), client(1, 1005), device(1.1, 1006)), spec: true }],
    breaks: [
      {
        ...example(
          'a request of version 0',
          specLogin(),
          client(1, 1005, undefined, { version: 0 }),
          device(1.1, 1006),
        ),
        spec: true,
      },
    ],
  }),
});
