import { client, device, example, login, lost } from '../example.ts';
import { rule } from '../rule.ts';

/** Capture timestamps are taken on one side of the connection only. */
const SLACK_SECONDS = 1;

interface State {
  /** When the client was heard last, and the holes until then. */
  heard: number | undefined;
  losses: number;
}

export default rule({
  id: 'keepalive/in-time',
  section: '5.1.1, 5.1.5',
  level: 'must',
  requires: 'The client sends something at least once per AliveInterval.',
  because: 'A device may drop a silent session, and the viewer then shows a frozen picture.',
  remedy: 'Send KeepAlive (1006) every AliveInterval seconds, or better at half of it.',
  breach: 'the client was silent for {silence} s; the device asked for a sign of life every {interval} s',
  scope: 'session',
  state: (): State => ({ heard: undefined, losses: 0 }),
  observes: {
    message(turn, judge) {
      if (turn.from !== 'client') return;
      const { state } = judge;
      const interval = turn.session?.aliveInterval;
      if (state.heard !== undefined && interval !== undefined && interval > 0) {
        const silence = turn.time - state.heard;
        if (silence > interval + SLACK_SECONDS) judge.missing(turn, { silence, interval }, state.losses);
        else judge.obeyed();
      }
      state.heard = turn.time;
      state.losses = judge.losses;
    },
  },
  examples: () => ({
    obeys: [
      example(
        'a keepalive every twenty seconds',
        login(),
        client(18, 1006),
        device(18.1, 1007),
        client(37, 1006),
        device(37.1, 1007),
      ),
    ],
    breaks: [
      example(
        'a minute of silence',
        login(),
        client(1, 1020),
        device(1.1, 1021),
        client(60, 1006),
        device(60.1, 1007),
      ),
    ],
    unsure: [
      example(
        'the keepalive may be in a gap',
        login(),
        client(1, 1020),
        device(1.1, 1021),
        lost(20, 'client', 90),
        client(60, 1006),
        device(60.1, 1007),
      ),
    ],
  }),
});
