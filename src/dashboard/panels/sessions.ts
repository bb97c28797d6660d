import { formatEndpoint } from '../../report/format/address.ts';
import { formatCount } from '../../report/format/table.ts';
import type { Action } from '../keymap.ts';
import type { Column } from '../list/columns.ts';
import { ListPanel } from '../list/list-panel.ts';
import type { SessionRow } from '../model/contract.ts';
import type { Host, Panel } from '../panel.ts';
import { durationColumn, NUMBER_COLUMN } from './row-columns.ts';
import { bitRateWords, countOrNothing, findingWords, stateSpan } from './words.ts';

const COLUMNS: readonly Column<SessionRow>[] = [
  NUMBER_COLUMN,
  { title: 'State', sort: 'state', from: 10, to: 10, rank: 0, cell: ({ state }) => stateSpan(state) },
  {
    title: 'Client',
    sort: 'client',
    from: 15,
    to: 45,
    rank: 1,
    cell: ({ client }) => ({ text: formatEndpoint(client.address, client.port), tone: 'client' }),
  },
  {
    title: 'Device',
    sort: 'device',
    from: 15,
    to: 45,
    rank: 3,
    cell: ({ device }) => ({ text: formatEndpoint(device.address, device.port), tone: 'device' }),
  },
  { title: 'User', sort: 'user', from: 6, to: 20, rank: 4, cell: ({ user }) => ({ text: user ?? '-' }) },
  {
    title: 'Model',
    sort: 'model',
    from: 5,
    to: 24,
    rank: 6,
    cell: ({ deviceType }) => ({ text: deviceType ?? '-' }),
  },
  {
    title: 'Ch',
    sort: 'channels',
    align: 'right',
    from: 2,
    to: 4,
    rank: 8,
    cell: ({ channels }) => ({ text: channels === undefined ? '-' : String(channels) }),
  },
  {
    title: 'Messages',
    sort: 'messages',
    align: 'right',
    from: 8,
    to: 12,
    rank: 5,
    cell: ({ messages }) => ({ text: formatCount(messages) }),
  },
  {
    title: 'Str',
    sort: 'streams',
    align: 'right',
    from: 3,
    to: 4,
    rank: 7,
    cell: ({ streams }) => ({ text: countOrNothing(streams) }),
  },
  {
    title: 'Bit rate',
    sort: 'bitRate',
    align: 'right',
    from: 10,
    to: 11,
    rank: 7,
    cell: ({ bitRate }) => ({ text: bitRateWords(bitRate) }),
  },
  {
    title: 'Findings',
    sort: 'findings',
    from: 11,
    to: 16,
    rank: 2,
    cell: ({ findings }) => findingWords(findings),
  },
  {
    title: 'Start',
    sort: 'start',
    align: 'right',
    from: 9,
    to: 14,
    rank: 10,
    cell: ({ elapsed }) => ({ text: elapsed.toFixed(3) }),
  },
  durationColumn(9),
];

/** What a session leads to beside its ladder. Answers whether the action was one of these. */
export function openOfSession(
  doors: {
    openStreams(session: number): void;
    openFindings(session: number): void;
    openMessages(session: number): void;
  },
  action: Action,
  session: number,
): boolean {
  if (action === 'extract') doors.openStreams(session);
  else if (action === 'findings') doors.openFindings(session);
  else if (action === 'messages') doors.openMessages(session);
  else return false;
  return true;
}

/** Home: one row a session. */
export function sessionsPanel(
  host: Host,
  doors: {
    openSession(session: number): void;
    openStreams(session: number): void;
    openFindings(session: number): void;
    openMessages(session: number): void;
    compareSessions(left: number, right: number): void;
  },
): Panel {
  const panel: ListPanel<'sessions'> = new ListPanel(host, {
    list: 'sessions',
    context: 'sessions',
    title: 'Sessions',
    none: 'No sessions so far. Flows (2) and messages (4) show what there is.',
    rows: COLUMNS,
    open: ({ number }) => doors.openSession(number),
    act: (action, row) => {
      if (action !== 'compare') return row !== undefined && openOfSession(doors, action, row.number);
      const [left, right, more] = [...panel.list.marks];
      if (left === undefined || right === undefined || more !== undefined) {
        host.say(`mark two sessions with ${host.keymap.label('mark')} first`, 'warning');
      } else doors.compareSessions(left, right);
      return true;
    },
    subject: (row, marks) => ({
      ...(marks.size > 0 && { marked: { what: 'sessions', numbers: [...marks] } }),
      ...(row !== undefined && {
        current: { what: 'sessions', numbers: [row.number] },
        session: row.number,
      }),
    }),
  });
  return panel;
}
