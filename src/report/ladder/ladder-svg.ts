import { safeLine } from '../format/safe-text.ts';
import { plural } from '../format/table.ts';
import type { Ladder, Rung } from './ladder.ts';
import { rungWords } from './rung-words.ts';

const TIME_WIDTH = 110;
const COLUMN_WIDTH = 460;
/** Between the lifelines of two sockets. */
const COLUMN_SPACE = 40;
const HEAD_HEIGHT = 84;
const RUNG_HEIGHT = 30;

const STYLE = [
  'text{font:12px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1d2733}',
  '.title{font-size:15px;font-weight:bold}',
  '.faint{fill:#5b6876}',
  '.label{text-anchor:middle}',
  '.life{stroke:#b4bec9;stroke-width:1}',
  '.rung{stroke:#20639b;stroke-width:1.4}',
  '.run{stroke:#5b6876;stroke-dasharray:5 3}',
  '.bad{stroke:#b3261e}',
  '.head{fill:#20639b}',
].join('');

/** The diagram as one SVG that needs nothing else: no font, script or style from outside; all text is escaped. */
export function ladderSvg(ladder: Ladder): string[] {
  const { flows, rungs, left } = ladder;
  const places = new Map(flows.map(({ flow }, i) => [flow, TIME_WIDTH + i * (COLUMN_WIDTH + COLUMN_SPACE)]));
  const width = TIME_WIDTH + flows.length * (COLUMN_WIDTH + COLUMN_SPACE);
  const bottom = HEAD_HEIGHT + rungs.length * RUNG_HEIGHT + 10;
  const height = bottom + 30;
  const title = `Session ${ladder.session}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(16, 26, title, 'title'),
    ...flows.flatMap(({ flow, client, device }) => {
      const x = places.get(flow) ?? 0;
      return [
        text(x + COLUMN_WIDTH / 2, 46, `flow ${flow}`, 'label faint'),
        text(x, 64, `client ${client}`, 'faint'),
        `<text x="${x + COLUMN_WIDTH}" y="64" text-anchor="end" class="faint">${escapeXml(`device ${device}`)}</text>`,
        line(x, HEAD_HEIGHT - 12, x, bottom, 'life'),
        line(x + COLUMN_WIDTH, HEAD_HEIGHT - 12, x + COLUMN_WIDTH, bottom, 'life'),
      ];
    }),
    ...rungs.flatMap((rung, i) =>
      rungLines(rung, places.get(rung.flow) ?? 0, HEAD_HEIGHT + i * RUNG_HEIGHT + 18),
    ),
    ...(left > 0
      ? [text(16, bottom + 18, `and ${plural(left, 'message')} that are not drawn`, 'faint')]
      : []),
    '</svg>',
  ];
}

function rungLines(rung: Rung, x: number, y: number): string[] {
  const kind = rung.valid ? (rung.count > 1 ? 'rung run' : 'rung') : 'rung bad';
  const fromClient = rung.sender === 'client';
  const tip = fromClient ? x + COLUMN_WIDTH : x;
  const back = fromClient ? tip - 8 : tip + 8;
  return [
    text(16, y + 4, rung.from.toFixed(6), 'faint'),
    text(x + COLUMN_WIDTH / 2, y - 5, rungWords(rung), 'label'),
    line(x, y, x + COLUMN_WIDTH, y, kind),
    `<path d="M${tip} ${y}L${back} ${y - 4}L${back} ${y + 4}Z" class="head"/>`,
  ];
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="${kind}"/>`;
}

function text(x: number, y: number, words: string, kind: string): string {
  return `<text x="${x}" y="${y}" class="${kind}">${escapeXml(words)}</text>`;
}

/** Text between tags. Characters that XML 1.0 has no place for are among those that `safeLine` spells out. */
function escapeXml(words: string): string {
  return safeLine(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
