import { client, device, example, login, lost } from '../example.ts';
import { Pairing } from '../pairing.ts';
import { rule } from '../rule.ts';
import { textMember } from '../turn.ts';

/** Requests whose names are remembered, of one flow: as many as wait for an answer at most. */
const MOST_NAMES = 64;

/** §5.8 and §5.9 print these for the answers to searches; devices repeat the request's (field notes §7.3). */
const OF_THE_TEXT: ReadonlyMap<string, string> = new Map([
  ['FILESEARCH_RSP', 'FileList'],
  ['LOGSEARCH_RSP', 'LogList'],
]);

interface State {
  /** By the number of the request. */
  readonly names: Map<number, string>;
  readonly pairing: Pairing;
}

export default rule({
  id: 'exchange/name-as-requested',
  section: '5',
  level: 'should',
  requires: 'An answer has the Name of its request, or an empty one.',
  because: 'Clients look up by Name which of their questions was answered.',
  remedy: 'Repeat the Name of the request; an index in brackets belongs to it.',
  breach: 'the answer has the Name {name}; asked was {asked}',
  scope: 'flow',
  state: (): State => ({ names: new Map(), pairing: new Pairing() }),
  observes: {
    message(turn, judge) {
      const { names, pairing } = judge.state;
      pairing.take(turn, judge.losses);
      const { asked } = turn;
      const name = textMember(turn.body, 'Name')?.trim();
      if (asked === undefined) {
        if (name === undefined || name === '') return;
        const [oldest] = names.keys();
        if (names.size >= MOST_NAMES && oldest !== undefined) names.delete(oldest);
        names.set(turn.number, name);
        return;
      }
      const wanted = names.get(asked.number);
      names.delete(asked.number);
      if (wanted === undefined || name === undefined) return;
      if (name === '' || name === wanted || name === OF_THE_TEXT.get(turn.name)) judge.obeyed();
      else if (pairing.sure(turn) === 'gap') judge.unsure('gap');
      else if (pairing.sure(turn) === 'yes') judge.broken(turn, { name, asked: wanted }, { path: ['Name'] });
    },
  },
  examples: () => ({
    obeys: [
      example(
        'the same name',
        login(),
        client(1, 1020, { Name: 'SystemInfo' }),
        device(1.1, 1021, { Name: 'SystemInfo' }),
      ),
      example('an empty one', login(), client(1, 1400), device(1.1, 1401, { Name: '' })),
    ],
    breaks: [
      example(
        'another name',
        login(),
        client(1, 1020, { Name: 'SystemInfo' }),
        device(1.1, 1021, { Name: 'StorageInfo', StorageInfo: [], SystemInfo: undefined }),
      ),
    ],
    unsure: [
      example(
        'the answer may be in a gap, and this that to the next request',
        login(),
        client(1, 1020, { Name: 'SystemInfo' }),
        lost(1.1, 'device', 200),
        client(2, 1020, { Name: 'StorageInfo' }),
        device(2.1, 1021, { Name: 'StorageInfo', StorageInfo: [], SystemInfo: undefined }, { sequence: 77 }),
      ),
    ],
  }),
});
