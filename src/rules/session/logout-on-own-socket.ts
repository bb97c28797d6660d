import { client, device, example, login, on } from '../example.ts';
import { onLoginSocket } from '../login-socket.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'session/logout-on-own-socket',
  section: '4.1.1, field 4',
  level: 'should',
  requires: 'A client logs out on the connection that it logged in on.',
  because: 'Devices ignore a logout that comes on another connection: the session goes on.',
  remedy: 'Send LOGOUT_REQ (1002) on the control socket of the session.',
  breach: 'a logout on flow {flow}; the login was on flow {loginFlow}',
  scope: 'session',
  hears: ['LOGOUT_REQ'],
  observes: { message: onLoginSocket },
  examples: () => ({
    obeys: [example('on the control socket', login(), client(1, 1002), device(1.1, 1003))],
    breaks: [
      example(
        'on the socket for video',
        login(),
        on(1, client(1, 1413), device(1.1, 1414), client(2, 1002), device(2.1, 1003)),
      ),
    ],
    unsure: [example('the login was not captured', client(1, 1002), device(1.1, 1003))],
  }),
});
