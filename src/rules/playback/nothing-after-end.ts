import { device, example, login, lost, on } from '../example.ts';
import { asks, playback, plays } from '../media-examples.ts';
import { DOWNLOAD_DATA, PLAY_DATA } from '../media-requests.ts';
import { Playbacks } from '../playbacks.ts';
import { rule } from '../rule.ts';

interface State {
  readonly playbacks: Playbacks;
  /** Message id of data that has ended; undefined while more is expected. And the holes then. */
  over: number | undefined;
  losses: number;
  /** Some devices send an empty packet behind the one with EndFlag 1 (field notes §7.2). */
  mayBeEmpty: boolean;
}

export default rule({
  id: 'playback/nothing-after-end',
  section: '4.9.1',
  level: 'must',
  requires: 'After the packet with EndFlag 1 no more data of the recording comes.',
  because: 'Who has closed the file loses the rest, and the next recording begins with it.',
  remedy: 'Set EndFlag in the very last packet only.',
  breach: 'a packet of {bytes} bytes comes after the end of the recording',
  scope: 'session',
  watches: ['PLAY_DATA', 'DOWNLOAD_DATA'],
  hears: ['PLAY_REQ', 'PLAY_RSP', 'PLAY_EOF'],
  state: (): State => ({ playbacks: new Playbacks(), over: undefined, losses: 0, mayBeEmpty: false }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      state.playbacks.take(turn, judge.losses);
      if (turn.name !== 'PLAY_REQ') return;
      if (state.over !== undefined) judge.obeyed();
      state.over = undefined;
    },
    media(turn, judge) {
      const { messageId } = turn.header;
      if (messageId !== PLAY_DATA && messageId !== DOWNLOAD_DATA) return;
      const { state } = judge;
      if (messageId === state.over) {
        if (turn.length === 0 && state.mayBeEmpty) {
          state.mayBeEmpty = false;
          return;
        }
        judge.missing(turn, { bytes: turn.length }, state.losses);
        state.over = undefined;
      } else if (
        state.playbacks.data(turn) !== undefined &&
        !state.playbacks.running.some((other) => other.messageId === messageId)
      ) {
        state.over = messageId;
        state.losses = judge.losses;
        state.mayBeEmpty = turn.length > 0;
      }
    },
    end(judge) {
      if (judge.state.over !== undefined) judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [
      example(
        'the end, then another start',
        login(),
        plays(1),
        on(1, device(3, 1422, 0, { byte13: 1 })),
        asks(4, 1420, playback('Start')),
        on(1, device(5, 1422, 400)),
      ),
    ],
    breaks: [
      example(
        'more after the end',
        login(),
        plays(1),
        on(1, device(3, 1422, 400, { byte13: 1 }), device(3.1, 1422, 400)),
      ),
    ],
    unsure: [
      example(
        'another start may be in a gap',
        login(),
        plays(1),
        on(1, device(3, 1422, 0, { byte13: 1 })),
        lost(4, 'client', 300),
        asks(4.1, 1006),
        on(1, device(5, 1422, 400)),
      ),
    ],
  }),
});
