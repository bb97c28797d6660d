import { isKnownId } from '../../../schemas/registry.ts';
import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'header/known-message-id',
  section: '6.2',
  level: 'advice',
  requires: 'Message ids are those of the table, or ones that devices are known to use.',
  because: 'No source tells what this message is for; a device that does not know it answers 102.',
  remedy: 'Look whether the bytes of the id are swapped, or the firmware newer than the field notes.',
  breach: 'the message id {id} is in no table',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      // The answer to an unknown message is unknown by the same right.
      if (turn.asked !== undefined) return;
      const id = turn.header.messageId;
      if (isKnownId(id)) judge.obeyed();
      else judge.broken(turn, { id });
    },
  },
  examples: () => ({
    obeys: [example('a keepalive', login(), client(1, 1006), device(1.1, 1007))],
    breaks: [
      example(
        'a message that nobody knows',
        login(),
        client(1, 7000, '{}'),
        device(1.1, 7001, '{"Ret":102}'),
      ),
    ],
  }),
});
