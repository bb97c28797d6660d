import { describeMessage } from '../../../schemas/registry.ts';
import { isDialectal } from '../../session/dialect.ts';
import { client, device, example, login, registration } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'direction/requests-from-client',
  section: '5, 6.2',
  level: 'must',
  requires:
    'The client asks and the device answers; a device claims sockets only where it opened them itself.',
  because: 'The other side has nothing to answer with: the request is lost, or taken for an attack.',
  remedy:
    'Let the client ask. What a device has to tell on its own account is an alarm or a progress report.',
  breach: '{name} was sent by the device',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { header, dialect, from, flow, name } = turn;
      const definition = describeMessage(dialect, header.messageId, from);
      if (definition?.reply === undefined || definition.replyTo !== undefined) return;
      // Who may log in, and when, is a rule of its own.
      if (definition.from === 'device' || name === 'LOGIN_REQ') return;
      const mayClaim = definition.from === 'either' && flow.deviceOpened !== false;
      // Of a session whose login was seen it is known whether the device registered, and may claim.
      const known =
        turn.rolesKnown || (flow.whole && turn.session !== undefined && turn.session.loginFlow !== 0);
      if (!known) judge.unsure(flow.fromStart ? 'gap' : 'began-before');
      // What these numbers mean is shown by bodies that may be missing.
      else if (isDialectal(header.messageId) && !flow.whole) judge.unsure('gap');
      else if (from === 'client' || mayClaim) judge.obeyed();
      else judge.broken(turn, { name });
    },
  },
  examples: () => ({
    obeys: [
      example('the client asks', login(), client(1, 1020), device(1.1, 1021)),
      {
        ...example(
          'the client asks the device that has called it',
          registration(),
          client(1, 1020),
          device(1.1, 1021),
        ),
        deviceOpens: true,
      },
    ],
    breaks: [
      example('the device asks', login(), device(1, 1020)),
      {
        ...example('the device claims a socket of the client', login(), device(1, 1413), client(1.1, 1414)),
        alsoBreaks: ['claim/on-own-socket'],
      },
    ],
  }),
});
