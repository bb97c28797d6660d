import { device, example, login, lost } from '../example.ts';
import { block, lastBlock, upgraded, upgrades } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { UPGRADE_DATA } from '../upgrade.ts';

interface State {
  /** Number of the last block; -1 before the first. And the holes until then. */
  last: number;
  losses: number;
  /** A start was seen: the next block is the first. */
  first: boolean;
}

export default rule({
  id: 'upgrade/counts-blocks',
  section: '4.12, field 4',
  level: 'must',
  requires: 'The blocks of firmware are counted one by one, from 1 (by the habit of the field, from 0).',
  because: 'By its number alone a device knows where a block belongs, and that none is missing.',
  remedy: 'Begin anew with each upgrade, and add one for each block.',
  breach: 'block {number} follows block {last}',
  scope: 'flow',
  watches: ['UPGRADE_DATA'],
  hears: ['UPGRADE_REQ'],
  state: (): State => ({ last: -1, losses: 0, first: false }),
  observes: {
    message(_turn, { state }) {
      state.first = true;
    },
    media(turn, judge) {
      if (turn.header.messageId !== UPGRADE_DATA) return;
      const { state } = judge;
      const { sequence: number } = turn.header;
      if (state.first) {
        // Devices and clients count from 0, where the specification says 1.
        const begins = number === 1 || (number === 0 && turn.dialect === 'field');
        if (begins) judge.obeyed();
        else judge.missing(turn, { number, last: 'none' }, 0);
      } else if (state.last !== -1) {
        if (number === state.last + 1) judge.obeyed();
        else judge.missing(turn, { number, last: state.last }, state.losses);
      }
      state.first = false;
      state.last = number;
      state.losses = judge.losses;
    },
  },
  examples: () => ({
    obeys: [
      example('0, 1, 2', login(), upgraded(1)),
      {
        ...example('1, 2', upgrades(1), block(2, 1000, { sequence: 1 }), lastBlock(3)),
        alsoBreaks: [],
      },
    ],
    breaks: [
      example('a number is left out', login(), upgrades(1), block(2), block(3, 1000, { sequence: 2 })),
      example('it begins with 7', login(), upgrades(1), block(2, 1000, { sequence: 7 })),
    ],
    unsure: [
      example(
        'a block is in a gap',
        login(),
        upgrades(1),
        block(2),
        lost(3, 'client', 1020),
        device(3.1, 1523, undefined, { sequence: 1 }),
        block(4, 1000, { sequence: 2 }),
      ),
    ],
  }),
});
