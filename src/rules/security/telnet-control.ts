import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'security/telnet-control',
  section: 'field 3.3, field 9',
  level: 'should',
  requires: 'Nobody switches the telnet server of a device on.',
  because: 'Telnet gives a root shell with a password that is the same on all devices of a kind.',
  remedy: 'Find out who asked for it; restart the device to close it again.',
  breach: 'telnet control was asked for',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      if (turn.from !== 'client') return;
      if (turn.name === 'TELNET_CONTROL_REQ') judge.broken(turn, {});
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [example('telnet is switched on', login(), client(1, 2040), device(1.1, 2041))],
  }),
});
