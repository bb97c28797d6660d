import { client, device, example, login, on } from '../example.ts';
import { isGranted, needsLogin } from '../privilege.ts';
import { rule } from '../rule.ts';

/** Fixed id of mobile clients before they have one (field notes §1). */
const NO_SESSION: ReadonlySet<number> = new Set([0, 99_999]);

export default rule({
  id: 'security/privileged-without-login',
  section: '3.1, 4.1, field 9',
  level: 'must',
  requires: 'A device does nothing that needs a login for somebody who has not logged in.',
  because: 'Whoever reaches the port reads settings and accounts, or changes them.',
  remedy: 'Update the firmware; until then keep the device away from networks that you do not trust.',
  breach: '{name} was granted (Ret {ret}) on a connection without a login',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { asked } = turn;
      if (asked === undefined || turn.from !== 'device' || asked.from !== 'client') return;
      const { flow, header } = turn;
      if (!needsLogin(asked.id) || flow.protocol !== 'tcp') return;
      if (flow.logins.length > 0 || !isGranted(turn)) judge.obeyed();
      else if (!flow.fromStart) judge.unsure('began-before');
      // The id may be that of a login on another socket, or of one before the capture.
      else if (NO_SESSION.has(header.sessionId)) judge.broken(turn, { name: asked.name, ret: turn.ret ?? 0 });
      else if (turn.session?.loginFlow === 0) judge.unsure('began-before');
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [
      example('after a login', login(), client(1, 1020), device(1.1, 1021)),
      {
        ...example(
          'refused',
          client(0, 1020, undefined, { sessionId: 0 }),
          device(0.1, 1021, { Ret: 105 }, { sessionId: 0 }),
        ),
        alsoBreaks: ['login/before-requests'],
      },
    ],
    breaks: [
      {
        ...example(
          'the list of users for anybody',
          client(0, 1472, undefined, { sessionId: 0 }),
          device(0.1, 1473, {}, { sessionId: 0 }),
        ),
        alsoBreaks: ['login/before-requests'],
      },
    ],
    unsure: [
      {
        ...example('the login may have come before', client(0, 1020), device(0.1, 1021)),
        midStream: true,
      },
      example('with the id of a login that was not captured', on(1, client(0, 1020), device(0.1, 1021))),
    ],
  }),
});
