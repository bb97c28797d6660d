import type { Action } from '../keymap.ts';
import type { Painter } from '../painter.ts';
import type { Dialog, Host } from '../panel.ts';
import { textWidth, wrapText } from '../terminal/cell-text.ts';
import type { KeyPress, MousePress } from '../terminal/terminal.ts';
import { TextInput } from '../terminal/text-input.ts';

export type Field =
  | { readonly kind: 'text'; readonly label: string; readonly input: TextInput }
  | { readonly kind: 'choice'; readonly label: string; readonly options: readonly string[]; chosen: number }
  | { readonly kind: 'tick'; readonly label: string; on: boolean };

export function textField(label: string, text = ''): Extract<Field, { kind: 'text' }> {
  return { kind: 'text', label, input: new TextInput(text) };
}

export function choiceField(
  label: string,
  options: readonly string[],
  chosen = 0,
): Extract<Field, { kind: 'choice' }> {
  return { kind: 'choice', label, options, chosen };
}

export function tickField(label: string, on = false): Extract<Field, { kind: 'tick' }> {
  return { kind: 'tick', label, on };
}

const WIDEST = 76;
/** Frame, and the two lines for what the form says. */
const AROUND = 5;

/** A form: fields one below the other, more than fit are scrolled. What is done with it is up to its maker. */
export class Form implements Dialog {
  readonly context = 'form';
  readonly fields: readonly Field[];
  readonly #title: string;
  readonly #host: Host;
  readonly #accept: () => void;
  /** What the form says below its fields: what will happen, or what is wrong. */
  #words: () => { readonly text: string; readonly wrong: boolean };
  #focus = 0;
  #top = 0;
  #shown = 1;
  /** Called when something was changed. */
  readonly #edited: (field: Field) => void;

  constructor(
    host: Host,
    title: string,
    fields: readonly Field[],
    hooks: {
      accept(): void;
      words(): { readonly text: string; readonly wrong: boolean };
      edited?(field: Field): void;
    },
  ) {
    this.#host = host;
    this.#title = title;
    this.fields = fields;
    this.#accept = () => hooks.accept();
    this.#words = () => hooks.words();
    this.#edited = (field) => hooks.edited?.(field);
  }

  size(width: number, height: number): { readonly width: number; readonly height: number } {
    return {
      width: Math.min(WIDEST, width - 2),
      height: Math.min(this.fields.length + AROUND, height - 2),
    };
  }

  paint(painter: Painter): { readonly x: number; readonly y: number } | undefined {
    painter.fill(0, 0, painter.width, painter.height);
    const inside = painter.frame(this.#title, 'label');
    this.#shown = Math.max(1, inside.height - (AROUND - 2));
    if (this.#focus < this.#top) this.#top = this.#focus;
    if (this.#focus >= this.#top + this.#shown) this.#top = this.#focus - this.#shown + 1;
    const labels = this.fields.reduce(
      (widest, field) => (field.kind === 'tick' ? widest : Math.max(widest, textWidth(field.label))),
      0,
    );
    let cursor: { x: number; y: number } | undefined;
    for (let i = this.#top; i < Math.min(this.fields.length, this.#top + this.#shown); i++) {
      const field = this.fields[i];
      if (field === undefined) continue;
      const y = i - this.#top;
      const column = this.#paintField(inside, y, field, labels, i === this.#focus);
      if (column !== undefined) cursor = { x: column + 1, y: y + 1 };
    }
    const { text, wrong } = this.#words();
    const lines = wrapText(text, inside.width - 2, 2);
    for (const [i, line] of lines.entries()) {
      inside.text(1, inside.height - 2 + i, line, {
        tone: wrong ? 'error' : 'label',
        width: inside.width - 2,
      });
    }
    return cursor;
  }

  key(key: KeyPress): boolean {
    const field = this.fields[this.#focus];
    if (field?.kind !== 'text' || !field.input.key(key)) return false;
    this.#edited(field);
    return true;
  }

  act(action: Action): void {
    const field = this.fields[this.#focus];
    switch (action) {
      case 'accept':
        this.#accept();
        return;
      case 'cancel':
        this.#host.close();
        return;
      case 'next-field':
        this.#focus = (this.#focus + 1) % this.fields.length;
        return;
      case 'previous-field':
        this.#focus = (this.#focus + this.fields.length - 1) % this.fields.length;
        return;
      case 'choose-right':
      case 'choose-left':
      case 'toggle':
        if (field !== undefined) this.#change(field, action === 'choose-left' ? -1 : 1);
        return;
    }
  }

  mouse({ kind, y }: MousePress): void {
    const at = this.#top + y - 1;
    const field = this.fields[at];
    if (kind !== 'press' || field === undefined || y < 1 || y > this.#shown) return;
    if (this.#focus === at || field.kind === 'tick') this.#change(field, 1);
    this.#focus = at;
  }

  #change(field: Field, step: number): void {
    if (field.kind === 'tick') field.on = !field.on;
    else if (field.kind === 'choice') {
      const { length } = field.options;
      field.chosen = (field.chosen + step + length) % length;
    } else return;
    this.#edited(field);
  }

  /** Answers the cursor's column in a text that is being typed. */
  #paintField(
    painter: Painter,
    y: number,
    field: Field,
    labels: number,
    focused: boolean,
  ): number | undefined {
    if (field.kind === 'tick') {
      painter.text(1, y, `[${field.on ? 'x' : ' '}] ${field.label}`, {
        selected: focused,
        width: painter.width - 2,
      });
      return focused ? 2 : undefined;
    }
    painter.text(1, y, field.label, { tone: focused ? 'strong' : 'plain' });
    const x = labels + 3;
    const room = painter.width - x - 1;
    if (field.kind === 'choice') {
      const text = `‹ ${field.options[field.chosen] ?? ''} ›`;
      painter.text(x, y, text, { selected: focused, width: room });
      return undefined;
    }
    const view = field.input.view(Math.max(1, room));
    painter.fill(x, y, room, 1, 'plain', focused);
    painter.text(x, y, view.text, { selected: focused, width: room });
    return focused ? x + view.cursor : undefined;
  }
}
