import { client, device, example, login, lost } from '../example.ts';
import { Pairing } from '../pairing.ts';
import { rule } from '../rule.ts';
import { comparableTime, foundList, SEARCHES, searchRange, type TimeRange } from '../search-times.ts';
import { textMember } from '../turn.ts';

/** Searches that wait for their answer at once, of one flow. */
const MOST_SEARCHES = 16;

interface State {
  /** By the number of the request. */
  readonly ranges: Map<number, TimeRange>;
  readonly pairing: Pairing;
}

export default rule({
  id: 'search/reply-within-range',
  section: '5.8, 5.9',
  level: 'should',
  requires: 'What a search finds lies, at least in part, between BeginTime and EndTime.',
  because: 'A client that goes on from the end of what was found never comes to an end.',
  remedy: 'List only what overlaps the range that was asked for, in the device’s own time.',
  breach: 'found from {begin} to {end}; asked was from {from} to {until}',
  scope: 'flow',
  hears: [...SEARCHES.keys(), 'FILESEARCH_RSP', 'FILESEARCH_BYTIME_RSP', 'LOGSEARCH_RSP'],
  state: (): State => ({ ranges: new Map(), pairing: new Pairing() }),
  observes: {
    message(turn, judge) {
      const { ranges, pairing } = judge.state;
      pairing.take(turn, judge.losses);
      const object = SEARCHES.get(turn.name);
      if (object !== undefined) {
        const range = searchRange(turn.body, object);
        const [oldest] = ranges.keys();
        if (ranges.size >= MOST_SEARCHES && oldest !== undefined) ranges.delete(oldest);
        if (range !== undefined) ranges.set(turn.number, range);
        return;
      }
      if (turn.asked === undefined) return;
      const range = ranges.get(turn.asked.number);
      ranges.delete(turn.asked.number);
      const list = foundList(turn.body);
      if (range === undefined || range.from > range.until || list === undefined) return;
      const place = list.items.findIndex((item) => isOutside(item, range));
      if (place === -1) judge.obeyed();
      else if (pairing.sure(turn) === 'gap') judge.unsure('gap');
      else if (pairing.sure(turn) === 'yes') {
        const [begin, end] = timesOf(list.items[place]);
        const found = { begin: begin ?? '', end: end ?? '' };
        judge.broken(turn, { ...found, from: range.begin, until: range.end }, { path: [list.key, place] });
      }
    },
  },
  examples: () => ({
    obeys: [
      example(
        'a file that reaches into the hour',
        login(),
        asked(1, '2026-03-01'),
        answered(1.1, '2026-03-01 09:50:00', '2026-03-01 10:10:00'),
      ),
    ],
    breaks: [
      example(
        'a file of the day before',
        login(),
        asked(1, '2026-03-01'),
        answered(1.1, '2026-02-28 10:00:00', '2026-02-28 10:10:00'),
      ),
    ],
    unsure: [
      example(
        'the answer may be in a gap, and this that to the next search',
        login(),
        asked(1, '2026-03-01'),
        lost(1.1, 'device', 250),
        asked(2, '2026-03-02'),
        answered(2.1, '2026-03-02 10:00:00', '2026-03-02 10:10:00', { sequence: 77 }),
      ),
    ],
  }),
});

/** Files have a beginning and an end, entries of the log a moment. */
function timesOf(item: unknown): readonly [begin: string | undefined, end: string | undefined] {
  const moment = textMember(item, 'Time');
  return [textMember(item, 'BeginTime') ?? moment, textMember(item, 'EndTime') ?? moment];
}

function isOutside(item: unknown, { from, until }: TimeRange): boolean {
  const [begin, end] = timesOf(item).map(comparableTime);
  if (begin === undefined || end === undefined) return false;
  return begin > until || end < from;
}

function asked(at: number, day: string) {
  const range = { BeginTime: `${day} 10:00:00`, EndTime: `${day} 11:00:00` };
  const query = { ...range, Channel: 0, DriverTypeMask: '0x0000FFFF', Event: '*', Type: 'h264' };
  return client(at, 1440, { Name: 'OPFileQuery', OPFileQuery: query });
}

function answered(at: number, BeginTime: string, EndTime: string, header = {}) {
  const file = { BeginTime, EndTime, FileName: '/idea0/2026-03-01/001/10.00.00-10.10.00[R][@1][0].h264' };
  return device(at, 1441, { Name: 'OPFileQuery', OPFileQuery: [file] }, header);
}
