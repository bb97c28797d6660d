import type { Completion } from '../../filter/completions.ts';
import type { Action } from '../keymap.ts';
import type { FilterCheck } from '../model/contract.ts';
import type { Painter } from '../painter.ts';
import type { Dialog, FilterTarget, Host } from '../panel.ts';
import type { KeyPress } from '../terminal/terminal.ts';
import { TextInput } from '../terminal/text-input.ts';
import type { FilterHistory } from './filter-history.ts';

/** Completions shown at once. */
const SHOWN = 7;
const LABELS = { messages: 'Filter (as messages -Y): ', words: 'Filter (words; -word must not be there): ' };

/**
 * The filter of a list. For messages: the language of `messages -Y`, checked and completed while it is typed; Tab puts in the
 * first completion, Tab again the next.
 */
export class FilterPrompt implements Dialog {
  readonly context = 'prompt';
  readonly #host: Host;
  readonly #target: FilterTarget;
  readonly #history: FilterHistory;
  readonly #input: TextInput;
  #check: FilterCheck | undefined = undefined;
  #column = 1;
  #items: readonly Completion[] = [];
  /** Which of the items stands in the text now. */
  #taken: number | undefined = undefined;
  /** Counts edits, so that late answers are dropped. */
  #edits = 0;

  constructor(host: Host, target: FilterTarget, history: FilterHistory) {
    this.#host = host;
    this.#target = target;
    this.#history = history;
    this.#input = new TextInput(target.text);
    this.#look();
  }

  size(width: number, height: number): { readonly width: number; readonly height: number } {
    const list = this.#target.language === 'messages' ? SHOWN + 1 : 0;
    return { width, height: Math.max(1, Math.min(height - 3, 1 + list)) };
  }

  paint(painter: Painter): { readonly x: number; readonly y: number } {
    const bottom = painter.height - 1;
    painter.fill(0, 0, painter.width, painter.height);
    if (this.#target.language === 'messages') this.#paintHelp(painter.part(0, 0, painter.width, bottom));
    const at = painter.text(0, bottom, LABELS[this.#target.language], { tone: 'strong' });
    const { text, cursor } = this.#input.view(Math.max(1, painter.width - at - 1));
    painter.text(at, bottom, text, { tone: this.#wrong === undefined ? 'plain' : 'error' });
    return { x: at + cursor, y: bottom };
  }

  key(key: KeyPress): boolean {
    if (!this.#input.key(key)) return false;
    this.#taken = undefined;
    this.#look();
    return true;
  }

  act(action: Action): void {
    switch (action) {
      case 'cancel':
        this.#host.close();
        return;
      case 'accept':
        this.#accept();
        return;
      case 'complete':
        this.#complete();
        return;
      case 'history-back':
      case 'history-forward':
        this.#input.set(this.#history.step(action === 'history-back' ? -1 : 1, this.#input.text));
        this.#taken = undefined;
        this.#look();
        return;
    }
  }

  get #wrong(): string | undefined {
    return this.#check?.kind === 'error' && this.#input.text.trim() !== '' ? this.#check.message : undefined;
  }

  #accept(): void {
    const { text } = this.#input;
    if (this.#target.language === 'words' || text.trim() === '') {
      this.#apply(text);
      return;
    }
    // The check that is shown may be of an earlier text.
    this.#host.model.checkFilter(text).then(
      (check) => {
        this.#check = check;
        if (check.kind === 'filter') this.#apply(text);
        else this.#host.repaint();
      },
      () => undefined,
    );
  }

  #apply(text: string): void {
    this.#history.add(text);
    this.#host.close();
    this.#target.apply(text);
  }

  #complete(): void {
    if (this.#items.length === 0) return;
    const next = this.#taken === undefined ? 0 : (this.#taken + 1) % this.#items.length;
    const item = this.#items[next];
    if (item === undefined) return;
    this.#input.replace(this.#column - 1, this.#input.offset, item.text);
    this.#taken = next;
    this.#edits += 1;
    this.#verify(this.#edits);
  }

  #look(): void {
    if (this.#target.language === 'words') return;
    this.#edits += 1;
    const edit = this.#edits;
    this.#host.model.completions(this.#input.text, this.#input.offset + 1).then(
      ({ column, items }) => {
        if (edit !== this.#edits) return;
        this.#column = column;
        this.#items = items;
        this.#host.repaint();
      },
      () => undefined,
    );
    this.#verify(edit);
  }

  #verify(edit: number): void {
    this.#host.model.checkFilter(this.#input.text).then(
      (check) => {
        if (edit !== this.#edits) return;
        this.#check = check;
        this.#host.repaint();
      },
      () => undefined,
    );
  }

  #paintHelp(painter: Painter): void {
    const { width, height } = painter;
    const wrong = this.#wrong;
    painter.text(0, 0, '─'.repeat(width), { tone: 'label' });
    if (wrong !== undefined) painter.text(2, 0, ` ${wrong} `, { tone: 'error', width: width - 4 });
    const first = Math.max(0, Math.min((this.#taken ?? 0) - 2, this.#items.length - (height - 1)));
    for (let y = 1; y < height; y++) {
      const item = this.#items[first + y - 1];
      if (item === undefined) break;
      const selected = first + y - 1 === this.#taken;
      painter.text(2, y, item.text, { tone: 'strong', selected, width: 28 });
      painter.text(31, y, item.help, { width: width - 31 });
    }
  }
}
