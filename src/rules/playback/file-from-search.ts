import { example, login, lost } from '../example.ts';
import { asks, claims, OTHER_FILE, playback, plays } from '../media-examples.ts';
import { mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';
import { filesFound } from '../search-results.ts';
import { textMember } from '../turn.ts';

/** Names remembered of one session: sixteen answers with 64 files each. */
const NAMES = 1024;

interface State {
  readonly names: Set<string>;
  /** More were found than are remembered. */
  forgot: boolean;
  /** An answer could not be read. */
  unread: boolean;
}

export default rule({
  id: 'playback/file-from-search',
  section: '4.9.1',
  level: 'advice',
  requires: 'The name of the recording comes from the answer to a file search.',
  because: 'The device looks for exactly this name; one from yesterday may be overwritten by now.',
  remedy: 'Search (1440) first, and repeat the FileName as it stands in the answer.',
  breach: 'no search of this session has found «{file}»',
  scope: 'session',
  hears: ['FILESEARCH_RSP', 'FILESEARCH_BYTIME_RSP', 'PLAY_REQ'],
  state: (): State => ({ names: new Set(), forgot: false, unread: false }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.name !== 'PLAY_REQ') {
        if (!turn.readable) state.unread = true;
        for (const { name } of filesFound(turn)) {
          if (state.names.size < NAMES) state.names.add(name);
          else state.forgot = true;
        }
        return;
      }
      const request = mediaRequest(turn);
      const byTime = textMember(turn.body, 'OPPlayBack', 'Parameter', 'PlayMode') === 'ByTime';
      if (request?.starts !== true || byTime) return;
      const { fileName: file } = request;
      if (file === undefined || file === '') return;
      if (state.names.has(file)) judge.obeyed();
      else if (state.unread) judge.unsure('unreadable');
      else if (state.forgot) judge.unsure('evicted');
      else judge.missing(turn, { file }, 0);
    },
  },
  examples: () => ({
    obeys: [example('found, then played', login(), plays(1))],
    breaks: [
      example(
        'a name from elsewhere',
        login(),
        claims(1, 1, 1424, playback('Claim', OTHER_FILE)),
        asks(2, 1420, playback('Start', OTHER_FILE)),
      ),
    ],
    unsure: [
      example(
        'the search may be in a gap',
        login(),
        lost(0.5, 'device', 300),
        claims(1, 1, 1424, playback('Claim', OTHER_FILE)),
        asks(2, 1420, playback('Start', OTHER_FILE), { Ret: 103 }),
        asks(3, 1420, playback('Start', OTHER_FILE), { Ret: 103 }),
      ),
    ],
  }),
});
