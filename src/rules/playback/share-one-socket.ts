import { device, example, login, on } from '../example.ts';
import { asks, claims, fileOf, finds, playback, plays } from '../media-examples.ts';
import { DOWNLOAD_DATA, PLAY_DATA } from '../media-requests.ts';
import { rule } from '../rule.ts';

/** Sockets remembered that carried recordings before the one at hand. */
const SOCKETS = 16;

interface State {
  /** The socket that carried the last data, and those before it. */
  flow: number;
  readonly earlier: Set<number>;
}

export default rule({
  id: 'playback/share-one-socket',
  section: '4.9.1',
  level: 'must',
  inField: 'note',
  requires: 'All playbacks and downloads of a client share one data socket.',
  because: 'A device may have no more than that one connection for them.',
  remedy: 'Claim a socket for the first playback; start the others on the control socket without a claim.',
  breach: 'data of recordings goes on here while another socket of the session carries some too',
  scope: 'session',
  watches: ['PLAY_DATA', 'DOWNLOAD_DATA'],
  hears: ['PLAY_CLAIM_RSP'],
  state: (): State => ({ flow: 0, earlier: new Set() }),
  observes: {
    message(turn, { state }) {
      // A socket that is claimed anew goes on in its own right.
      state.earlier.delete(turn.flow.number);
    },
    media(turn, judge) {
      const { messageId } = turn.header;
      if (messageId !== PLAY_DATA && messageId !== DOWNLOAD_DATA) return;
      const { state } = judge;
      const flow = turn.flow.number;
      if (flow === state.flow) return;
      if (state.earlier.has(flow)) judge.broken(turn, {});
      else judge.obeyed();
      if (state.flow !== 0 && state.earlier.size < SOCKETS) state.earlier.add(state.flow);
      state.flow = flow;
    },
  },
  examples: () => ({
    obeys: [
      example(
        'two channels on one socket',
        login(),
        finds(0.5, fileOf(1)),
        plays(1),
        asks(2, 1420, playback('Start', fileOf(1))),
        on(1, device(3, 1422, 500, { byte12: 1 }), device(3.1, 1422, 100)),
      ),
    ],
    breaks: [
      example(
        'two channels on two sockets',
        login(),
        finds(0.5, fileOf(1)),
        plays(1),
        claims(2, 2, 1424, playback('Claim', fileOf(1))),
        asks(2.2, 1420, playback('Start', fileOf(1))),
        on(2, device(3, 1422, 500, { byte12: 1 })),
        on(1, device(3.1, 1422, 100)),
      ),
    ],
  }),
});
