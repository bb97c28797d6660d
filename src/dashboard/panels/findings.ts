import { formatCount } from '../../report/format/table.ts';
import type { Action } from '../keymap.ts';
import type { Column } from '../list/columns.ts';
import { ListPanel } from '../list/list-panel.ts';
import type { FindingRow, Progress, RuleRow, Scope } from '../model/contract.ts';
import type { Line, Painter } from '../painter.ts';
import type { FilterTarget, Host, Panel, Subject } from '../panel.ts';
import { wrapText } from '../terminal/cell-text.ts';
import type { MousePress } from '../terminal/terminal.ts';

const FINDING_COLUMNS: readonly Column<FindingRow>[] = [
  {
    title: 'No.',
    sort: 'number',
    align: 'right',
    from: 4,
    to: 9,
    rank: 3,
    cell: ({ number }) => ({ text: String(number) }),
  },
  {
    title: 'Severity',
    sort: 'severity',
    from: 9,
    to: 9,
    rank: 0,
    cell: ({ severity }) => ({ text: severity, tone: severity }),
  },
  {
    title: 'Rule',
    sort: 'rule',
    from: 18,
    to: 34,
    rank: 1,
    cell: ({ rule }) => ({ text: rule, tone: 'strong' }),
  },
  {
    title: 'Session',
    sort: 'session',
    align: 'right',
    from: 7,
    to: 7,
    rank: 4,
    cell: ({ session }) => ({ text: session === undefined ? '-' : String(session) }),
  },
  {
    title: 'Message',
    sort: 'message',
    align: 'right',
    from: 7,
    to: 10,
    rank: 5,
    cell: ({ message }) => ({ text: message === undefined ? '-' : String(message) }),
  },
  {
    title: 'In',
    from: 8,
    to: 30,
    rank: 6,
    cell: ({ messageName, flow }) => ({ text: messageName ?? `flow ${flow}` }),
  },
  { title: 'What', from: 20, to: 200, rank: 0, last: true, cell: ({ text }) => ({ text }) },
];

const RULE_COLUMNS: readonly Column<RuleRow>[] = [
  {
    title: 'Severity',
    sort: 'severity',
    from: 9,
    to: 9,
    rank: 0,
    cell: ({ severity }) => ({ text: severity, tone: severity }),
  },
  {
    title: 'Count',
    sort: 'count',
    align: 'right',
    from: 7,
    to: 12,
    rank: 0,
    cell: ({ count }) => ({ text: formatCount(count) }),
  },
  {
    title: 'Rule',
    sort: 'rule',
    from: 20,
    to: 80,
    rank: 0,
    cell: ({ rule }) => ({ text: rule, tone: 'strong' }),
  },
];

/** The finding under the cursor is written out below the list, where there is room. */
const TEXT_LINES = 3;
const LOWEST_FOR_TEXT = 14;

interface Doors {
  openMessage(number: number, pointer: string | undefined): void;
  openFlow(flow: number): void;
}

/** What was found, one by one or counted by rule; from a finding straight to its message. */
export class FindingsPanel implements Panel {
  readonly context = 'findings';
  readonly #host: Host;
  readonly #findings: ListPanel<'findings'>;
  readonly #rules: ListPanel<'rules'>;
  #byRule = false;
  readonly #scoped: boolean;

  constructor(host: Host, doors: Doors, scope?: Scope, title = 'Findings') {
    this.#host = host;
    this.#scoped = scope !== undefined;
    this.#findings = new ListPanel(host, {
      list: 'findings',
      context: 'findings',
      title,
      none: 'Nothing was found.',
      view: { sortBy: 'severity', descending: true, ...(scope !== undefined && { scope }) },
      rows: FINDING_COLUMNS,
      open: ({ message, pointer, flow }) => {
        if (message === undefined) doors.openFlow(flow);
        else doors.openMessage(message, pointer);
      },
      subject: (row) => ({
        ...(row?.message !== undefined && { current: { what: 'messages', numbers: [row.message] } }),
        ...(row?.session !== undefined && { session: row.session }),
      }),
    });
    this.#rules = new ListPanel(host, {
      list: 'rules',
      context: 'findings',
      title: 'Findings by rule',
      none: 'Nothing was found.',
      view: { sortBy: 'severity', descending: true },
      rows: RULE_COLUMNS,
      open: ({ rule }) => {
        this.#byRule = false;
        this.#findings.filter.apply(rule);
      },
    });
  }

  get title(): string {
    return this.#shown.title;
  }

  get filter(): FilterTarget {
    return this.#shown.filter;
  }

  get #shown(): ListPanel<'findings'> | ListPanel<'rules'> {
    return this.#byRule ? this.#rules : this.#findings;
  }

  paint(painter: Painter): void {
    const { width, height } = painter;
    const body = height >= LOWEST_FOR_TEXT ? height - TEXT_LINES - 1 : height;
    this.#shown.paint(painter.part(0, 0, width, body));
    const row = this.#byRule ? undefined : this.#findings.selected;
    if (body === height) return;
    painter.text(0, body, '─'.repeat(width), { tone: 'label' });
    if (row === undefined) return;
    const place = row.pointer === undefined || row.pointer === '' ? '' : ` at ${row.pointer}`;
    painter.text(2, body, ` ${row.rule}${place} `, { tone: row.severity, width: width - 4 });
    for (const [y, line] of wrapText(row.text, width - 2, TEXT_LINES).entries()) {
      painter.text(1, body + 1 + y, line);
    }
  }

  status(): Line {
    return this.#shown.status();
  }

  act(action: Action): boolean {
    if (action === 'fold' && !this.#scoped) {
      this.#byRule = !this.#byRule;
      this.#host.repaint();
      return true;
    }
    return this.#shown.act(action);
  }

  mouse(mouse: MousePress): void {
    this.#shown.mouse(mouse);
  }

  changed(progress: Progress): void {
    this.#shown.changed(progress);
  }

  subject(): Subject {
    return this.#shown.subject();
  }

  search(text: string, direction: 'forward' | 'backward', again: boolean): void {
    this.#shown.search(text, direction, again);
  }
}
