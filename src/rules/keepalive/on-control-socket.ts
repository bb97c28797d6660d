import { client, device, example, login, on } from '../example.ts';
import { onLoginSocket } from '../login-socket.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'keepalive/on-control-socket',
  section: '4.1.1, 5.1.4',
  level: 'should',
  requires: 'A client sends its keepalives on the connection that it logged in on.',
  because:
    'Routers forget a connection that stays silent, and the control socket is then gone when it is needed.',
  remedy: 'Send KEEPALIVE_REQ (1006) on the control socket.',
  breach: 'a keepalive on flow {flow}; the login was on flow {loginFlow}',
  scope: 'session',
  hears: ['KEEPALIVE_REQ'],
  observes: { message: onLoginSocket },
  examples: () => ({
    obeys: [example('on the control socket', login(), client(18, 1006), device(18.1, 1007))],
    breaks: [
      example(
        'on the socket for video',
        login(),
        on(1, client(1, 1413), device(1.1, 1414), client(18, 1006), device(18.1, 1007)),
      ),
    ],
    unsure: [example('the login was not captured', client(1, 1006), device(1.1, 1007))],
  }),
});
