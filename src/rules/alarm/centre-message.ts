import { device, example } from '../example.ts';
import { rule } from '../rule.ts';

const KEYS = ['Address', 'Channel', 'SerialID', 'StartTime', 'Status', 'Type'] as const;

/** Field notes §7.7. */
const ALARM_CENTRE = 15_002;

const MESSAGE = {
  ...{ Address: '0x0B0A060A', Channel: 0, Descrip: '', Event: 'MotionDetect', SerialID: '003344236523' },
  ...{ StartTime: '2010-06-24 17:04:22', Status: 'Stop', Type: 'Alarm' },
};

export default rule({
  id: 'alarm/centre-message',
  section: '4.34.5',
  level: 'should',
  requires:
    'A message to the alarm centre says which device, channel and event it is about, when, and of what type.',
  because: 'The centre hears many devices and asks none of them: what the message leaves out stays unknown.',
  remedy: 'Fill in Address, Channel, Event, SerialID, StartTime, Status and Type.',
  breach: 'the message to the alarm centre has no {missing}',
  scope: 'flow',
  hears: ['ALARMCENTER_MSG_REQ'],
  observes: {
    message(turn, judge) {
      if (!turn.readable || turn.from !== 'device') return;
      const missing = KEYS.filter((key) => !Object.hasOwn(turn.body, key));
      if (missing.length === 0) judge.obeyed();
      else judge.broken(turn, { missing: missing.join(', ') });
    },
  },
  examples: () => ({
    obeys: [
      {
        ...example('all of it', device(0, 1508, MESSAGE, { sessionId: 0 })),
        deviceOpens: true,
        port: ALARM_CENTRE,
      },
    ],
    breaks: [
      {
        ...example('from nobody', device(0, 1508, { ...MESSAGE, SerialID: undefined }, { sessionId: 0 })),
        deviceOpens: true,
        port: ALARM_CENTRE,
      },
    ],
  }),
});
