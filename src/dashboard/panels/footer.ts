import { type Action, type Context, type Keymap, keyLabel } from '../keymap.ts';
import type { Painter } from '../painter.ts';
import { textWidth } from '../terminal/cell-text.ts';
import type { Tone } from '../theme.ts';

/** What is said at the bottom instead of the keys. */
export interface Said {
  readonly text: string;
  readonly tone: Tone;
}

/** What the way back means: to the panel below, to the list without its filter, to a stop of the reading, or out. */
export type Way = 'back' | 'unfilter' | 'stop' | 'quit';

/** How the keys of the way back are called then; empty: not at all. */
const WORDS: Readonly<Record<Way, Partial<Record<Action, string>>>> = {
  back: { back: '' },
  unfilter: { stop: 'Unfilter' },
  stop: { stop: 'Stop' },
  quit: { stop: '' },
};

/** The last line: the keys that work now, as many as fit; or what there is to say. */
export function paintFooter(
  painter: Painter,
  keymap: Keymap,
  context: Context,
  way: Way,
  said: Said | undefined,
): void {
  if (said !== undefined) {
    painter.fill(0, 0, painter.width, 1);
    painter.text(0, 0, said.text, { tone: said.tone });
    return;
  }
  painter.fill(0, 0, painter.width, 1, 'bar');
  for (const { x, key, word } of footerKeys(keymap, context, way, painter.width)) {
    const end = x + painter.text(x, 0, key, { tone: 'footer-key' });
    painter.text(end, 0, ` ${word}`, { tone: 'bar' });
  }
}

/** Where each key stands; also for the mouse. */
export function footerKeys(
  keymap: Keymap,
  context: Context,
  way: Way,
  width: number,
): readonly {
  readonly x: number;
  readonly end: number;
  readonly key: string;
  readonly press: string;
  readonly word: string;
}[] {
  const keys: { x: number; end: number; key: string; press: string; word: string }[] = [];
  const working = keymap.of(context);
  // Help is what one needs when the rest does not fit.
  const entries = [
    ...working.filter(({ id }) => id === 'help'),
    ...working.filter(({ id }) => id !== 'help'),
  ];
  let x = 1;
  for (const {
    id,
    keys: [press = ''],
    footer: label,
  } of entries) {
    const footer = WORDS[way][id] ?? label;
    if (footer === undefined || footer === '') continue;
    const key = keyLabel(press);
    const end = x + textWidth(key) + 1 + footer.length;
    if (end > width) continue;
    keys.push({ x, end, key, press, word: footer });
    x = end + 2;
  }
  return keys;
}
