import type { Asked } from '../../session/exchanges.ts';
import { areTogether, Claims, type Moment, mayCross, momentOf } from '../claims.ts';
import { example, login, logout, lost, on } from '../example.ts';
import { asks, monitor, plays, watches } from '../media-examples.ts';
import { CLAIM_ANSWERS, CLAIMS, MEDIA_REQUESTS, type MediaKind, mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';

/** Starts without a claim that are judged; after so many one knows. */
const KEPT = 16;

interface Unclaimed {
  readonly at: Asked;
  readonly moment: Moment;
  readonly kind: MediaKind;
}

interface State {
  readonly claims: Claims;
  /** A hole on the data socket shows only later: they are judged at the end. */
  unclaimed: Unclaimed[];
}

export default rule({
  id: 'claim/before-start',
  section: '4.8.1, 4.9.1, 4.11.1',
  level: 'must',
  inField: 'note',
  requires: 'A client claims a socket for the data before it asks for the data to begin.',
  because: 'The device would not know where to send it, and answers 103 or uses the control socket.',
  remedy: 'Open a second socket, claim it with the session id, then send the start on the control socket.',
  breach: '{kind} is started, and no socket was claimed for it',
  scope: 'session',
  hears: [...CLAIMS, ...CLAIM_ANSWERS, ...MEDIA_REQUESTS],
  state: (): State => ({ claims: new Claims(), unclaimed: [] }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const { claims, unclaimed } = state;
      const claim = claims.take(turn);
      if (claim !== undefined) {
        const { kind } = claim.request;
        const moment = momentOf(turn);
        const together = (start: Unclaimed) => start.kind === kind && areTogether(start.moment, moment);
        for (const _ of unclaimed.filter(together)) judge.obeyed();
        state.unclaimed = unclaimed.filter(
          (start) => start.kind !== kind || !(together(start) || mayCross(start.moment, moment)),
        );
        return;
      }
      const request = mediaRequest(turn);
      // In active registration it is the device that claims, on a connection of its own (§4.8.2).
      if (request?.starts !== true || turn.flow.deviceOpened === true) return;
      const { kind } = request;
      if (claims.find(kind) !== undefined) judge.obeyed();
      else if (claims.forgot || unclaimed.length >= KEPT) judge.unsure('evicted');
      else unclaimed.push({ at: turn.cite(), moment: momentOf(turn), kind });
    },
    end(judge) {
      for (const { at, kind } of judge.state.unclaimed) judge.missing(at, { kind }, 0);
    },
  },
  examples: () => ({
    obeys: [
      example('live view, claimed and started', login(), watches(1)),
      example('playback, claimed and started', login(), plays(1)),
    ],
    breaks: [
      example('started without a claim', login(), asks(1, 1410, monitor('Start'), { Ret: 103 }), logout(2)),
    ],
    unsure: [
      example(
        'the claim may be in a gap',
        login(),
        asks(0.5, 1006),
        lost(0.7, 'client', 120),
        on(0, ...asks(1, 1410, monitor('Start'), { Ret: 103 })),
      ),
    ],
  }),
});
