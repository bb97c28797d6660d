import { plural } from '../../report/format/table.ts';
import type { Action } from '../keymap.ts';
import { LineCursor } from '../list/cursor.ts';
import type { Compared, ComparedLine, Comparison } from '../model/contract.ts';
import type { Line, Painter } from '../painter.ts';
import type { Host, Panel } from '../panel.ts';
import type { MousePress } from '../terminal/terminal.ts';
import type { Tone } from '../theme.ts';

const SIGNS: Readonly<Record<ComparedLine['kind'], string>> = {
  same: ' ',
  changed: '≠',
  'left-only': '<',
  'right-only': '>',
};
const WHEEL_ROWS = 3;

/** Two messages, or two sessions, side by side; a sign between them says which lines differ. */
export class ComparePanel implements Panel {
  readonly context = 'compare';
  readonly #host: Host;
  readonly #pair: Comparison;
  readonly #open: (message: number) => void;
  readonly #cursor = new LineCursor();
  #compared: Compared | undefined = undefined;
  #answered = false;

  constructor(host: Host, pair: Comparison, open: (message: number) => void) {
    this.#host = host;
    this.#pair = pair;
    this.#open = open;
    host.model.compare(pair).then(
      (compared) => {
        this.#compared = compared;
        this.#answered = true;
        this.#move('forward', 0);
        host.repaint();
      },
      () => undefined,
    );
  }

  get title(): string {
    return `${this.#pair.of === 'messages' ? 'Messages' : 'Sessions'} ${this.#pair.left} and ${this.#pair.right}`;
  }

  paint(painter: Painter): void {
    const compared = this.#compared;
    if (compared === undefined) {
      if (this.#answered) painter.text(0, 0, 'They are not kept any more.');
      return;
    }
    const half = Math.floor((painter.width - 3) / 2);
    const right = half + 3;
    painter.text(0, 0, compared.leftTitle, { tone: 'strong', width: half });
    painter.text(right, 0, compared.rightTitle, { tone: 'strong', width: painter.width - right });
    const height = painter.height - 1;
    const top = this.#cursor.settle(compared.lines.length, height);
    for (let y = 0; y < height; y++) {
      const line = compared.lines[top + y];
      if (line === undefined) break;
      const selected = top + y === this.#cursor.cursor;
      const tone: Tone = line.kind === 'same' ? 'plain' : line.kind === 'changed' ? 'warning' : 'error';
      if (selected) painter.fill(0, y + 1, painter.width, 1, 'plain', true);
      painter.text(0, y + 1, line.left ?? '', { tone, selected, width: half });
      painter.text(half + 1, y + 1, SIGNS[line.kind], { tone, selected });
      painter.text(right, y + 1, line.right ?? '', { tone, selected, width: painter.width - right });
    }
  }

  status(): Line {
    const compared = this.#compared;
    if (compared === undefined) return [];
    const { differences, left } = compared;
    return [
      {
        text: differences === 0 ? 'no differences' : plural(differences, 'line differs', 'lines differ'),
        tone: differences === 0 ? 'good' : 'warning',
      },
      ...(left > 0 ? [{ text: `, ${plural(left, 'line')} left out`, tone: 'warning' as const }] : []),
    ];
  }

  act(action: Action): boolean {
    const lines = this.#compared?.lines ?? [];
    if (this.#cursor.act(action, lines.length)) return true;
    if (action === 'next-match' || action === 'previous-match') {
      this.#move(action === 'next-match' ? 'forward' : 'backward', 1);
      return true;
    }
    if (action === 'open') {
      const line = lines[this.#cursor.cursor];
      const number = line?.leftNumber ?? line?.rightNumber;
      if (number !== undefined) this.#open(number);
      return true;
    }
    return false;
  }

  mouse({ kind, y }: MousePress): void {
    if (kind === 'press') this.#cursor.cursor = this.#cursor.top + Math.max(0, y - 1);
    else this.#cursor.cursor += kind === 'wheel-up' ? -WHEEL_ROWS : WHEEL_ROWS;
  }

  search(text: string, direction: 'forward' | 'backward', again: boolean): void {
    const wanted = text.toLowerCase();
    const holds = ({ left = '', right = '' }: ComparedLine) =>
      `${left}\n${right}`.toLowerCase().includes(wanted);
    if (!this.#seek(direction, again ? 1 : 0, holds)) this.#host.say(`'${text}' was not found`, 'warning');
  }

  /** To the next line that differs. */
  #move(direction: 'forward' | 'backward', from: number): void {
    this.#seek(direction, from, ({ kind }) => kind !== 'same');
  }

  #seek(direction: 'forward' | 'backward', from: number, wanted: (line: ComparedLine) => boolean): boolean {
    const lines = this.#compared?.lines ?? [];
    const step = direction === 'forward' ? 1 : -1;
    for (let i = from; i <= lines.length; i++) {
      const place = (((this.#cursor.cursor + step * i) % lines.length) + lines.length) % lines.length;
      const line = lines[place];
      if (line === undefined || !wanted(line)) continue;
      this.#cursor.cursor = place;
      return true;
    }
    return false;
  }
}
