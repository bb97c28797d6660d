import { formatSessionId } from '../../report/format/address.ts';
import { formatCount } from '../../report/format/table.ts';
import { ColumnRows } from '../list/column-rows.ts';
import type { Column, Order } from '../list/columns.ts';
import { ListPanel, type RowPainter } from '../list/list-panel.ts';
import type { MessageRow, Scope } from '../model/contract.ts';
import type { Painter } from '../painter.ts';
import type { Host } from '../panel.ts';
import { messageActions, messageSubject } from './message-list.ts';
import { messageTone, remarkWords, TIME_TITLES, type TimeMode, timeWords } from './message-row.ts';

const NUMBER: Column<MessageRow> = {
  title: 'No.',
  sort: 'number',
  align: 'right',
  from: 6,
  to: 10,
  rank: 0,
  cell: ({ number }) => ({ text: String(number) }),
};

const REST: readonly Column<MessageRow>[] = [
  { title: 'Flow', align: 'right', from: 4, to: 7, rank: 5, cell: ({ flow }) => ({ text: String(flow) }) },
  {
    title: 'Ses',
    align: 'right',
    from: 3,
    to: 7,
    rank: 6,
    cell: ({ session }) => ({ text: session === undefined ? '-' : String(session) }),
  },
  { title: 'From', from: 6, to: 6, rank: 1, cell: ({ from }) => ({ text: from, tone: from }) },
  { title: 'Id', align: 'right', from: 5, to: 5, rank: 2, cell: ({ id }) => ({ text: String(id) }) },
  { title: 'Name', from: 20, to: 31, rank: 0, cell: (row) => ({ text: row.name, tone: messageTone(row) }) },
  {
    title: 'Session id',
    from: 10,
    to: 10,
    rank: 8,
    cell: ({ sessionId }) => ({ text: formatSessionId(sessionId) }),
  },
  {
    title: 'Seq',
    align: 'right',
    from: 5,
    to: 10,
    rank: 7,
    cell: ({ sequence }) => ({ text: String(sequence) }),
  },
  {
    title: 'Length',
    align: 'right',
    from: 6,
    to: 11,
    rank: 4,
    cell: ({ length }) => ({ text: formatCount(length) }),
  },
  {
    title: 'Remark',
    from: 14,
    to: 60,
    rank: 0,
    last: true,
    cell: (row) => ({ text: remarkWords(row), tone: messageTone(row) }),
  },
];

/** Columns of messages; the column of times depends on the row above. */
class MessageRows implements RowPainter<MessageRow> {
  readonly #rows: Record<TimeMode, ColumnRows<MessageRow>>;
  readonly #mode: () => TimeMode;
  #above: MessageRow | undefined = undefined;

  constructor(mode: () => TimeMode) {
    this.#mode = mode;
    const rows = (kind: TimeMode) =>
      new ColumnRows<MessageRow>([
        NUMBER,
        {
          title: TIME_TITLES[kind],
          align: 'right',
          from: kind === 'clock' ? 15 : 11,
          to: 15,
          rank: 3,
          cell: (row) => ({ text: timeWords(row, this.#above, kind) }),
        },
        ...REST,
      ]);
    this.#rows = { elapsed: rows('elapsed'), clock: rows('clock'), above: rows('above') };
  }

  get #shown(): ColumnRows<MessageRow> {
    return this.#rows[this.#mode()];
  }

  get sorts(): readonly string[] {
    return this.#shown.sorts;
  }

  see(rows: readonly MessageRow[], width: number, order: Order): void {
    this.#shown.see(rows, width, order);
  }

  titles(painter: Painter, order: Order): void {
    this.#shown.titles(painter, order);
  }

  row(painter: Painter, y: number, row: MessageRow, selected: boolean, above: MessageRow | undefined): void {
    this.#above = above;
    this.#shown.row(painter, y, row, selected);
  }

  shift(columns: number): boolean {
    return this.#shown.shift(columns);
  }

  sortAt(x: number): string | undefined {
    return this.#shown.sortAt(x);
  }
}

export interface MessageDoors {
  openMessage(number: number): void;
  compareMessages(left: number, right: number): void;
}

/** The messages of all, of a session or of a flow, one row each; keepalives and media runs folded. */
export function messagesPanel(
  host: Host,
  doors: MessageDoors,
  scope: Scope,
  title: string,
  filter = '',
): ListPanel<'messages'> {
  const times: { mode: TimeMode } = { mode: 'elapsed' };
  const panel: ListPanel<'messages'> = new ListPanel(host, {
    list: 'messages',
    context: 'messages',
    title,
    none: 'No DVRIP messages so far.',
    view: { scope, fold: true, ...(filter !== '' && { filter }) },
    rows: new MessageRows(() => times.mode),
    open: ({ number }) => doors.openMessage(number),
    act: (action) => messageActions(host, doors, panel, times, action),
    subject: messageSubject,
  });
  return panel;
}
