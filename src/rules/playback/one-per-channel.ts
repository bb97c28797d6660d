import { device, example, login, lost, on } from '../example.ts';
import { asks, FILE, finds, OTHER_FILE, playback, plays } from '../media-examples.ts';
import { Playbacks } from '../playbacks.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'playback/one-per-channel',
  section: '4.9.1',
  level: 'must',
  requires: 'A client has at most one playback or download of each channel at once.',
  because: 'The channel in the header is all that tells their data apart on the socket that they share.',
  remedy: 'Stop the playback of the channel before another one is started.',
  breach: 'the device accepts a second playback of channel {channel} while one is running',
  scope: 'session',
  watches: ['PLAY_DATA', 'DOWNLOAD_DATA'],
  hears: ['PLAY_REQ', 'PLAY_RSP', 'PLAY_EOF'],
  state: () => new Playbacks(),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const event = state.take(turn, judge.losses);
      if (event?.what !== 'accepted') return;
      const { channel } = event.playback.request;
      if (channel === undefined) return;
      const other = state.running.find(
        (one) => one !== event.playback && one.accepted && one.request.channel === channel,
      );
      if (other === undefined) judge.obeyed();
      else judge.missing(turn, { channel }, other.losses);
    },
    media(turn, { state }) {
      state.data(turn);
    },
  },
  examples: () => ({
    obeys: [
      example(
        'one after the other',
        login(),
        finds(0.5, OTHER_FILE),
        plays(1, FILE),
        on(1, device(3, 1422, 0, { byte13: 1 })),
        asks(4, 1420, playback('Start', OTHER_FILE)),
      ),
    ],
    breaks: [
      example(
        'two recordings of one channel',
        login(),
        finds(0.5, OTHER_FILE),
        plays(1, FILE),
        asks(4, 1420, playback('Start', OTHER_FILE)),
      ),
    ],
    unsure: [
      example(
        'the end of the first may be in a gap',
        login(),
        finds(0.5, OTHER_FILE),
        plays(1, FILE),
        lost(3, 'client', 300),
        asks(3.1, 1006),
        lost(3.2, 'device', 200),
        asks(4, 1420, playback('Start', OTHER_FILE)),
        asks(5, 1420, playback('Start', OTHER_FILE)),
      ),
    ],
  }),
});
