import { client, device, example, login } from '../example.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'security/firmware-operation',
  section: '4.12, 5.15',
  level: 'advice',
  requires: 'The firmware stays as it is.',
  because: 'Firmware is not signed on many devices: who replaces it owns the device.',
  remedy:
    'Make sure that the upgrade was meant, and where the file came from (`dvrscope extract` writes it out).',
  breach: 'an upgrade was started',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { asked } = turn;
      if (asked === undefined || turn.from !== 'device' || !isGranted(turn)) return;
      if (turn.name === 'UPGRADE_RSP') judge.broken(turn, {});
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('the firmware is left alone', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'an upgrade',
        login(),
        client(1, 1520, { OPSystemUpgrade: { Action: 'Start', Type: 'System' } }),
        device(1.1, 1521),
        client(2, 1522, 600),
        device(2.1, 1523),
        client(3, 1522, 0, { byte13: 1 }),
        device(3.1, 1523),
        device(4, 1524, { Ret: 50 }),
        device(9, 1524, { Ret: 515 }),
      ),
    ],
  }),
});
