import { type Action, type Context, type Keymap, keyLabel } from '../keymap.ts';
import { LineCursor } from '../list/cursor.ts';
import type { Line, Painter } from '../painter.ts';
import type { Panel } from '../panel.ts';
import type { MousePress } from '../terminal/terminal.ts';

const WHEEL_ROWS = 3;
const KEYS_WIDTH = 18;

const TITLES: Readonly<Record<Context, string>> = {
  panel: 'Everywhere',
  list: 'In lists',
  sessions: 'Sessions',
  flows: 'Flows',
  findings: 'Findings',
  messages: 'Messages',
  streams: 'Streams',
  stream: 'A stream',
  session: 'A session',
  message: 'A message',
  compare: 'A comparison',
  help: 'Help',
  prompt: 'While typing a filter or a search',
  form: 'In forms',
};

const NOTES: readonly string[] = [
  'Marks: ! error  ? warning  · note  * marked.  In a ladder ─▶ is the client speaking, ◀─ the device,',
  'a broken line stands for many messages: a run of media data or keepalives.',
  'The mouse moves the cursor, a second click opens, a click on a title sorts. With Shift held, most',
  'terminals select text instead.',
];

/** All keys, made from the keymap as it is in force. */
export class HelpPanel implements Panel {
  readonly context = 'help';
  readonly title = 'Help';
  readonly #lines: readonly Line[];
  readonly #cursor = new LineCursor();

  constructor(keymap: Keymap) {
    this.#lines = helpLines(keymap);
  }

  paint(painter: Painter): void {
    const top = this.#cursor.settle(this.#lines.length, painter.height);
    for (let y = 0; y < painter.height; y++) {
      const line = this.#lines[top + y];
      if (line === undefined) break;
      painter.line(0, y, line, { selected: top + y === this.#cursor.cursor });
    }
  }

  act(action: Action): boolean {
    return this.#cursor.act(action, this.#lines.length);
  }

  mouse({ kind, y }: MousePress): void {
    if (kind === 'press') this.#cursor.cursor = this.#cursor.top + y;
    else this.#cursor.cursor += kind === 'wheel-up' ? -WHEEL_ROWS : WHEEL_ROWS;
  }

  search(text: string, direction: 'forward' | 'backward', again: boolean): void {
    const wanted = text.toLowerCase();
    const { length } = this.#lines;
    const step = direction === 'forward' ? 1 : -1;
    for (let i = again ? 1 : 0; i <= length; i++) {
      const place = (((this.#cursor.cursor + step * i) % length) + length) % length;
      const words = this.#lines[place]?.map((span) => span.text).join('') ?? '';
      if (!words.toLowerCase().includes(wanted)) continue;
      this.#cursor.cursor = place;
      return;
    }
  }
}

function helpLines(keymap: Keymap): readonly Line[] {
  const groups = new Map<string, Line[]>();
  for (const { keys, contexts, help } of keymap.entries) {
    if (keys.length === 0) continue;
    const title = contexts.map((context) => TITLES[context]).join(', ');
    const lines = groups.get(title) ?? [];
    groups.set(title, lines);
    lines.push([
      { text: `  ${keys.map(keyLabel).join(' ').padEnd(KEYS_WIDTH)} `, tone: 'key' },
      { text: help },
    ]);
  }
  return [
    ...NOTES.map((text): Line => [{ text }]),
    ...[...groups].flatMap(([title, lines]): readonly Line[] => [
      [],
      [{ text: title, tone: 'label' }],
      ...lines,
    ]),
  ];
}
