import { device, example, login, on } from '../example.ts';
import { plays } from '../media-examples.ts';
import { rule } from '../rule.ts';

/** Its header is no work of the specification (field notes §6.6). */
const AVTALK_DATA = 1419;

export default rule({
  id: 'header/end-flag-value',
  section: '3.2',
  level: 'must',
  requires: 'EndFlag is 0 or 1 in the header of media.',
  because:
    'A client that compares with 1 misses the end, and waits; one that compares with 0 stops too early.',
  remedy: 'Write 1 into the last packet, 0 into all others.',
  breach: 'EndFlag is {flag}',
  scope: 'flow',
  steady: 'each',
  observes: {
    media(turn, judge) {
      const { byte13: flag, messageId } = turn.header;
      if (messageId === AVTALK_DATA) return;
      if (flag <= 1) judge.obeyed();
      else judge.broken(turn, { flag });
    },
  },
  examples: () => ({
    obeys: [example('a recording to its end', login(), plays(1), on(1, device(2, 1422, 0, { byte13: 1 })))],
    breaks: [
      example(
        'a packet with EndFlag 2',
        login(),
        plays(1),
        on(1, device(2, 1422, 300, { byte13: 2 }), device(3, 1422, 0, { byte13: 1 })),
      ),
    ],
  }),
});
