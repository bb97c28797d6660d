import { describeMessage } from '../../../schemas/registry.ts';
import { alarm, client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'direction/pushes-from-device',
  section: '5.1.3, 5.14.3, 5.15.3, 4.34.5',
  level: 'must',
  requires:
    'Alarms, forced logouts, progress of an upgrade and messages to the alarm centre come from the device.',
  because: 'A device that gets one has nothing to do with it.',
  remedy: 'To raise an alarm at the device send NET_ALARM_REQ (1506); to log out, LOGOUT_REQ (1002).',
  breach: '{name} was sent by the client',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { header, dialect, from, name } = turn;
      const definition = describeMessage(dialect, header.messageId, from);
      if (definition?.from !== 'device' || definition.replyTo !== undefined) return;
      if (!turn.rolesKnown) judge.unsure('began-before');
      else if (from === 'device') judge.obeyed();
      else judge.broken(turn, { name });
    },
  },
  examples: () => ({
    obeys: [example('an alarm', login(), client(1, 1500), device(1.1, 1501), device(2, 1504, alarm()))],
    breaks: [
      example(
        'the client sends an alarm',
        login(),
        client(1, 1500),
        device(1.1, 1501),
        client(2, 1504, alarm()),
      ),
    ],
  }),
});
