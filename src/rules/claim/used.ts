import { areTogether, type Claim, Claims, CROSSING_SECONDS, type Moment, momentOf } from '../claims.ts';
import { closed, example, login, logout, on } from '../example.ts';
import { claims, monitor, watches } from '../media-examples.ts';
import { CLAIM_ANSWERS, CLAIMS, MEDIA_REQUESTS, type MediaKind, mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';

/** Claims that wait for their start; more than a client has at once. */
const WAITING = 64;

interface State {
  readonly claims: Claims;
  /** The latest start of each kind. */
  readonly started: Map<MediaKind, Moment>;
  /** Packets of the session were captured out of order. */
  shuffled: boolean;
  /** `crossed`: a start came just before the claim was accepted. */
  waiting: { readonly claim: Claim; readonly crossed: boolean; readonly losses: number }[];
}

export default rule({
  id: 'claim/used',
  section: 'field 7.4',
  level: 'advice',
  requires: 'What is claimed is also started.',
  because: 'A claim alone is answered with 100, but no data follows it.',
  remedy: 'Send the start (1410, 1420, 1430, 1415) on the control socket once the claim is accepted.',
  breach: 'the claim of {kind} was accepted, but never started',
  scope: 'session',
  hears: [...CLAIMS, ...CLAIM_ANSWERS, ...MEDIA_REQUESTS],
  state: (): State => ({ claims: new Claims(), started: new Map(), shuffled: false, waiting: [] }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.flow.shuffled) state.shuffled = true;
      const claim = state.claims.take(turn);
      if (claim !== undefined) {
        if (claim.state !== 'accepted') return;
        const started = state.started.get(claim.request.kind);
        const crossed = started !== undefined && turn.time - started.time <= CROSSING_SECONDS;
        const together = started !== undefined && areTogether(started, momentOf(turn));
        if (claim.request.starts || together) judge.obeyed();
        else if (state.waiting.length < WAITING) state.waiting.push({ claim, crossed, losses: judge.losses });
        else judge.unsure('evicted');
        return;
      }
      const request = mediaRequest(turn);
      if (request?.starts !== true) return;
      state.started.set(request.kind, momentOf(turn));
      const before = state.waiting.length;
      state.waiting = state.waiting.filter((waiting) => waiting.claim.request.kind !== request.kind);
      for (let i = state.waiting.length; i < before; i += 1) judge.obeyed();
    },
    end(judge) {
      const { waiting, shuffled } = judge.state;
      for (const { claim, crossed, losses } of waiting) {
        if (crossed && shuffled) judge.unsure('gap');
        else judge.missing(claim.at, { kind: claim.request.kind }, losses);
      }
    },
  },
  examples: () => ({
    obeys: [example('live view, claimed and started', login(), watches(1))],
    breaks: [
      example(
        'claimed, and nothing more',
        login(),
        claims(1, 1, 1413, monitor('Claim')),
        on(1, closed(2, 'client')),
        logout(3),
      ),
    ],
    unsure: [example('the capture ends too early', login(), claims(1, 1, 1413, monitor('Claim')))],
  }),
});
