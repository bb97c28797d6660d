import { client, device, example, login } from '../example.ts';
import { namesSession } from '../login-reply.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'login/gives-session-id',
  section: '3.1, 5.1.1',
  level: 'must',
  requires:
    'A device that accepts a login gives the session an id, in the header and in the body of its answer.',
  because: 'Everything that follows carries the id; without it no socket for media can be claimed.',
  remedy: 'Write the id to both places: bytes 4 to 7 of the header, and SessionID.',
  breach: 'the login was accepted, and the id of its session stands in {where}',
  scope: 'flow',
  hears: ['LOGIN_RSP'],
  observes: {
    message(turn, judge) {
      if (turn.from !== 'device') return;
      const named = namesSession(turn);
      if (named === undefined) return;
      if (named === 'both') judge.obeyed();
      else if (named === 'neither') judge.broken(turn, { where: 'neither header nor body' });
      else judge.broken(turn, { where: `the ${named} only` });
    },
  },
  examples: () => ({
    obeys: [example('in both', login())],
    breaks: [
      example(
        'in the body only',
        client(0, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa' }),
        device(0.1, 1001, { AliveInterval: 20, SessionID: '0x0000000B' }, { sessionId: 0 }),
      ),
      example('in the header only', login(0, { SessionID: '0x00000000' })),
    ],
  }),
});
