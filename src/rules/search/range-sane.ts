import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';
import { SEARCHES, searchRange } from '../search-times.ts';

export default rule({
  id: 'search/range-sane',
  section: '5.8, 5.9',
  level: 'should',
  requires: 'A search begins no later than it ends.',
  because: 'Nothing can lie between: the device answers that nothing was found, and the user believes it.',
  remedy: 'Exchange BeginTime and EndTime.',
  breach: 'the search goes from {begin} to {end}',
  scope: 'flow',
  hears: ['FILESEARCH_REQ', 'FILESEARCH_BYTIME_REQ', 'LOGSEARCH_REQ'],
  observes: {
    message(turn, judge) {
      const object = SEARCHES.get(turn.name) ?? '';
      const range = searchRange(turn.body, object);
      if (range === undefined) return;
      const { begin, end, from, until } = range;
      if (from <= until) judge.obeyed();
      else judge.broken(turn, { begin, end }, { path: [object, 'BeginTime'] });
    },
  },
  examples: () => ({
    obeys: [example('an hour', login(), searched('2026-03-01 10:00:00', '2026-03-01 11:00:00'))],
    breaks: [example('backwards', login(), searched('2026-03-01 11:00:00', '2026-03-01 10:00:00'))],
  }),
});

function searched(BeginTime: string, EndTime: string) {
  const query = { BeginTime, EndTime, LogPosition: 0, Type: 'LogAll' };
  return [
    client(1, 1442, { Name: 'OPLogQuery', OPLogQuery: query }),
    device(1.1, 1443, { OPLogQuery: null }),
  ];
}
