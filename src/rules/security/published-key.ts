import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

/** Mark in byte 12 of messages in the envelope of the fixed key (field notes §1, §8). */
const ENVELOPE = 0x63;

/** A login request in it. */
const SEALED_LOGIN =
  'rfIQlMaR6Ses2pRV7x9RcqLQDOs9GDPH7FuY0jxaWEwOBvxOE2S7iMQgSIJbivkE11E9u8cLHn654PL/DzljQ93SuEEqxvb3WEMpPS2NP/HlJflsCWXRVA608uO3Zu95';

export default rule({
  id: 'security/published-key',
  section: 'field 8',
  level: 'advice',
  requires: 'What is encrypted is encrypted with a key that only the two ends have.',
  because:
    'The key of this envelope is the same in every app and device, and is published: it hides nothing.',
  remedy: 'Treat the login as readable, as that of an older device.',
  breach: '{name} is encrypted with the published key, and was read with it',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      if (!turn.encrypted) return;
      if (turn.header.byte12 === ENVELOPE && turn.readable) judge.broken(turn, { name: turn.name });
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [
      example(
        'another key',
        login(),
        client(1, 1042, 'QUJDREVGR0hJSktMTU5PUA==\0'),
        device(1.1, 1043, 'QUJDREVGR0hJSktMTU5PUA==\0'),
      ),
    ],
    breaks: [
      example(
        'a login in the envelope of the published key',
        client(0, 1000, `${SEALED_LOGIN}\0`, { byte12: ENVELOPE }),
        device(0.1, 1001, { AliveInterval: 20 }),
      ),
    ],
  }),
});
