import { readAlarmInfo } from '../alarm-info.ts';
import { alarm, client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'alarm/says-what-and-where',
  section: '5.14.3',
  level: 'should',
  requires:
    'An alarm says what happened, when, whether it begins or ends, and, of a picture, on which channel.',
  because: 'A viewer cannot show the right camera, nor end what it shows.',
  remedy: 'Fill in Event, StartTime, Status and Channel of AlarmInfo.',
  breach: 'AlarmInfo has no {missing}',
  scope: 'flow',
  hears: ['ALARM_REQ'],
  observes: {
    message(turn, judge) {
      const info = readAlarmInfo(turn.body);
      // Without Event or AlarmInfo the schema objects.
      if (info?.event === undefined) return;
      const missing = [];
      // Alarms of disks and of the network concern no channel.
      if (info.channel === undefined && info.event.startsWith('Video')) missing.push('Channel');
      if (info.startTime === undefined) missing.push('StartTime');
      if (info.status === undefined) missing.push('Status');
      if (missing.length === 0) judge.obeyed();
      else judge.broken(turn, { missing: missing.join(', ') }, { path: ['AlarmInfo'] });
    },
  },
  examples: () => ({
    obeys: [example('motion on channel 0', login(), guarded(alarm()))],
    breaks: [
      example('motion somewhere', login(), guarded({ AlarmInfo: { Event: 'VideoMotion', Status: 'Start' } })),
    ],
  }),
});

function guarded(body: Readonly<Record<string, unknown>>) {
  return [client(1, 1500), device(1.1, 1501), device(2, 1504, body)];
}
