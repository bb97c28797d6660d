import { client, device, example } from '../example.ts';
import { rule } from '../rule.ts';

const DISCOVERY_PORT = 34_569;

export default rule({
  id: 'discovery/on-port-34569',
  section: '4.19',
  level: 'must',
  requires: 'Discovery uses UDP port 34569 on both sides.',
  because: 'Devices answer by broadcast to that port, whatever port the question came from.',
  remedy: 'Bind the socket to 34569 before sending, and send to 34569.',
  breach: '{name} from port {from} to port {to}',
  scope: 'flow',
  hears: ['IPSEARCH_REQ', 'IPSEARCH_RSP', 'IP_SET_REQ', 'IP_SET_RSP'],
  observes: {
    message(turn, judge) {
      const { protocol, ports } = turn.flow;
      if (protocol !== 'udp') return;
      const [from, to] = turn.side === 0 ? ports : [ports[1], ports[0]];
      if (from === DISCOVERY_PORT && to === DISCOVERY_PORT) judge.obeyed();
      else judge.broken(turn, { name: turn.name, from, to });
    },
  },
  examples: () => ({
    obeys: [{ ...example('both ports', client(0, 1530), device(0.1, 1531)), datagrams: true }],
    breaks: [
      {
        ...example('a port of its own', client(0, 1530), device(0.1, 1531)),
        datagrams: true,
        clientPort: 40_000,
      },
    ],
  }),
});
