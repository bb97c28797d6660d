import { example, login } from '../example.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';
import { numberMember } from '../turn.ts';

/** More than this looks like milliseconds; devices ask for 20 to 30 seconds (field notes §4). */
const LONGEST_SECONDS = 3600;

export default rule({
  id: 'keepalive/interval-sane',
  section: '5.1.1',
  level: 'should',
  requires:
    'AliveInterval is a number of seconds that a client can keep to and that notices a dead one: 1 to 3600.',
  because:
    'With 0 a client does not know when to send; with hours, dead sessions stay and use up the connections.',
  remedy: 'Give seconds; 20 to 30 are usual.',
  breach: 'AliveInterval is {interval}',
  scope: 'flow',
  hears: ['LOGIN_RSP'],
  observes: {
    message(turn, judge) {
      const interval = numberMember(turn.body, 'AliveInterval');
      if (turn.from !== 'device' || interval === undefined || !isGranted(turn)) return;
      if (interval >= 1 && interval <= LONGEST_SECONDS) judge.obeyed();
      else judge.broken(turn, { interval }, { path: ['AliveInterval'] });
    },
  },
  examples: () => ({
    obeys: [example('20 seconds', login(0, { AliveInterval: 20 }))],
    breaks: [
      example('none', login(0, { AliveInterval: 0 })),
      example('milliseconds', login(0, { AliveInterval: 20_000 })),
    ],
  }),
});
