import { describeMessage } from '../../../schemas/registry.ts';
import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'body/session-id-in-body',
  section: '5.1.4, 5.2.1',
  level: 'should',
  // Some clients leave it out, and are answered (field notes §2).
  inField: 'note',
  requires: 'The body of a control message has SessionID, but for login requests.',
  because: 'The message definitions all have it; a device that looks for it there refuses the request.',
  remedy: 'Write `"SessionID" : "0x%08X"` with the id of the header.',
  breach: 'the body has no SessionID',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { body, name } = turn;
      const source = describeMessage(turn.dialect, turn.header.messageId, turn.from)?.body;
      const keys = Object.keys(body);
      // What has no body has nothing to be read in it.
      if (source === undefined || source.named === false || keys.length === 0) return;
      // Neither a login nor discovery has a session.
      if (name === 'LOGIN_REQ' || turn.flow.protocol === 'udp') return;
      if (keys.some((key) => key.trim().toLowerCase() === 'sessionid')) judge.obeyed();
      else judge.broken(turn, {});
    },
  },
  examples: () => ({
    obeys: [example('a keepalive', login(), client(1, 1006), device(1.1, 1007))],
    breaks: [
      example(
        'a request for a configuration without it',
        login(),
        client(1, 1042, { Name: 'General.General', SessionID: undefined }),
        device(1.1, 1043),
      ),
    ],
  }),
});
