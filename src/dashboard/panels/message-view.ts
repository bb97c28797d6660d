import type { Action } from '../keymap.ts';
import type { Painter } from '../painter.ts';
import type { Host, Panel, Subject } from '../panel.ts';
import type { MousePress } from '../terminal/terminal.ts';
import { MessagePane } from './message-pane.ts';

/** From this width on, hex has a place beside the lines. */
const WIDE = 110;
/** Lines below for what is said of the line under the cursor, and more of them where there is more to say. */
const MEANING_HEIGHT = 4;
const WHEEL_ROWS = 3;

/** One message whole: header fields, body with findings at their lines, meaning of the line under the cursor, hex. */
export class MessageView implements Panel {
  readonly context = 'message';
  readonly #host: Host;
  readonly #pane: MessagePane;
  readonly #number: number;
  /** Where there is no place for both: which of them is shown; else which of them the keys move. */
  #hex = false;
  #split: number | undefined = undefined;

  constructor(host: Host, number: number, pointer: string | undefined, open: (message: number) => void) {
    this.#host = host;
    this.#number = number;
    this.#pane = new MessagePane(host, open);
    this.#pane.show(number, pointer);
  }

  get title(): string {
    return `Message ${this.#number}`;
  }

  paint(painter: Painter): void {
    const { width, height } = painter;
    const meaning = this.#pane.meaning(width, Math.floor(height / 2));
    const below = Math.max(MEANING_HEIGHT, meaning.length + 1);
    const body = height - below;
    if (width >= WIDE) {
      // 16 bytes of hex take 73 cells.
      const split = width - (width >= 150 ? 75 : 43);
      this.#split = split;
      this.#pane.paintLines(painter.part(0, 0, split - 2, body), !this.#hex);
      for (let y = 0; y < body; y++)
        painter.text(split - 1, y, '│', { tone: this.#hex ? 'strong' : 'label' });
      this.#pane.paintHex(painter.part(split, 0, width - split, body));
    } else {
      this.#split = undefined;
      if (this.#hex) this.#pane.paintHex(painter.part(0, 0, width, body));
      else this.#pane.paintLines(painter.part(0, 0, width, body), true);
    }
    this.#pane.paintMeaning(painter.part(0, body, width, below), meaning);
  }

  act(action: Action): boolean {
    switch (action) {
      case 'hex':
      case 'next-tab':
      case 'previous-tab':
        this.#hex = !this.#hex;
        return true;
      case 'up':
      case 'down':
        if (!this.#hex) return this.#pane.act(action);
        this.#pane.scrollHex(action === 'up' ? -1 : 1);
        return true;
      case 'page-up':
      case 'page-down':
        if (!this.#hex) return this.#pane.act(action);
        this.#pane.scrollHex(action === 'page-up' ? -WHEEL_ROWS * 4 : WHEEL_ROWS * 4);
        return true;
      default:
        return this.#pane.act(action);
    }
  }

  mouse({ kind, x, y }: MousePress): void {
    const onHex = this.#split === undefined ? this.#hex : x >= this.#split;
    if (kind === 'press') {
      if (!onHex) this.#pane.press(y);
    } else if (onHex) this.#pane.scrollHex(kind === 'wheel-up' ? -WHEEL_ROWS : WHEEL_ROWS);
    else for (let i = 0; i < WHEEL_ROWS; i++) this.#pane.act(kind === 'wheel-up' ? 'up' : 'down');
  }

  subject(): Subject {
    const session = this.#pane.detail?.row.session;
    return {
      current: { what: 'messages', numbers: [this.#number] },
      ...(session !== undefined && { session }),
    };
  }

  search(text: string, direction: 'forward' | 'backward', again: boolean): void {
    if (!this.#pane.search(text, direction, again)) this.#host.say(`'${text}' was not found`, 'warning');
  }
}
