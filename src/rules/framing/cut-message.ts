import { client, closed, device, example, login, logout } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'framing/cut-message',
  section: '3.1',
  level: 'advice',
  exercisedBy: 'message',
  requires: 'A side closes the connection between two messages, not inside one.',
  because:
    'The other side has begun to read a message that will never be complete, and cannot tell a full stop from a fault.',
  remedy:
    'Send the rest of the message before the connection is closed; look for a crash or a reboot of the sender.',
  doubt: (_, { closedFirst }) => (closedFirst ? undefined : 'ended'),
  examples: () => ({
    obeys: [example('a logout, then the end', login(), client(1, 1006), device(1.1, 1007), logout(2))],
    breaks: [
      example(
        'the device closes in the middle of an answer',
        login(),
        client(1, 1002),
        device(1.1, 1003, '{ "Name" : "', { length: 58 }),
        closed(1.2, 'device'),
        closed(1.3, 'client'),
      ),
    ],
    unsure: [
      example(
        'the capture ends in the middle of an answer',
        login(),
        client(1, 1002),
        device(1.1, 1003, '{ "Name" : "', { length: 58 }),
      ),
      example(
        'the client closes, and the device stops',
        login(),
        client(1, 1002),
        device(1.1, 1003, '{ "Name" : "', { length: 58 }),
        closed(1.2, 'client'),
        closed(1.3, 'device'),
      ),
    ],
  }),
});
