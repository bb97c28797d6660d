import type { Action } from '../keymap.ts';
import type { Painter } from '../painter.ts';
import type { Dialog, Host } from '../panel.ts';
import type { KeyPress } from '../terminal/terminal.ts';
import { TextInput } from '../terminal/text-input.ts';

/** One line for what to look for. */
export class SearchPrompt implements Dialog {
  readonly context = 'prompt';
  readonly #host: Host;
  readonly #input: TextInput;
  readonly #look: (text: string) => void;

  constructor(host: Host, text: string, look: (text: string) => void) {
    this.#host = host;
    this.#input = new TextInput(text);
    this.#look = look;
  }

  size(width: number): { readonly width: number; readonly height: number } {
    return { width, height: 1 };
  }

  paint(painter: Painter): { readonly x: number; readonly y: number } {
    painter.fill(0, 0, painter.width, 1);
    const at = painter.text(0, 0, 'Search: ', { tone: 'strong' });
    const { text, cursor } = this.#input.view(Math.max(1, painter.width - at));
    painter.text(at, 0, text);
    return { x: at + cursor, y: 0 };
  }

  key(key: KeyPress): boolean {
    return this.#input.key(key);
  }

  act(action: Action): void {
    if (action === 'cancel') this.#host.close();
    if (action !== 'accept') return;
    this.#host.close();
    if (this.#input.text !== '') this.#look(this.#input.text);
  }
}
