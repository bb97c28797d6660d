import { formatBytes } from '../../report/format/table.ts';
import { formatSpan } from '../../report/format/time.ts';
import { extractForm } from '../dialogs/extract-form.ts';
import type { Action } from '../keymap.ts';
import type { Column } from '../list/columns.ts';
import { ListPanel } from '../list/list-panel.ts';
import type { Progress, Scope, StreamDetail, StreamRow } from '../model/contract.ts';
import type { Line, Painter } from '../painter.ts';
import type { FilterTarget, Host, Panel, Subject } from '../panel.ts';
import type { Chart, MousePress } from '../terminal/terminal.ts';
import { activityColumn, durationColumn, NUMBER_COLUMN } from './row-columns.ts';
import { streamCharts } from './stream-charts.ts';
import { bitRateWords, bytesOrNothing, countOrNothing } from './words.ts';

const SPARK_WIDTH = 24;
/** The list gets this share of the height; the charts of the stream under the cursor the rest. */
const LIST_SHARE = 0.45;
const LOWEST_FOR_CHARTS = 16;

const COLUMNS: readonly Column<StreamRow>[] = [
  NUMBER_COLUMN,
  {
    title: 'Kind',
    sort: 'kind',
    from: 8,
    to: 8,
    rank: 0,
    cell: ({ kind }) => ({ text: kind, tone: 'strong' }),
  },
  {
    title: 'Ses',
    sort: 'session',
    align: 'right',
    from: 3,
    to: 7,
    rank: 4,
    cell: ({ session }) => ({ text: session === undefined ? '-' : String(session) }),
  },
  { title: 'Flow', align: 'right', from: 4, to: 7, rank: 8, cell: ({ flow }) => ({ text: String(flow) }) },
  {
    title: 'Ch',
    sort: 'channel',
    align: 'right',
    from: 2,
    to: 3,
    rank: 2,
    cell: ({ channel }) => ({ text: channel === undefined ? '-' : String(channel) }),
  },
  {
    title: 'Codec',
    sort: 'codec',
    from: 5,
    to: 16,
    rank: 1,
    cell: ({ codec, width, height, audioCodec }) => ({
      text:
        codec === undefined
          ? (audioCodec ?? '-')
          : `${codec}${width === undefined ? '' : ` ${width}×${height ?? 0}`}`,
    }),
  },
  {
    title: 'fps',
    align: 'right',
    from: 4,
    to: 6,
    rank: 3,
    cell: ({ measuredFps }) => ({ text: measuredFps?.toFixed(1) ?? '' }),
  },
  {
    title: 'Key',
    align: 'right',
    from: 4,
    to: 7,
    rank: 6,
    cell: ({ iFrames }) => ({ text: countOrNothing(iFrames) }),
  },
  {
    title: 'Bit rate',
    sort: 'bitRate',
    align: 'right',
    from: 10,
    to: 11,
    rank: 2,
    cell: ({ bitRate }) => ({ text: bitRateWords(bitRate) }),
  },
  {
    title: 'Bytes',
    sort: 'bytes',
    align: 'right',
    from: 6,
    to: 8,
    rank: 3,
    cell: ({ bytes }) => ({ text: formatBytes(bytes) }),
  },
  {
    title: 'Lost',
    sort: 'lost',
    align: 'right',
    from: 5,
    to: 18,
    rank: 1,
    cell: ({ lostPackets, gapBytes }) => ({
      text: [countOrNothing(lostPackets), bytesOrNothing(gapBytes)].filter((word) => word !== '').join(', '),
      tone: 'warning',
    }),
  },
  {
    title: 'Stall',
    align: 'right',
    from: 6,
    to: 8,
    rank: 5,
    cell: ({ longestStallSeconds }) => ({
      text: longestStallSeconds === undefined ? '' : formatSpan(longestStallSeconds),
    }),
  },
  activityColumn(SPARK_WIDTH),
  durationColumn(9),
];

/** Media streams, and below them charts of the one under the cursor. */
export class StreamsPanel implements Panel {
  readonly context = 'streams';
  readonly #host: Host;
  readonly #list: ListPanel<'streams'>;
  #detail: StreamDetail | undefined = undefined;
  #asked: string | undefined = undefined;
  #charts: readonly Chart[] = [];
  #version = 0;

  constructor(
    host: Host,
    doors: { openStream(stream: number): void },
    name: string,
    scope?: Scope,
    title = 'Streams',
  ) {
    this.#host = host;
    this.#list = new ListPanel(host, {
      list: 'streams',
      context: 'streams',
      title,
      none: 'No media streams so far.',
      view: scope === undefined ? {} : { scope },
      rows: COLUMNS,
      open: ({ number }) => doors.openStream(number),
      act: (action, row) => {
        if (action !== 'extract') return false;
        if (row !== undefined) host.open(extractForm(host, row, name));
        return true;
      },
      subject: (row) => ({
        ...(row !== undefined && { current: { what: 'flows', numbers: [row.flow] } }),
        ...(row?.session !== undefined && { session: row.session }),
      }),
    });
  }

  get title(): string {
    return this.#list.title;
  }

  get filter(): FilterTarget {
    return this.#list.filter;
  }

  paint(painter: Painter): void {
    const { width, height } = painter;
    const room = height >= LOWEST_FOR_CHARTS;
    const list = room ? Math.max(5, Math.floor(height * LIST_SHARE)) : height;
    this.#list.paint(painter.part(0, 0, width, list));
    this.#charts = [];
    if (!room) return;
    this.#ask();
    painter.text(0, list, '─'.repeat(width), { tone: 'label' });
    const number = this.#list.selected?.number;
    if (this.#detail === undefined || number === undefined) return;
    painter.text(2, list, ` Stream ${this.#detail.row.number} `, { tone: 'label' });
    this.#charts = streamCharts(painter.part(0, list + 1, width, height - list - 1), this.#detail);
  }

  charts(): readonly Chart[] {
    return this.#charts;
  }

  status(): Line {
    return this.#list.status();
  }

  act(action: Action): boolean {
    return this.#list.act(action);
  }

  mouse(mouse: MousePress): void {
    this.#list.mouse(mouse);
  }

  changed(progress: Progress): void {
    this.#version = progress.version;
    this.#list.changed(progress);
  }

  subject(): Subject {
    return this.#list.subject();
  }

  search(text: string, direction: 'forward' | 'backward', again: boolean): void {
    this.#list.search(text, direction, again);
  }

  /** The stream under the cursor, as of now. */
  #ask(): void {
    const number = this.#list.selected?.number;
    const asked = `${number} ${this.#version}`;
    if (number === undefined || asked === this.#asked) return;
    this.#asked = asked;
    this.#host.model.stream(number).then(
      (detail) => {
        if (this.#list.selected?.number !== number) return;
        this.#detail = detail;
        this.#host.repaint();
      },
      () => undefined,
    );
  }
}
