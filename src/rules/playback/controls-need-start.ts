import { example, login, lost } from '../example.ts';
import { asks, playback, plays } from '../media-examples.ts';
import { Playbacks } from '../playbacks.ts';
import { rule } from '../rule.ts';

const CONTROLS = new Set([
  ...['Pause', 'Continue', 'Fast', 'Slow', 'Locate', 'Seek'],
  ...['DownloadPause', 'DownloadContinue'],
]);
/** The end of the recording and the client's wish may cross. */
const CROSSING_SECONDS = 5;

export default rule({
  id: 'playback/controls-need-start',
  section: '4.9.1',
  level: 'should',
  requires: 'A client pauses, continues and seeks in a recording that is being played.',
  because: 'The device has nothing to pause and answers 103, and the client shows a state that is not so.',
  remedy: 'Start the recording again before it is controlled.',
  breach: '{action} while no recording is being played',
  scope: 'session',
  watches: ['PLAY_DATA', 'DOWNLOAD_DATA'],
  hears: ['PLAY_REQ', 'PLAY_RSP', 'PLAY_EOF'],
  state: () => new Playbacks(),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const event = state.take(turn, judge.losses);
      if (event?.what !== 'control' || !CONTROLS.has(event.request.action)) return;
      if (event.playback !== undefined) judge.obeyed();
      else if (state.endedAt === undefined || turn.time - state.endedAt > CROSSING_SECONDS) {
        judge.missing(turn, { action: event.request.action }, 0);
      }
    },
    media(turn, { state }) {
      state.data(turn);
    },
  },
  examples: () => ({
    obeys: [
      example(
        'paused and continued',
        login(),
        plays(1),
        asks(3, 1420, playback('Pause')),
        asks(5, 1420, playback('Continue')),
      ),
    ],
    breaks: [
      example(
        'paused after it was stopped',
        login(),
        plays(1),
        asks(3, 1420, playback('Stop')),
        asks(5, 1420, playback('Pause'), { Ret: 103 }),
      ),
    ],
    unsure: [
      example('the start may be in a gap', login(), lost(1, 'client', 300), asks(5, 1420, playback('Pause'))),
    ],
  }),
});
