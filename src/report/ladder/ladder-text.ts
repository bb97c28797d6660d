import { safeLine } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { pad, plural } from '../format/table.ts';
import type { Ladder, LadderFlow, Rung } from './ladder.ts';
import { rungWords } from './rung-words.ts';

/** Sockets that have a column of their own; those beyond share the last. */
const COLUMNS = 6;
const NARROWEST = 24;

/** A column for each socket, a line for each rung: `──▶` is the client speaking, `◀──` the device. */
export function ladderText(ladder: Ladder, style: Style): string[] {
  const { flows, rungs, left } = ladder;
  const columns = Math.min(flows.length, COLUMNS);
  const columnOf = new Map(flows.map(({ flow }, i) => [flow, Math.min(i, columns - 1)]));
  const shared = flows.length > COLUMNS;
  const [first, second] = flows;
  // The end that takes the connections is that of all sockets; in active registration it is the client (§4.1.2).
  const clientListens = second !== undefined && first?.client === second.client;
  const opener = ({ client, device }: LadderFlow) => (clientListens ? device : client);
  const ends = clientListens ? `client ${first?.client ?? ''}` : `device ${first?.device ?? ''}`;
  const titles = flows
    .slice(0, columns)
    .map((flow, i) => (shared && i === columns - 1 ? 'other flows' : `flow ${flow.flow}  ${opener(flow)}`));
  const cells = rungs.map((rung) => cell(rung, shared && columnOf.get(rung.flow) === columns - 1));
  const widths = titles.map((title, column) =>
    rungs.reduce(
      (width, rung, i) =>
        columnOf.get(rung.flow) === column ? Math.max(width, (cells[i] ?? '').length) : width,
      Math.max(NARROWEST, title.length),
    ),
  );
  const heading = titles.map((title, i) => pad(title, widths[i] ?? 0)).join('  ');
  const lines = rungs.map((rung, i) => {
    const place = columnOf.get(rung.flow) ?? 0;
    const row = widths.map((width, column) => pad(column === place ? (cells[i] ?? '') : '│', width));
    const line = `${time(rung)}  ${String(rung.number).padStart(6)}  ${row.join('  ')}`.trimEnd();
    if (!rung.valid) return style.error(line);
    return rung.media || rung.count > 1 ? style.faint(line) : line;
  });
  return [
    style.heading(`Session ${ladder.session}, ${ends}`) +
      style.faint('  ──▶ client to device, ◀── device to client'),
    style.faint(`${'Time'.padStart(12)}  ${'No.'.padStart(6)}  ${heading}`.trimEnd()),
    ...lines,
    ...(left > 0 ? [style.warning(`and ${plural(left, 'message')} that are not drawn`)] : []),
  ];
}

function time(rung: Rung): string {
  return rung.from.toFixed(6).padStart(12);
}

function cell(rung: Rung, withFlow: boolean): string {
  const arrow = rung.sender === 'client' ? '──▶' : '◀──';
  return safeLine(`${arrow} ${withFlow ? `flow ${rung.flow} ` : ''}${rungWords(rung)}`);
}
