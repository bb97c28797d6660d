import { formatEndpoint } from '../../report/format/address.ts';
import { formatBytes, formatCount } from '../../report/format/table.ts';
import type { Column } from '../list/columns.ts';
import { ListPanel } from '../list/list-panel.ts';
import type { FlowRow } from '../model/contract.ts';
import type { Host, Panel } from '../panel.ts';
import { activityColumn, durationColumn, NUMBER_COLUMN } from './row-columns.ts';
import { bytesOrNothing, countOrNothing, stateSpan } from './words.ts';

const SPARK_WIDTH = 20;

function sum(row: FlowRow, counter: (stream: FlowRow['streams'][0]) => number): number {
  return counter(row.streams[0]) + counter(row.streams[1]);
}

const COLUMNS: readonly Column<FlowRow>[] = [
  NUMBER_COLUMN,
  { title: 'Role', sort: 'role', from: 9, to: 9, rank: 1, cell: ({ role }) => ({ text: role ?? '-' }) },
  { title: 'State', sort: 'state', from: 6, to: 6, rank: 2, cell: ({ state }) => stateSpan(state) },
  {
    title: 'Client',
    sort: 'client',
    from: 15,
    to: 45,
    rank: 1,
    cell: ({ client }) => ({ text: formatEndpoint(client.address, client.port), tone: 'client' }),
  },
  {
    title: 'Server',
    sort: 'server',
    from: 15,
    to: 45,
    rank: 5,
    cell: ({ server }) => ({ text: formatEndpoint(server.address, server.port), tone: 'device' }),
  },
  { title: 'Proto', from: 5, to: 5, rank: 9, cell: ({ protocol }) => ({ text: protocol }) },
  {
    title: 'Session',
    sort: 'session',
    align: 'right',
    from: 7,
    to: 7,
    rank: 6,
    cell: ({ session }) => ({ text: session === undefined ? '-' : String(session) }),
  },
  {
    title: 'Packets',
    sort: 'packets',
    align: 'right',
    from: 7,
    to: 12,
    rank: 8,
    cell: ({ packets }) => ({ text: formatCount(packets) }),
  },
  {
    title: 'Sent',
    sort: 'bytes',
    align: 'right',
    from: 7,
    to: 8,
    rank: 2,
    cell: ({ streams }) => ({ text: formatBytes(streams[0].bytes) }),
  },
  {
    title: 'Received',
    align: 'right',
    from: 8,
    to: 8,
    rank: 2,
    cell: ({ streams }) => ({ text: formatBytes(streams[1].bytes) }),
  },
  {
    title: 'Gaps',
    sort: 'gaps',
    align: 'right',
    from: 4,
    to: 18,
    rank: 3,
    cell: (row) => {
      const gaps = sum(row, (stream) => stream.gaps);
      const bytes = sum(row, (stream) => stream.gapBytes);
      return { text: gaps === 0 ? '' : `${formatCount(gaps)} (${formatBytes(bytes)})`, tone: 'warning' };
    },
  },
  {
    title: 'Re-sent',
    sort: 'retransmitted',
    align: 'right',
    from: 7,
    to: 8,
    rank: 4,
    cell: (row) => ({ text: bytesOrNothing(sum(row, (stream) => stream.retransmittedBytes)) }),
  },
  {
    title: 'Early',
    align: 'right',
    from: 5,
    to: 7,
    rank: 10,
    cell: (row) => ({ text: countOrNothing(sum(row, (stream) => stream.outOfOrderSegments)) }),
  },
  activityColumn(SPARK_WIDTH),
  durationColumn(11),
];

/** One row a flow: who, how much, what was lost on the way. */
export function flowsPanel(host: Host, doors: { openFlow(flow: number): void }): Panel {
  return new ListPanel(host, {
    list: 'flows',
    context: 'flows',
    title: 'Flows',
    none: 'No TCP or UDP flows so far.',
    rows: COLUMNS,
    open: ({ number, dvrip }) => {
      if (dvrip) doors.openFlow(number);
      else host.say('this flow carries no DVRIP messages', 'warning');
    },
    subject: (row, marks) => ({
      ...(marks.size > 0 && { marked: { what: 'flows', numbers: [...marks] } }),
      ...(row !== undefined && { current: { what: 'flows', numbers: [row.number] } }),
      ...(row?.session !== undefined && { session: row.session }),
    }),
  });
}
