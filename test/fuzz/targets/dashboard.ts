import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS, Keymap } from '../../../src/dashboard/keymap.ts';
import type { KeyPress } from '../../../src/dashboard/terminal/terminal.ts';
import type { Corpus } from '../corpus.ts';
import type { Target } from '../target.ts';
import { scratchFolder } from './readers.ts';
import { answer, type Watched, watch } from './watched-screen.ts';

/** Through every list, into what is listed, and through the parts of that. */
const KEYS = [
  ...[
    'down',
    'enter',
    'tab',
    'tab',
    'down',
    'enter',
    'tab',
    'tab',
    'escape',
    'escape',
    'tab',
    'G',
    'enter',
    'pagedown',
  ],
  ...[
    'escape',
    'tab',
    'down',
    'enter',
    'escape',
    'tab',
    'space',
    'down',
    'space',
    'c',
    'escape',
    'enter',
    'G',
    'escape',
    'tab',
    'enter',
  ],
];

async function draw(input: Buffer): Promise<void> {
  const path = join(scratchFolder(), 'drawn.pcap');
  writeFileSync(path, input);
  const size = [input.length % 2 === 0 ? 120 : 61, input.length % 3 === 0 ? 40 : 14] as const;
  await watch(path, new Keymap(undefined), size, async ({ screen }) => {
    for (const name of KEYS) {
      screen.key({ name, text: '' });
      await answer();
    }
  });
}

/** Nobody may be asked where to write: these are out of reach. */
const HARMLESS = { save: [], extract: [] } as const;
const ALL_KEYS = [...new Set(ACTIONS.flatMap(({ keys }): readonly string[] => keys))];
const ODD_TEXTS = ['中', '𝕏', 'é', '\u202e', '\u0301', '\u00a0', '\ufeff', '“'];
const MOST_PRESSES = 120;
const FIRST_KEY = 0x80;

/** What a byte presses: a key of the keymap, a character, or one that is rarely typed. */
function pressOf(byte: number): KeyPress {
  const name = byte >= FIRST_KEY ? (ALL_KEYS[(byte - FIRST_KEY) % ALL_KEYS.length] ?? '') : undefined;
  const text = byte < 0x20 ? (ODD_TEXTS[byte % ODD_TEXTS.length] ?? '') : String.fromCharCode(byte);
  if (name === undefined) return { name: text === ' ' ? 'space' : text, text };
  return { name, text: name === 'space' ? ' ' : name.length === 1 ? name : '' };
}

const MOUSE = ['press', 'wheel-up', 'wheel-down'] as const;

/** Presses, clicks and changes of size, one for each byte or three. */
async function play(input: Buffer, { screen, eyes, left }: Watched): Promise<void> {
  for (let at = 0, presses = 0; at < input.length && presses < MOST_PRESSES && !left(); presses++) {
    const byte = input[at++] ?? 0;
    if (byte < 0x10) {
      const [x, y] = [input[at++] ?? 0, input[at++] ?? 0];
      if (byte < 12) screen.mouse({ kind: MOUSE[byte % 3] ?? 'press', x, y });
      else {
        [eyes.width, eyes.height] = [1 + (x % 200), 1 + (y % 60)];
        screen.resized();
      }
    } else screen.key(pressOf(byte));
    await answer();
  }
}

function use(capture: Buffer): (input: Buffer) => Promise<void> {
  return async (input) => {
    const path = join(scratchFolder(), 'used.pcap');
    writeFileSync(path, capture);
    await watch(path, new Keymap(HARMLESS), [100, 30], (watched) => play(input, watched));
  };
}

/** Bytes that press these: names of keys, or a text typed. */
function presses(...parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      const key = ALL_KEYS.indexOf(part);
      return part.length > 1 && key >= 0 ? Buffer.from([FIRST_KEY + key]) : Buffer.from(part);
    }),
  );
}

const USES = [
  presses(...KEYS),
  presses(
    '4',
    'f',
    'dvrip.id == 1000',
    'enter',
    'enter',
    'r',
    'pagedown',
    'escape',
    '/',
    'Ret',
    'enter',
    'n',
    'N',
  ),
  presses('4', 'F', 'tab', 'space', 'right', 'enter', 'm', 'down', 'space', 'enter', 'x', 'w', 'z', '>', '<'),
  presses(
    '1',
    'enter',
    'tab',
    'i',
    'escape',
    'v',
    'space',
    'down',
    'space',
    'c',
    '?',
    'q',
    '5',
    'enter',
    'left',
    'right',
  ),
  presses(
    '2',
    'G',
    'g',
    'enter',
    '3',
    'x',
    'enter',
    'A',
    'p',
    'f5',
    'u',
    'C-d',
    'C-u',
    'C-l',
    'k',
    'q',
    'q',
    'q',
  ),
];

export function dashboardTargets({ conversations, examples }: Corpus): readonly Target[] {
  const bySize = [...conversations].sort((a, b) => a.length - b.length);
  return [
    {
      name: 'dashboard',
      about:
        'the dashboard on a terminal that only looks: cells without control characters, charts of numbers',
      kind: 'capture',
      seeds: [...conversations, ...examples],
      dependsOnTime: true,
      run: draw,
    },
    {
      name: 'keys',
      about: 'any keys, texts, clicks and sizes of the terminal, over one capture',
      kind: 'bytes',
      seeds: USES,
      dependsOnTime: true,
      run: use(bySize[bySize.length >> 2] ?? Buffer.alloc(0)),
    },
  ];
}
