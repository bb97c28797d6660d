import { describeMessage } from '../../../schemas/registry.ts';
import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'direction/replies-from-device',
  section: '5, 6.2',
  level: 'must',
  requires: 'An answer that the specification has the device give comes from the device.',
  because:
    'A device does not expect it; on unmended firmware such a message has opened doors (field notes §9).',
  remedy: 'Look for what sends it: a client that mixes up ids, or somebody who tries the device out.',
  breach: '{name} was sent by the client',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { header, dialect, from, name } = turn;
      const definition = describeMessage(dialect, header.messageId, from);
      if (definition?.replyTo === undefined || definition.from !== 'device') return;
      if (!turn.rolesKnown) judge.unsure('began-before');
      else if (from === 'device') judge.obeyed();
      else judge.broken(turn, { name });
    },
  },
  examples: () => ({
    obeys: [example('the device answers', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [example('the client answers', login(), client(1, 1021))],
  }),
});
