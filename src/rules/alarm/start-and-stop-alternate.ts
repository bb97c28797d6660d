import { readAlarmInfo } from '../alarm-info.ts';
import { alarm, client, device, example, login, lost } from '../example.ts';
import { rule } from '../rule.ts';

/** Kinds of alarm and channels that are remembered of one flow. */
const MOST_ALARMS = 256;
/** Longer names are no events; what is remembered stays small. */
const LONGEST_EVENT = 64;

interface Latest {
  readonly status: string;
  readonly losses: number;
}

interface State {
  /** What was said last, by event and channel. */
  readonly latest: Map<string, Latest>;
}

export default rule({
  id: 'alarm/start-and-stop-alternate',
  section: '5.14.3',
  level: 'advice',
  requires: 'An alarm that has begun ends before it begins again, and ends once.',
  because: 'A viewer that counts beginnings and ends shows an alarm for ever, or none.',
  remedy: 'Send Start when the event begins and Stop when it ends, by channel and event.',
  breach: '{event} on channel {channel}: {status} follows {status}',
  scope: 'flow',
  hears: ['ALARM_REQ', 'GUARD_REQ'],
  state: (): State => ({ latest: new Map() }),
  observes: {
    message(turn, judge) {
      const { latest } = judge.state;
      if (turn.name === 'GUARD_REQ') {
        // What was under way is said anew to who asks anew.
        latest.clear();
        return;
      }
      const { event, status, channel = -1 } = readAlarmInfo(turn.body) ?? {};
      if (event === undefined || event.length > LONGEST_EVENT || (status !== 'Start' && status !== 'Stop'))
        return;
      const key = `${channel} ${event}`;
      const before = latest.get(key);
      if (before?.status === status) {
        judge.missing(turn, { event, channel: channel === -1 ? 'none' : channel, status }, before.losses);
      } else {
        judge.obeyed();
      }
      if (before !== undefined || latest.size < MOST_ALARMS)
        latest.set(key, { status, losses: judge.losses });
    },
  },
  examples: () => ({
    obeys: [
      example(
        'begins and ends',
        login(),
        guarded(),
        device(2, 1504, alarm('Start')),
        device(3, 1504, alarm('Stop')),
      ),
    ],
    breaks: [
      example(
        'ends twice',
        login(),
        guarded(),
        device(2, 1504, alarm('Stop')),
        device(3, 1504, alarm('Stop')),
      ),
    ],
    unsure: [
      example(
        'the beginning may be in a gap',
        login(),
        guarded(),
        device(2, 1504, alarm('Stop')),
        lost(2.5, 'device', 180),
        device(3, 1504, alarm('Stop')),
      ),
    ],
  }),
});

function guarded() {
  return [client(1, 1500), device(1.1, 1501)];
}
