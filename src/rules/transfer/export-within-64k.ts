import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

const LARGEST_EXPORT = 65_536;

export default rule({
  id: 'transfer/export-within-64k',
  section: '5.17.1',
  level: 'must',
  // Recorders with many channels have more to say.
  inField: 'note',
  requires: 'The zip archive of an exported configuration is no larger than 64 KiB.',
  because: 'A client that was built by the text has no room for more.',
  remedy: 'Pack better, or leave out what the device can make up anew.',
  breach: 'the archive has {bytes} bytes',
  scope: 'flow',
  hears: ['CONFIG_EXPORT_RSP'],
  observes: {
    message(turn, judge) {
      // A refusal is JSON.
      if (turn.from !== 'device' || turn.readable) return;
      if (turn.length <= LARGEST_EXPORT) judge.obeyed();
      else judge.broken(turn, { bytes: turn.length });
    },
  },
  examples: () => ({
    obeys: [example('64 KiB', login(), client(1, 1542), device(1.1, 1543, archive(LARGEST_EXPORT)))],
    breaks: [
      example('one byte more', login(), client(1, 1542), device(1.1, 1543, archive(LARGEST_EXPORT + 1))),
    ],
  }),
});

function archive(bytes: number): string {
  return 'PK\u0003\u0004'.padEnd(bytes, 'x');
}
