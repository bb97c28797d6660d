import { isSessionId } from '../../session/session-table.ts';
import { client, device, EXAMPLE_SESSION, example } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'discovery/no-session',
  section: '5.16.2',
  level: 'must',
  requires: 'Discovery has no session: the id in the header is 0.',
  because: 'It is heard by everybody: an id in it tells the whole network how to join a session.',
  remedy: 'Send discovery with session id 0.',
  breach: '{name} carries the session id {id}',
  scope: 'flow',
  hears: ['IPSEARCH_REQ', 'IPSEARCH_RSP', 'IP_SET_REQ', 'IP_SET_RSP'],
  observes: {
    message(turn, judge) {
      const { sessionId } = turn.header;
      if (turn.flow.protocol !== 'udp') return;
      if (!isSessionId(sessionId)) judge.obeyed();
      else judge.broken(turn, { name: turn.name, id: `0x${sessionId.toString(16).padStart(8, '0')}` });
    },
  },
  examples: () => ({
    obeys: [{ ...example('without an id', client(0, 1530), device(0.1, 1531)), datagrams: true }],
    breaks: [
      {
        ...example(
          'with the id of a session',
          client(0, 1530, undefined, { sessionId: EXAMPLE_SESSION }),
          device(0.1, 1531, undefined, { sessionId: EXAMPLE_SESSION }),
        ),
        datagrams: true,
      },
    ],
  }),
});
