import type { Order } from '../list/columns.ts';
import type { RowPainter } from '../list/list-panel.ts';
import type { MessageRow } from '../model/contract.ts';
import type { Painter } from '../painter.ts';
import { messageTone, remarkWords, TIME_TITLES, type TimeMode, timeWords } from './message-row.ts';

/** A socket of the session. */
export interface Lane {
  readonly flow: number;
  readonly client: string;
  readonly device: string;
}

const NARROWEST_LANE = 18;
/** The margin for the worst finding of a message. */
const MARGIN = 2;

/**
 * The messages of a session as a ladder: a lane for each socket, the client at its left, the device at its right. `─▶` is the
 * client speaking, `◀─` the device.
 */
export class LadderRows implements RowPainter<MessageRow> {
  /** Always in the order of time. */
  readonly sorts: readonly string[] = ['number'];
  readonly #mode: () => TimeMode;
  #lanes: readonly Lane[] = [];
  /** The first lane that is shown, where there is no room for all. */
  #first = 0;
  #shown = 1;
  /** The widest time seen, and a blank. */
  #timeWidth = 9;

  constructor(mode: () => TimeMode) {
    this.#mode = mode;
  }

  setLanes(lanes: readonly Lane[]): void {
    this.#lanes = lanes;
  }

  see(rows: readonly MessageRow[], width: number, _order: Order, selected: MessageRow | undefined): void {
    // A socket may carry its first message of the session after the lanes were asked for.
    for (const { flow } of rows) {
      if (!this.#lanes.some((lane) => lane.flow === flow)) {
        this.#lanes = [...this.#lanes, { flow, client: '', device: '' }];
      }
    }
    this.#timeWidth = rows.reduce(
      (widest, row, i) => Math.max(widest, timeWords(row, rows[i - 1], this.#mode()).length + 1),
      this.#timeWidth,
    );
    const room = width - this.#timeWidth - MARGIN;
    this.#shown = Math.max(1, Math.min(this.#lanes.length, Math.floor(room / NARROWEST_LANE)));
    const lane = this.#lanes.findIndex(({ flow }) => flow === selected?.flow);
    if (lane !== -1) this.#first = Math.max(lane - this.#shown + 1, Math.min(this.#first, lane));
    this.#first = Math.max(0, Math.min(this.#first, this.#lanes.length - this.#shown));
  }

  titles(painter: Painter): void {
    painter.text(0, 0, TIME_TITLES[this.#mode()], {
      tone: 'strong',
      width: this.#timeWidth - 1,
      align: 'right',
    });
    for (const [i, { flow }] of this.#visible.entries()) {
      const { x, width } = this.#place(i, painter.width);
      const device = i === this.#shown - 1 && this.#first + this.#shown < this.#lanes.length ? '…' : 'device';
      const title = `client ─ flow ${flow} `;
      painter.text(x, 0, title + '─'.repeat(Math.max(0, width - title.length - device.length - 2)), {
        tone: 'strong',
        width: width - device.length - 1,
      });
      painter.text(x, 0, device, { tone: 'strong', width: width - 1, align: 'right' });
    }
  }

  row(painter: Painter, y: number, row: MessageRow, selected: boolean, above: MessageRow | undefined): void {
    const { worst } = row;
    painter.text(0, y, timeWords(row, above, this.#mode()), {
      selected,
      width: this.#timeWidth - 1,
      align: 'right',
    });
    if (worst !== undefined) painter.text(this.#timeWidth, y, MARKS[worst], { tone: worst, selected });
    for (const [i, lane] of this.#visible.entries()) {
      const { x, width } = this.#place(i, painter.width);
      if (lane.flow === row.flow) this.#arrow(painter, x, y, width - 1, row, selected);
      else painter.text(x, y, '│', { tone: 'label', selected });
    }
    if (!this.#visible.some(({ flow }) => flow === row.flow)) {
      const { x, width } = this.#place(this.#shown - 1, painter.width);
      const words = ` flow ${row.flow} ${row.name} …`;
      painter.text(x, y, words, { tone: 'label', selected, width, align: 'right' });
    }
  }

  shift(columns: number): boolean {
    const first = Math.max(0, Math.min(this.#lanes.length - this.#shown, this.#first + columns));
    if (first === this.#first) return false;
    this.#first = first;
    return true;
  }

  sortAt(): undefined {
    return undefined;
  }

  get #visible(): readonly Lane[] {
    return this.#lanes.slice(this.#first, this.#first + this.#shown);
  }

  #place(lane: number, whole: number): { readonly x: number; readonly width: number } {
    const start = this.#timeWidth + MARGIN;
    const width = Math.floor((whole - start) / this.#shown);
    return { x: start + lane * width, width };
  }

  #arrow(painter: Painter, x: number, y: number, width: number, row: MessageRow, selected: boolean): void {
    const tone = messageTone(row);
    const words = ` ${`${row.name} ${remarkWords(row)}`.trim()} `;
    const shaft = row.media || row.run !== undefined ? '╌' : '─';
    painter.text(x, y, shaft.repeat(width), { tone: row.from, selected, width });
    painter.text(x, y, row.from === 'client' ? shaft : '◀', { tone: row.from, selected });
    painter.text(x + width - 1, y, row.from === 'client' ? '▶' : shaft, { tone: row.from, selected });
    painter.text(x + 2, y, words, { tone, selected, width: width - 4 });
  }
}

const MARKS = { error: '!', warning: '?', note: '·' } as const;
