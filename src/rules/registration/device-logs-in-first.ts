import type { Asked } from '../../session/exchanges.ts';
import { client, device, example, lost, on, registration } from '../example.ts';
import { rule } from '../rule.ts';

interface State {
  first: Asked | undefined;
  /** It is one that such a connection may begin with. */
  expected: boolean;
  judged: boolean;
}

export default rule({
  id: 'registration/device-logs-in-first',
  section: '4.1.2, 4.8.2',
  level: 'must',
  requires:
    'On a connection that the device has opened, it logs in, or claims the connection, before all else.',
  because: 'Many devices call one client: until it has logged in, nobody knows which one this is.',
  remedy: 'Send LOGIN_REQ (1000), or on a connection for media the claim, as the first message.',
  breach: 'a connection that the device opened begins with {name}, sent by the {from}',
  scope: 'flow',
  state: (): State => ({ first: undefined, expected: false, judged: false }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (state.judged || turn.flow.protocol !== 'tcp') return;
      if (state.first === undefined) {
        state.first = turn.cite();
        // The alarm centre is no client: nobody logs in there (§4.34.5).
        const { name } = turn;
        state.expected = name === 'LOGIN_REQ' || name === 'ALARMCENTER_MSG_REQ' || name.endsWith('_CLAIM');
      }
      // Until the device has logged in, the one with the well-known port may pass for it.
      if (turn.flow.deviceOpened !== true) return;
      state.judged = true;
      const { first } = state;
      const other = turn.from === 'device' ? 'client' : 'device';
      const from = first.side === turn.side ? turn.from : other;
      if (from === 'device' && state.expected) judge.obeyed();
      else judge.missing(first, { from, name: first.name }, 0);
    },
  },
  examples: () => ({
    obeys: [
      {
        ...example(
          'a login, and a claim on another connection',
          registration(),
          client(1, 1410),
          device(1.1, 1411),
          on(1, device(2, 1413), client(2.1, 1414)),
        ),
        deviceOpens: true,
      },
    ],
    breaks: [
      {
        ...example(
          'the client asks at once',
          client(0, 1010, undefined, { sessionId: 0 }),
          device(0.1, 1011, undefined, { sessionId: 0 }),
          registration(1),
        ),
        deviceOpens: true,
        port: 40_000,
      },
    ],
    unsure: [
      {
        ...example(
          'the login may be in a gap',
          lost(0, 'device', 150),
          lost(0.1, 'client', 80),
          client(1, 1020),
          device(1.1, 1021),
        ),
        deviceOpens: true,
        port: 40_000,
      },
    ],
  }),
});
