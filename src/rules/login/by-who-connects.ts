import { example, login, registration } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'login/by-who-connects',
  section: '4.1.1, 4.1.2',
  level: 'must',
  requires: 'Who opens the connection logs in: the client as a rule, the device in active registration.',
  because:
    'Who accepts a connection waits for a login; one that comes from the other side leaves nobody to answer it.',
  remedy: 'Log in on connections that you have opened, and wait for a login on those that you have accepted.',
  breach: 'the {from} logs in on a connection that the other side opened',
  scope: 'flow',
  hears: ['LOGIN_REQ'],
  observes: {
    message(turn, judge) {
      const { deviceOpened, fromStart } = turn.flow;
      const opener = deviceOpened === true ? 'device' : 'client';
      if (!fromStart) judge.unsure('began-before');
      else if (!turn.complete) judge.unsure('gap');
      // On an unknown port nothing but the login tells who is who, and it does not contradict itself.
      else if (deviceOpened === undefined || opener === turn.from) judge.obeyed();
      else judge.broken(turn, { from: turn.from });
    },
  },
  examples: () => ({
    obeys: [
      example('the client connects and logs in', login()),
      {
        ...example('the device connects and logs in', registration()),
        deviceOpens: true,
      },
    ],
    breaks: [example('the device logs in to a client that has connected', registration())],
    unsure: [{ ...example('who connected was not captured', login()), midStream: true }],
  }),
});
