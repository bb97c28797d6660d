import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { Session, sample } from './screen-harness.ts';

/** All keys but those that leave, and those that would write files. */
const KEYS = [
  ...['Enter', 'Esc', 'Tab', 'BackTab', 'Space', 'Backspace', 'Up', 'Down', 'Right', 'Left', 'Home', 'End'],
  ...['PageUp', 'PageDown', 'F1', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'C-d', 'C-f', 'C-l', 'C-u'],
  ...'123456789/fFnNucmxrwvi<>zpAhjklgG?道=".',
  '\x1b[<0;20;8M',
  '\x1b[<0;3;4M',
  '\x1b[<64;20;8M',
  '\x1b[<65;90;12M',
];

let session: Session | undefined;

afterEach(async () => {
  await session?.close();
  session = undefined;
});

it.each(['configuration-get-set', 'loss-and-reordering', 'discovery'])(
  'whatever is pressed on %s, the dashboard is there',
  async (name) => {
    const keys = fc.sample(fc.constantFrom(...KEYS), { numRuns: 400, seed: 20_261_122 });
    session = await Session.open([sample(name)], { columns: 90, rows: 28 });
    await session.sees('dvrscope  capture.pcapng', 'dropped');
    for (const [i, key] of keys.entries()) {
      await session.press(key);
      if (i % 40 === 0) await session.resize(60 + ((i * 7) % 120), 12 + ((i * 3) % 40));
    }
    // Out of every dialog and view again.
    for (let i = 0; i < 40; i++) await session.press('Esc');
    await session.press('1');
    await session.resize(120, 30);
    await session.sees('dvrscope  capture.pcapng', 'dropped', '1 Sessions');
    expect(session.left).toBeUndefined();
  },
);
