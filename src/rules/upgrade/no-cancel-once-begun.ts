import { example, login } from '../example.ts';
import { asks, block, lastBlock, progress, upgrades } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { UPGRADE_RESULTS, UpgradeRequests } from '../upgrade.ts';

interface State {
  readonly requests: UpgradeRequests;
  /** The device writes the firmware. */
  begun: boolean;
}

export default rule({
  id: 'upgrade/no-cancel-once-begun',
  section: '4.12',
  level: 'must',
  requires:
    'An upgrade is cancelled only while its data is being sent, not once the device has begun to upgrade.',
  because: 'Half of the firmware is new and half is old: the device may not start again.',
  remedy: 'Take the button away when the first progress comes; as a device, refuse.',
  breach: 'the upgrade is cancelled after the device has begun with it',
  scope: 'flow',
  hears: ['UPGRADE_REQ', 'UPGRADE_RSP', 'UPGRADE_PROGRESS'],
  state: (): State => ({ requests: new UpgradeRequests(), begun: false }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.name === 'UPGRADE_PROGRESS') {
        state.begun = turn.ret !== undefined && !UPGRADE_RESULTS.has(turn.ret);
        return;
      }
      const event = state.requests.take(turn);
      if (event === 'granted') state.begun = false;
      if (event !== 'abort') return;
      if (state.begun) judge.broken(turn, {}, { path: ['OPSystemUpgrade', 'Action'] });
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('cancelled between two blocks', login(), upgrades(1), block(2), asks(3, 1520, abort()))],
    breaks: [
      example(
        'cancelled at 60 %',
        login(),
        upgrades(1),
        block(2),
        lastBlock(3),
        progress(4, 60),
        asks(5, 1520, abort(), { Ret: 502 }),
        progress(6, 515),
      ),
    ],
  }),
});

function abort() {
  return { OPSystemUpgrade: { Action: 'Abort', Type: 'System' } };
}
