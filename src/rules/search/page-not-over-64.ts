import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';
import { foundList } from '../search-times.ts';

const MOST_FILES = 64;

export default rule({
  id: 'search/page-not-over-64',
  section: 'field 7.3',
  level: 'advice',
  requires:
    'The answer to a search for files lists 64 at most; the rest is searched for from the end of these on.',
  because: 'Clients have room for 64, and take a shorter list for the last.',
  remedy: 'Give 64 files with Ret 111, and let the client ask for the next.',
  breach: 'one answer lists {files} files',
  scope: 'flow',
  hears: ['FILESEARCH_RSP'],
  observes: {
    message(turn, judge) {
      const list = foundList(turn.body);
      if (list === undefined) return;
      const files = list.items.length;
      if (files <= MOST_FILES) judge.obeyed();
      else judge.broken(turn, { files }, { path: [list.key] });
    },
  },
  examples: () => ({
    obeys: [example('64 files', login(), found(64))],
    breaks: [example('65 files', login(), found(65))],
  }),
});

function found(count: number) {
  const query = {
    ...{ BeginTime: '2026-03-01 00:00:00', EndTime: '2026-03-01 23:59:59', Channel: 0 },
    ...{ DriverTypeMask: '0x0000FFFF', Event: '*', Type: 'h264' },
  };
  const files = Array.from({ length: count }, (_, i) => ({ FileName: `/idea0/2026-03-01/001/${i}.h264` }));
  return [
    client(1, 1440, { Name: 'OPFileQuery', OPFileQuery: query }),
    device(1.1, 1441, { Name: 'OPFileQuery', OPFileQuery: files }),
  ];
}
