import { device, example, login, lost, on } from '../example.ts';
import { asks, claims, fileOf, finds, playback, plays } from '../media-examples.ts';
import { Playbacks } from '../playbacks.ts';
import { rule } from '../rule.ts';

const MOST = 4;
const FIVE_FILES = [0, 1, 2, 3, 4].map(fileOf);

export default rule({
  id: 'playback/at-most-four',
  section: '4.9.1, 4.10',
  level: 'must',
  requires: 'A client has at most four playbacks and downloads at once.',
  because: 'A device has no more; a fifth slows the others down or ends one of them.',
  remedy: 'Stop a playback or a download before another one is started.',
  breach: 'the device accepts this one as number {count}',
  scope: 'session',
  watches: ['PLAY_DATA', 'DOWNLOAD_DATA'],
  hears: ['PLAY_REQ', 'PLAY_RSP', 'PLAY_EOF'],
  state: () => new Playbacks(),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const event = state.take(turn, judge.losses);
      if (event?.what !== 'accepted') return;
      const running = state.running.filter(({ accepted }) => accepted);
      if (running.length <= MOST) judge.obeyed();
      else judge.missing(turn, { count: running.length }, running[0]?.losses ?? 0);
    },
    media(turn, { state }) {
      state.data(turn);
    },
  },
  examples: () => ({
    obeys: [example('one playback', login(), plays(1))],
    breaks: [
      example(
        'five channels at once',
        login(),
        finds(1, ...FIVE_FILES),
        claims(2, 1, 1424, playback('Claim', FIVE_FILES[0])),
        FIVE_FILES.flatMap((file, i) => asks(3 + i, 1420, playback('Start', file))),
      ),
    ],
    unsure: [
      example(
        'the end of one of them may be in a gap',
        login(),
        finds(1, ...FIVE_FILES),
        claims(2, 1, 1424, playback('Claim', FIVE_FILES[0])),
        FIVE_FILES.slice(0, 4).flatMap((file, i) => asks(3 + i, 1420, playback('Start', file))),
        on(1, lost(7, 'device', 500)),
        on(1, device(7.1, 1422, 500, { sequence: 1 })),
        asks(8, 1420, playback('Start', FIVE_FILES[4])),
      ),
    ],
  }),
});
