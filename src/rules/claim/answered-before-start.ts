import type { Asked } from '../../session/exchanges.ts';
import { areTogether, type Claim, Claims, type Moment, mayCross, momentOf } from '../claims.ts';
import { client, device, example, login, lost, on } from '../example.ts';
import { asks, monitor, watches } from '../media-examples.ts';
import { CLAIM_ANSWERS, CLAIMS, MEDIA_REQUESTS, mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';

/** Starts that wait for the answer to their claim. */
const KEPT = 16;

interface Early {
  readonly claim: Claim;
  readonly at: Asked;
  readonly moment: Moment;
  readonly seconds: number;
  readonly losses: number;
}

interface State {
  readonly claims: Claims;
  early: Early[];
}

export default rule({
  id: 'claim/answered-before-start',
  section: '4.8.2, field 7.1',
  level: 'advice',
  requires: 'A client waits for the answer to its claim before it asks for the data to begin.',
  because: 'On two sockets the start may overtake the claim, and the device then answers 103.',
  remedy: 'Send the start once the claim is answered with 100.',
  breach: '{kind} is started {seconds} s after a claim that is not answered yet',
  scope: 'session',
  hears: [...CLAIMS, ...CLAIM_ANSWERS, ...MEDIA_REQUESTS],
  state: (): State => ({ claims: new Claims(), early: [] }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const claim = state.claims.take(turn);
      if (claim !== undefined) {
        const answered = state.early.filter((start) => start.claim === claim && claim.state !== 'asked');
        for (const { at, moment, seconds, losses } of answered) {
          if (areTogether(moment, momentOf(turn))) judge.obeyed();
          else if (mayCross(moment, momentOf(turn))) judge.unsure('gap');
          else judge.missing(at, { kind: claim.request.kind, seconds }, losses);
        }
        if (answered.length > 0) state.early = state.early.filter((start) => start.claim !== claim);
        return;
      }
      const request = mediaRequest(turn);
      if (request?.starts !== true) return;
      const due = state.claims.find(request.kind, request);
      if (due?.state === 'accepted') judge.obeyed();
      else if (due !== undefined && state.early.length < KEPT) {
        const seconds = turn.time - (due.at.seconds + due.at.nanoseconds / 1e9);
        const moment = momentOf(turn);
        state.early.push({ claim: due, at: turn.cite(), moment, seconds, losses: judge.losses });
      }
    },
  },
  examples: () => ({
    obeys: [example('the claim is answered, then the start comes', login(), watches(1))],
    breaks: [
      example(
        'the start comes before the answer to the claim',
        login(),
        on(1, client(1, 1413, monitor('Claim')), device(1.2, 1414)),
        asks(1.1, 1410, monitor('Start')),
        on(1, device(1.6, 1412, 500)),
      ),
    ],
    unsure: [
      example(
        'an earlier answer may be in a gap',
        login(),
        on(1, client(1, 1413, monitor('Claim'))),
        asks(1.1, 1410, monitor('Start')),
        on(1, lost(1.2, 'device', 90), device(1.3, 1414)),
        on(1, device(1.6, 1412, 500)),
      ),
    ],
  }),
});
