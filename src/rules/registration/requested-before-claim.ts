import type { Asked } from '../../session/exchanges.ts';
import { areTogether, type Moment, momentOf } from '../claims.ts';
import { client, closed, device, example, logout, lost, on, registration } from '../example.ts';
import { rule } from '../rule.ts';

/** The request that each claim follows. */
const REQUEST_OF: ReadonlyMap<string, string> = new Map([
  ['MONITOR_CLAIM', 'MONITOR_REQ'],
  ['PLAY_CLAIM', 'PLAY_REQ'],
  ['TALK_CLAIM', 'TALK_REQ'],
]);

/** Claims without a request that are judged; after so many one knows. */
const KEPT = 16;

interface State {
  /** Names of the requests that the client has sent. */
  readonly requested: Set<string>;
  /** A hole on the control socket shows only later: they are judged at the end. */
  unasked: { readonly at: Asked; readonly name: string; readonly request: string; readonly moment: Moment }[];
}

export default rule({
  id: 'registration/requested-before-claim',
  section: '4.8.2, 4.9.2, 4.11.2',
  level: 'must',
  requires:
    'A device that has registered opens and claims a connection for media only when the client has asked for it.',
  because: 'The client has nothing that the connection could be for, and closes it.',
  remedy:
    'Wait for MONITOR_REQ, PLAY_REQ or TALK_REQ with the action Request, answer it, connect, and claim.',
  breach: '{name} of the device, and the client has sent no {request}',
  scope: 'session',
  hears: [...REQUEST_OF.keys(), ...REQUEST_OF.values()],
  state: (): State => ({ requested: new Set(), unasked: [] }),
  observes: {
    message(turn, judge) {
      const { name, from } = turn;
      const { requested, unasked } = judge.state;
      const request = REQUEST_OF.get(name);
      const moment = momentOf(turn);
      if (request === undefined) {
        if (from !== 'client') return;
        requested.add(name);
        judge.state.unasked = unasked.filter((claim) => {
          const together = claim.request === name && areTogether(claim.moment, moment);
          if (together) judge.obeyed();
          return !together;
        });
      } else if (from === 'device' && turn.flow.deviceOpened === true) {
        if (requested.has(request)) judge.obeyed();
        else if (unasked.length < KEPT) unasked.push({ at: turn.cite(), name, request, moment });
        else judge.unsure('evicted');
      }
    },
    end(judge) {
      for (const { at, name, request } of judge.state.unasked) judge.missing(at, { name, request }, 0);
    },
  },
  examples: () => ({
    obeys: [{ ...example('asked for, then claimed', registration(), asked(), claimed()), deviceOpens: true }],
    breaks: [
      {
        ...example('claimed unasked', registration(), claimed(), on(1, closed(3, 'client')), logout(4)),
        deviceOpens: true,
        alsoBreaks: ['claim/used'],
      },
    ],
    unsure: [
      {
        ...example(
          'the request may be in a gap',
          registration(),
          lost(1, 'client', 180),
          lost(1.1, 'device', 86),
          client(1.5, 1020),
          device(1.6, 1021),
          claimed(),
        ),
        deviceOpens: true,
      },
    ],
  }),
});

function asked() {
  const Parameter = { Channel: 0, CombinMode: 'NONE', StreamType: 'Main', TransMode: 'TCP' };
  return [
    client(1, 1410, { Name: 'OPMonitor', OPMonitor: { Action: 'Request', Parameter } }),
    device(1.1, 1411),
  ];
}

function claimed() {
  return on(1, device(2, 1413), client(2.1, 1414));
}
