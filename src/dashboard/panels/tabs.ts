import { formatCount } from '../../report/format/table.ts';
import type { Action } from '../keymap.ts';
import type { Progress } from '../model/contract.ts';
import type { Line, Painter } from '../painter.ts';
import type { Panel } from '../panel.ts';
import { textWidth } from '../terminal/cell-text.ts';

/** One of the lists that are always there. */
export interface Tab {
  readonly title: string;
  readonly action: Action;
  /** The key that shows it. */
  readonly key: string;
  readonly count: (progress: Progress) => number;
}

interface PlacedTab {
  readonly at: number;
  readonly text: string;
}

/** What is left between the tabs and what a panel says of itself. */
const SPACE = 2;
/** The longest way of titles that is written out. */
const LONGEST_WAY = 3;

/** The tabs, or the way to what lies over them; on the right what the panel in front says of itself. */
export function paintTabs(
  painter: Painter,
  tabs: readonly Tab[],
  shown: number,
  stack: readonly Panel[],
  front: Panel,
  progress: Progress | undefined,
): void {
  const status = front.status?.() ?? [];
  const wanted = status.reduce((sum, { text }) => sum + textWidth(text), 0);
  let end: number;
  if (stack.length > 0) {
    end = painter.line(0, 0, way([tabs[shown]?.title ?? '', ...stack.map(({ title }) => title)]));
  } else {
    const placed = placeTabs(tabs, progress, painter.width - wanted - SPACE);
    for (const [i, { at, text }] of placed.entries())
      painter.text(at, 0, text, { tone: i === shown ? 'bar' : 'plain' });
    const last = placed.at(-1);
    end = last === undefined ? 0 : last.at + last.text.length;
  }
  const room = painter.width - end - SPACE;
  painter.line(painter.width - Math.min(wanted, room) - 1, 0, status, { width: Math.min(wanted, room) });
}

/** The tab at a place of the line. */
export function tabAt(
  tabs: readonly Tab[],
  front: Panel,
  progress: Progress | undefined,
  width: number,
  x: number,
): number | undefined {
  const wanted = (front.status?.() ?? []).reduce((sum, { text }) => sum + textWidth(text), 0);
  const hit = placeTabs(tabs, progress, width - wanted - SPACE).findIndex(
    ({ at, text }) => x >= at && x < at + text.length,
  );
  return hit === -1 ? undefined : hit;
}

/** Where the way is too long, its beginning is left out. */
function way(titles: readonly string[]): Line {
  const shown = titles.length > LONGEST_WAY ? ['…', ...titles.slice(1 - LONGEST_WAY)] : titles;
  return [{ text: ` ${shown.slice(0, -1).join(' › ')} › ` }, { text: shown.at(-1) ?? '', tone: 'strong' }];
}

/** With how much there is in each, where there is room for that. */
function placeTabs(tabs: readonly Tab[], progress: Progress | undefined, room: number): readonly PlacedTab[] {
  const counted = place(
    tabs.map(({ title, key, count }) =>
      progress === undefined ? ` ${key} ${title} ` : ` ${key} ${title} ${formatCount(count(progress))} `,
    ),
  );
  const last = counted.at(-1);
  if (last !== undefined && last.at + last.text.length <= room) return counted;
  return place(tabs.map(({ title, key }) => ` ${key} ${title} `));
}

function place(texts: readonly string[]): readonly PlacedTab[] {
  let at = 0;
  return texts.map((text) => {
    const here = at;
    at += text.length;
    return { at: here, text };
  });
}
