import { formatCount } from '../../report/format/table.ts';
import type { Action, Context } from '../keymap.ts';
import type { ListName, RowOf, View } from '../model/contract.ts';
import type { Line, Painter } from '../painter.ts';
import type { FilterTarget, Host, Panel, Subject } from '../panel.ts';
import type { MousePress } from '../terminal/terminal.ts';
import { ColumnRows } from './column-rows.ts';
import type { Column, Order } from './columns.ts';
import { VirtualList } from './virtual-list.ts';

/** How the rows of a list are drawn. */
export interface RowPainter<R> {
  /** What the rows can be sorted by, from left to right. */
  readonly sorts: readonly string[];
  /** The line above the rows. */
  titles(painter: Painter, order: Order): void;
  /** Lays itself out for the rows that are visible now. */
  see(rows: readonly R[], width: number, order: Order, selected: R | undefined): void;
  row(painter: Painter, y: number, row: R, selected: boolean, above: R | undefined): void;
  /** Scrolls sideways; answers whether there was anything to scroll. */
  shift(columns: number): boolean;
  /** What a click on the titles sorts by. */
  sortAt(x: number): string | undefined;
}

export interface ListSpec<L extends ListName> {
  readonly list: L;
  readonly context: Context;
  readonly title: string;
  /** What is said in the place of rows where there are none. */
  readonly none: string;
  readonly view?: View;
  readonly rows: readonly Column<RowOf[L]>[] | RowPainter<RowOf[L]>;
  open(row: RowOf[L]): void;
  /** Actions of this list alone. */
  act?(action: Action, row: RowOf[L] | undefined): boolean;
  subject?(row: RowOf[L] | undefined, marks: ReadonlySet<number>, view: View): Subject;
}

/** Cells left of the rows: the mark. */
const MARK_WIDTH = 2;
const WHEEL_ROWS = 3;
/** Actions on rows that wait for the first rows to be there, as keys typed ahead wait for a prompt. */
const TYPED_AHEAD: ReadonlySet<Action> = new Set([
  'open',
  'up',
  'down',
  'page-up',
  'page-down',
  'half-up',
  'half-down',
  'top',
  'bottom',
  'mark',
  'compare',
] satisfies Action[]);
/** Of them, those that wait for the row under the cursor, which may be on its way. */
const ON_ROW: ReadonlySet<Action> = new Set(['open', 'mark'] satisfies Action[]);
const MOST_EARLY = 32;

/** A list on the screen: rows, cursor, marks, order, filter. */
export class ListPanel<L extends ListName> implements Panel {
  readonly context: Context;
  readonly title: string;
  readonly list: VirtualList<RowOf[L]>;
  view: View;
  readonly #host: Host;
  readonly #spec: ListSpec<L>;
  readonly #rows: RowPainter<RowOf[L]>;
  /** What was pressed before there was a row to do it to. */
  readonly #early: Action[] = [];

  constructor(host: Host, spec: ListSpec<L>) {
    this.#host = host;
    this.#spec = spec;
    this.context = spec.context;
    this.title = spec.title;
    this.view = spec.view ?? {};
    this.#rows = isColumns(spec.rows) ? new ColumnRows(spec.rows) : spec.rows;
    this.list = new VirtualList<RowOf[L]>(this.#fetch(), this.#locate(), () => {
      if (this.list.total > 0) for (const action of this.#early.splice(0)) this.act(action);
      host.repaint();
    });
  }

  get selected(): RowOf[L] | undefined {
    return this.list.selected;
  }

  get filter(): FilterTarget {
    return {
      language: this.#spec.list === 'messages' ? 'messages' : 'words',
      text: this.view.filter ?? '',
      apply: (filter) => this.setView(withFilter(this.view, filter)),
    };
  }

