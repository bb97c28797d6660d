import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';
import { foundList } from '../search-times.ts';
import { numberMember } from '../turn.ts';

export default rule({
  id: 'search/log-positions-ascend',
  section: '5.9',
  level: 'should',
  requires: 'The entries of a log come in the order of their positions, each with one of its own.',
  because:
    'A client asks for the next page from the last position on: it would miss entries, or go round in circles.',
  remedy: 'Sort the entries by Position.',
  breach: 'position {position} follows {before}',
  scope: 'flow',
  hears: ['LOGSEARCH_RSP'],
  observes: {
    message(turn, judge) {
      const list = foundList(turn.body);
      if (list === undefined || list.items.length === 0) return;
      let before = -1;
      for (const [place, item] of list.items.entries()) {
        const position = numberMember(item, 'Position') ?? Number.NaN;
        if (position <= before) {
          judge.broken(turn, { position, before }, { path: [list.key, place, 'Position'] });
          return;
        }
        if (!Number.isNaN(position)) before = position;
      }
      judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('one after the other', login(), found(2038, 2039))],
    breaks: [example('one twice', login(), found(2038, 2038))],
  }),
});

function found(...positions: readonly number[]) {
  const query = {
    BeginTime: '2026-03-01 00:00:00',
    EndTime: '2026-03-01 23:59:59',
    LogPosition: 0,
    Type: 'LogAll',
  };
  const entries = positions.map((Position) => ({
    Data: '',
    Position,
    Time: '2026-03-01 10:00:00',
    Type: 'LogIn',
    User: 'System',
  }));
  return [
    client(1, 1442, { Name: 'OPLogQuery', OPLogQuery: query }),
    device(1.1, 1443, { Name: 'OPLogQuery', OPLogQuery: entries }),
  ];
}
