import { client, device, example, login, on } from '../example.ts';
import { rule } from '../rule.ts';

const AVTALK_DATA = 1419;
const TALK_CU_PU_DATA = 1432;
const UPGRADE_DATA = 1522;

export default rule({
  id: 'direction/media-from-its-sender',
  section: '6.2.7, 6.2.8, 6.2.9, 6.2.15',
  level: 'must',
  requires:
    'The device sends video, recordings and its own sound; the client sends sound to the device, and firmware.',
  because: 'The other side has no use for it and may take it for a fault of the line.',
  remedy: 'Use TALK_CU_PU_DATA (1432) towards the device and TALK_PU_CU_DATA (1433) from it.',
  breach: '{name} was sent by the {from}',
  scope: 'flow',
  steady: 'each',
  observes: {
    media(turn, judge) {
      const { messageId } = turn.header;
      const up = messageId === TALK_CU_PU_DATA || messageId === UPGRADE_DATA || messageId === AVTALK_DATA;
      if (!turn.rolesKnown) judge.unsure('began-before');
      else if (up === (turn.from === 'client')) judge.obeyed();
      else judge.broken(turn, { name: turn.name, from: turn.from });
    },
  },
  examples: () => ({
    obeys: [
      example('sound both ways', login(), talking(), on(1, device(2, 1433, 328), client(2.1, 1432, 328))),
    ],
    breaks: [
      example(
        'the device sends on the id of the client',
        login(),
        talking(),
        on(1, device(2, 1433, 328), device(2.1, 1432, 328)),
      ),
    ],
  }),
});

function talking() {
  return [...on(1, client(1, 1434), device(1.1, 1435)), client(1.2, 1430), device(1.3, 1431)];
}
