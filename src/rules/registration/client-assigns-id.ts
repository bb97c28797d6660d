import { client, example, registration } from '../example.ts';
import { namesSession } from '../login-reply.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'registration/client-assigns-id',
  section: '4.1.2, 5.1.2',
  level: 'must',
  requires:
    'A client that lets a device in gives the session an id, in the header and in the body of its answer.',
  because: 'The device claims its connections for media with this id.',
  remedy: 'Choose an id that no other device has, and write it to header and body.',
  breach: 'the device was let in, and the id of its session stands in {where}',
  scope: 'flow',
  hears: ['LOGIN_RSP'],
  observes: {
    message(turn, judge) {
      if (turn.from !== 'client') return;
      const named = namesSession(turn);
      if (named === undefined) return;
      if (named === 'both') judge.obeyed();
      else if (named === 'neither') judge.broken(turn, { where: 'neither header nor body' });
      else judge.broken(turn, { where: `the ${named} only` });
    },
  },
  examples: () => ({
    obeys: [{ ...example('in both', registration()), deviceOpens: true }],
    breaks: [
      {
        ...example('in neither', registrationWithout()),
        deviceOpens: true,
      },
    ],
  }),
});

function registrationWithout() {
  const [asked] = registration();
  const accepted = {
    Name: 'Login',
    AliveInterval: undefined,
    ChannelNum: undefined,
    'DeviceType ': undefined,
  };
  const answer = client(0.1, 1001, { ...accepted, SessionID: '0x00000000' }, { sessionId: 0 });
  return asked === undefined ? [answer] : [asked, answer];
}
