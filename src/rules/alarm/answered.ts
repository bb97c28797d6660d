import type { Asked } from '../../session/exchanges.ts';
import { alarm, client, device, example, lost, specLogin } from '../example.ts';
import { PATIENCE_SECONDS } from '../patience.ts';
import { rule } from '../rule.ts';

/** Alarms that wait at once, of one flow. */
const MOST_WAITING = 64;

interface Waiting {
  readonly asked: Asked;
  readonly time: number;
  readonly losses: number;
}

interface State {
  /** In order of sending. */
  readonly waiting: Waiting[];
}

export default rule({
  id: 'alarm/answered',
  section: '5.14.3',
  level: 'must',
  // Hardly any client answers, and no device minds (field notes §7.6).
  inField: 'off',
  requires: 'A client answers every alarm (1504) with ALARM_RSP (1505).',
  because: 'A device that was built by the text sends the alarm again, or takes the client for dead.',
  remedy: 'Answer with the session’s id and Ret 100.',
  breach: 'the alarm got no answer in {waited} s',
  scope: 'flow',
  state: (): State => ({ waiting: [] }),
  observes: {
    message(turn, judge) {
      const { waiting } = judge.state;
      if (turn.name === 'ALARM_RSP' && waiting.shift() !== undefined) judge.obeyed();
      const [oldest] = waiting;
      const waited = turn.time - (oldest?.time ?? turn.time);
      if (oldest !== undefined && waited >= PATIENCE_SECONDS) {
        waiting.shift();
        judge.missing(oldest.asked, { waited }, oldest.losses);
      }
      if (turn.name !== 'ALARM_REQ' || turn.from !== 'device') return;
      if (waiting.length >= MOST_WAITING) waiting.shift();
      waiting.push({ asked: turn.cite(), time: turn.time, losses: judge.losses });
    },
    end(judge) {
      for (const _ of judge.state.waiting) judge.unsure('ended');
    },
  },
  examples: () => ({
    obeys: [{ ...example('answered', guarded(), device(2, 1504, alarm()), client(2.1, 1505)), spec: true }],
    breaks: [
      {
        ...example('not answered', guarded(), device(2, 1504, alarm()), client(10, 1005), device(10.1, 1006)),
        spec: true,
      },
    ],
    unsure: [
      { ...example('the capture ends', guarded(), device(2, 1504, alarm())), spec: true },
      {
        ...example(
          'the answer may be in a gap',
          guarded(),
          device(2, 1504, alarm()),
          lost(2.1, 'client', 78),
          client(10, 1005),
          device(10.1, 1006),
        ),
        spec: true,
      },
    ],
  }),
});

function guarded() {
  return [...specLogin(), client(1, 1500), device(1.1, 1501)];
}
