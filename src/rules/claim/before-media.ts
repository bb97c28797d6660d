import { client, device, example, login, lost, on } from '../example.ts';
import { asks, claims, monitor, watches } from '../media-examples.ts';
import {
  CLAIM_ANSWERS,
  CLAIMS,
  isAccepted,
  KIND_BITS,
  kindOfData,
  MEDIA_REQUESTS,
  mediaRequest,
} from '../media-requests.ts';
import { OpenRequests } from '../open-requests.ts';
import { rule } from '../rule.ts';

interface State {
  /** Bits of the kinds that the socket was claimed for or, as one-socket clients do, that were started on it. */
  expected: number;
  /** Bits of the kinds that are judged: once each. */
  judged: number;
  readonly claims: OpenRequests<number>;
}

export default rule({
  id: 'claim/before-media',
  section: '4.8.1, 4.9.1, 4.11.1',
  level: 'must',
  requires: 'Media travels only on a socket that was claimed for it.',
  because: 'A client finds out by the claim alone which socket carries which stream.',
  remedy:
    'Claim the socket (1413, 1424, 1434) with the session id, and send data after the claim is accepted only.',
  breach: 'data of {kind} on a socket that was not claimed for it',
  scope: 'flow',
  steady: 'each',
  hears: [...CLAIMS, ...CLAIM_ANSWERS, ...MEDIA_REQUESTS],
  state: (): State => ({ expected: 0, judged: 0, claims: new OpenRequests() }),
  observes: {
    message(turn, { state }) {
      if (turn.name.endsWith('_CLAIM_RSP')) {
        const bit = state.claims.answered(turn);
        if (bit !== undefined && isAccepted(turn) !== false) state.expected |= bit;
        return;
      }
      const request = mediaRequest(turn);
      if (request?.action === 'Claim') state.claims.ask(turn, KIND_BITS[request.kind]);
      else if (request?.starts === true) state.expected |= KIND_BITS[request.kind];
    },
    media(turn, judge) {
      const kind = kindOfData(turn.header.messageId);
      if (kind === undefined) return;
      const { state } = judge;
      const bit = KIND_BITS[kind];
      if ((state.judged & bit) !== 0) return;
      state.judged |= bit;
      if ((state.expected & bit) === 0) judge.missing(turn, { kind }, 0);
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('live view on a claimed socket', login(), watches(1))],
    breaks: [
      example(
        'the claim is refused, and the data comes all the same',
        login(),
        claims(1, 2, 1413, monitor('Claim')),
        on(1, client(1.2, 1413, monitor('Claim')), device(1.3, 1414, { Ret: 103 })),
        asks(1.4, 1410, monitor('Start')),
        on(1, device(1.6, 1412, 500)),
      ),
    ],
    unsure: [
      example(
        'the claim may be in a gap',
        login(),
        on(1, lost(1, 'client', 120), device(1.1, 1414)),
        asks(1.4, 1410, monitor('Start')),
        on(1, device(1.6, 1412, 500)),
      ),
    ],
  }),
});