  /** Another order, filter or scope; the cursor stays on its row. */
  setView(view: View): void {
    this.view = view;
    this.list.replace(this.#fetch(), this.#locate());
    this.#host.repaint();
  }

  paint(painter: Painter): void {
    const { list } = this;
    const visible = list.visible(painter.height - 1);
    const rows = visible.flatMap(({ row }) => (row === undefined ? [] : [row]));
    const inner = painter.part(MARK_WIDTH, 0, painter.width - MARK_WIDTH, painter.height);
    const order = { sort: this.view.sortBy ?? 'number', descending: this.view.descending === true };
    this.#rows.see(rows, inner.width, order, list.selected);
    this.#rows.titles(inner, order);
    const body = inner.part(0, 1, inner.width, inner.height - 1);
    for (const [y, { position, row }] of visible.entries()) {
      const selected = position === list.cursor;
      if (selected) painter.fill(0, y + 1, painter.width, 1, 'plain', true);
      if (row === undefined) continue;
      if (list.marks.has(row.number)) painter.text(0, y + 1, '*', { tone: 'strong', selected });
      this.#rows.row(body, y, row, selected, visible[y - 1]?.row);
    }
    if (visible.length === 0) this.#paintNone(body);
  }

  status(): Line {
    const { list, view } = this;
    const { answer } = list;
    const at = list.total === 0 ? 0 : list.cursor + 1;
    const words: { text: string; tone?: 'label' | 'warning' | 'strong' }[] = [
      { text: `${formatCount(at)} of ${formatCount(list.total)}` },
    ];
    if (list.marks.size > 0) words.push({ text: `  ${list.marks.size} marked`, tone: 'strong' });
    if (list.follow) words.push({ text: '  following', tone: 'label' });
    if (answer?.searching !== undefined) {
      const { done, of } = answer.searching;
      words.push({ text: `  searching ${of === 0 ? 100 : Math.floor((100 * done) / of)} %`, tone: 'label' });
    }
    if (view.hiddenIds !== undefined && view.hiddenIds.length > 0) {
      words.push({ text: `  ${view.hiddenIds.length} kinds hidden`, tone: 'warning' });
    }
    // Last, since it is cut where it is too long.
    if (view.filter !== undefined) words.push({ text: `  filter: ${view.filter}`, tone: 'warning' });
    return words;
  }

  act(action: Action): boolean {
    const { list } = this;
    const waits =
      list.total === 0 ? TYPED_AHEAD.has(action) : ON_ROW.has(action) && list.selected === undefined;
    if (waits) {
      if (this.#early.length < MOST_EARLY) this.#early.push(action);
      return true;
    }
    if (this.#spec.act?.(action, list.selected) === true) return true;
    const page = Math.max(1, list.height - 1);
    switch (action) {
      case 'open':
        if (list.selected !== undefined) this.#spec.open(list.selected);
        return true;
      case 'up':
        list.moveBy(-1);
        return true;
      case 'down':
        list.moveBy(1);
        return true;
      case 'page-up':
        list.moveBy(-page);
        return true;
      case 'page-down':
        list.moveBy(page);
        return true;
      case 'half-up':
        list.moveBy(-Math.ceil(page / 2));
        return true;
      case 'half-down':
        list.moveBy(Math.ceil(page / 2));
        return true;
      case 'top':
        list.moveTo(0);
        return true;
      case 'bottom':
        list.moveTo(list.total - 1);
        return true;
      case 'left':
        return this.#rows.shift(-1);
      case 'right':
        return this.#rows.shift(1);
      case 'mark':
        list.toggleMark();
        list.moveBy(1);
        return true;
      case 'unmark-all':
        list.marks.clear();
        return true;
      case 'follow':
        list.follow = !list.follow;
        if (list.follow) list.cursor = Math.max(0, list.total - 1);
        return true;
      case 'sort-right':
        this.#sortBeside(1);
        return true;
      case 'sort-left':
        this.#sortBeside(-1);
        return true;
      case 'sort-reverse':
        this.setView({ ...this.view, descending: this.view.descending !== true });
        return true;
      default:
        return false;
    }
  }

  mouse({ kind, x, y }: MousePress): void {
    const { list } = this;
    if (kind !== 'press') {
      list.scrollBy(kind === 'wheel-up' ? -WHEEL_ROWS : WHEEL_ROWS);
      return;
    }
    if (y === 0) {
      this.#sortBy(this.#rows.sortAt(x - MARK_WIDTH));
      return;
    }
    const position = list.top + y - 1;
    if (position >= list.total) return;
    if (position === list.cursor) this.act('open');
    else list.moveTo(position);
  }

  changed({ version }: { readonly version: number }): void {
    this.list.refresh(version);
  }

  subject(): Subject {
    return this.#spec.subject?.(this.list.selected, this.list.marks, this.view) ?? {};
  }

  search(text: string, direction: 'forward' | 'backward', again: boolean): void {
    const found =
      this.#spec.list === 'messages'
        ? this.#findMessage(text, direction, again)
        : this.#findRow(text, direction, again);
    found.then(
      (number) => {
        if (number === undefined) this.#host.say(`'${text}' was not found`, 'warning');
        else this.list.select(number);
      },
      () => undefined,
    );
  }

  async #findMessage(
    text: string,
    direction: 'forward' | 'backward',
    again: boolean,
  ): Promise<number | undefined> {
    const step = direction === 'forward' ? 1 : -1;
    const { cursor, total } = this.list;
    const from = again ? cursor + step : cursor;
    const { model } = this.#host;
    if (from >= 0 && from < total) {
      const found = await model.find({ view: this.view, text, from, direction });
      if (found !== undefined) return found.number;
    }
    const end = direction === 'forward' ? 0 : total - 1;
    return (await model.find({ view: this.view, text, from: end, direction }))?.number;
  }

  /** The next row that contains the words: the same list, filtered by them, has it behind the present one. */
  async #findRow(
    text: string,
    direction: 'forward' | 'backward',
    again: boolean,
  ): Promise<number | undefined> {
    const { model } = this.#host;
    const view = withFilter(this.view, `${this.view.filter ?? ''} ${text}`.trim());
    const here = this.list.selected?.number;
    const at = here === undefined ? undefined : await model.position(this.#spec.list, view, here);
    const take = async (position: number) =>
      (await model.rows(this.#spec.list, view, position, 1)) satisfies { total: number };
    if (at !== undefined && !again && (await take(at)).rows[0]?.number === here) return here;
    const { total } = await take(0);
    if (total === 0) return undefined;
    const next = (at ?? -1) + (direction === 'forward' ? 1 : -1);
    return (await take((next + total) % total)).rows[0]?.number;
  }

  #paintNone(painter: Painter): void {
    const { answer } = this.list;
    if (answer?.error !== undefined) painter.text(0, 1, answer.error.message, { tone: 'error' });
    else if (answer?.searching === undefined && !this.list.fresh) {
      painter.text(0, 1, this.view.filter === undefined ? this.#spec.none : 'nothing matches the filter');
    }
  }

  #fetch() {
    const { view } = this;
    return (start: number, count: number) => this.#host.model.rows(this.#spec.list, view, start, count);
  }

  #locate() {
    const { view } = this;
    return (number: number) => this.#host.model.position(this.#spec.list, view, number);
  }

  #sortBeside(step: number): void {
    const { sorts } = this.#rows;
    if (sorts.length === 0) return;
    const at = sorts.indexOf(this.view.sortBy ?? 'number');
    this.#sortBy(sorts[(at + step + sorts.length) % sorts.length]);
  }

  /** Sorts by a column; by the same one again in the other direction. */
  #sortBy(sortBy: string | undefined): void {
    if (sortBy === undefined) return;
    const descending = (this.view.sortBy ?? 'number') === sortBy ? this.view.descending !== true : false;
    this.setView({ ...this.view, sortBy, descending });
  }
}

function isColumns<R>(rows: readonly Column<R>[] | RowPainter<R>): rows is readonly Column<R>[] {
  return Array.isArray(rows);
}

function withFilter(view: View, filter: string): View {
  const { filter: _, ...rest } = view;
  return filter.trim() === '' ? rest : { ...rest, filter };
}
