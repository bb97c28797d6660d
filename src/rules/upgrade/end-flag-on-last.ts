import { example, login, lost } from '../example.ts';
import { block, lastBlock, progress, upgraded, upgrades } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { UPGRADE_DATA } from '../upgrade.ts';

interface State {
  /** Blocks since the start, whether the last of them had EndFlag 1, and the holes then. */
  blocks: number;
  ended: boolean;
  losses: number;
}

export default rule({
  id: 'upgrade/end-flag-on-last',
  section: '3.2, 4.12',
  level: 'must',
  requires: 'The last block of firmware has EndFlag 1, and no other has.',
  because: 'The device begins to write when it sees the flag: too early, the firmware is half of it.',
  remedy: 'Set byte 13 of the header in the last block only; an empty block may be the last.',
  breach: '{what}',
  scope: 'flow',
  watches: ['UPGRADE_DATA'],
  hears: ['UPGRADE_REQ', 'UPGRADE_PROGRESS'],
  state: (): State => ({ blocks: 0, ended: false, losses: 0 }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.name === 'UPGRADE_PROGRESS') {
        if (state.blocks === 0) return;
        if (state.ended) judge.obeyed();
        else judge.missing(turn, { what: 'the device upgrades, and no block had EndFlag 1' }, state.losses);
      }
      state.blocks = 0;
      state.ended = false;
    },
    media(turn, judge) {
      if (turn.header.messageId !== UPGRADE_DATA) return;
      const { state } = judge;
      if (state.ended) {
        judge.missing(turn, { what: 'another block comes after the one with EndFlag 1' }, state.losses);
      }
      state.blocks += 1;
      state.ended = turn.header.byte13 === 1;
      state.losses = judge.losses;
    },
  },
  examples: () => ({
    obeys: [example('an empty block with the flag at the end', login(), upgraded(1))],
    breaks: [
      example('no flag', login(), upgrades(1), block(2), progress(3, 0), progress(4, 515)),
      example('more after the flag', login(), upgrades(1), lastBlock(2), block(3)),
    ],
    unsure: [
      example(
        'the last block is in a gap',
        login(),
        upgrades(1),
        block(2),
        lost(3, 'client', 20),
        progress(3.5, 0),
        progress(4, 515),
      ),
    ],
  }),
});
