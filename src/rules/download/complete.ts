import { device, example, login, lost, on } from '../example.ts';
import { downloads } from '../media-examples.ts';
import { DOWNLOAD_DATA, mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';
import { type FoundFile, filesFound } from '../search-results.ts';
import { textMember } from '../turn.ts';

/** Files remembered of one session: sixteen answers with 64 each. */
const FILES = 1024;
/** A file may end with padding that is not sent. */
const ENOUGH = 0.9;

interface State {
  readonly found: Map<string, FoundFile>;
  /** What the download at hand asked for, if all of it. */
  file: FoundFile | undefined;
}

export default rule({
  id: 'download/complete',
  section: '4.10, field 7.3',
  level: 'advice',
  requires: 'A download that ends has as many bytes as the search said.',
  because: 'The file that was saved lacks its end.',
  remedy: 'Download it again, and compare the length with FileLength, which counts KiB.',
  breach: 'the download ended after {bytes} bytes; the search said {kibibytes} KiB',
  scope: 'session',
  hears: ['FILESEARCH_RSP', 'PLAY_REQ'],
  state: (): State => ({ found: new Map(), file: undefined }),
  observes: {
    message(turn, { state }) {
      if (turn.name === 'FILESEARCH_RSP') {
        for (const file of filesFound(turn)) {
          if (state.found.size < FILES || state.found.has(file.name)) state.found.set(file.name, file);
        }
        return;
      }
      const request = mediaRequest(turn);
      if (request?.action !== 'DownloadStart') return;
      const file = state.found.get(request.fileName ?? '');
      const whole =
        textMember(turn.body, 'OPPlayBack', 'StartTime') === file?.begin &&
        textMember(turn.body, 'OPPlayBack', 'EndTime') === file?.end;
      state.file = whole ? file : undefined;
    },
    stream(stream, judge) {
      const { file } = judge.state;
      if (stream.origin.messageId !== DOWNLOAD_DATA || stream.ending !== 'end-flag') return;
      if (file?.kibibytes === undefined) return;
      const { bytes } = stream;
      if (bytes >= (file.kibibytes - 1) * 1024 * ENOUGH) judge.obeyed();
      else if (stream.gapBytes + stream.lostPackets > 0) judge.unsure('gap');
      else judge.missing(stream, { bytes, kibibytes: file.kibibytes }, 0);
    },
  },
  examples: () => ({
    obeys: [example('all of it', login(), downloads(1))],
    breaks: [example('an eighth of it', login(), downloads(1, 500))],
    unsure: [
      example(
        'most of it is in a gap',
        login(),
        downloads(1, 500).filter(({ at }) => at < 1.65),
        on(
          1,
          lost(1.65, 'device', 3020),
          device(1.66, 1426, 500, { sequence: 2 }),
          device(1.7, 1426, 0, { byte13: 1, sequence: 3 }),
        ),
      ),
    ],
  }),
});
