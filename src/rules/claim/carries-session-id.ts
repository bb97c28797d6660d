import { isSessionId } from '../../session/session-table.ts';
import { client, device, example, login, on } from '../example.ts';
import { monitor, watches } from '../media-examples.ts';
import { CLAIMS, mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';
import { member } from '../turn.ts';

/** With this id a 1413 asks for keys before the login, and claims nothing (field notes §8). */
const BEFORE_LOGIN = 99_999;

export default rule({
  id: 'claim/carries-session-id',
  section: '4.8.1, 4.9.1, 4.11.1',
  level: 'must',
  requires: 'The header of a claim carries the id of the session that the data is for.',
  because: 'The data socket never logs in: its id is all that tells whose it is.',
  remedy: 'Put the SessionID of the login into the header of the claim.',
  breach: 'the claim of {kind} has session id 0',
  scope: 'flow',
  hears: CLAIMS,
  observes: {
    message(turn, judge) {
      const request = mediaRequest(turn);
      const { sessionId } = turn.header;
      const negotiates =
        sessionId === BEFORE_LOGIN || member(turn.body, 'OPMonitor', 'DHParameter') !== undefined;
      if (request?.action !== 'Claim' || negotiates || member(turn.body, 'DHParameter') !== undefined) return;
      if (!isSessionId(sessionId)) judge.broken(turn, { kind: request.kind });
      else if (turn.session?.loginFlow === 0) judge.unsure('began-before');
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('live view on a claimed socket', login(), watches(1))],
    breaks: [
      example(
        'a claim that belongs to nobody',
        login(),
        on(
          1,
          client(1, 1413, monitor('Claim'), { sessionId: 0 }),
          device(1.1, 1414, { Ret: 103 }, { sessionId: 0 }),
        ),
      ),
    ],
    unsure: [
      {
        ...example(
          'the login is not in the capture',
          on(1, client(1, 1413, monitor('Claim')), device(1.1, 1414)),
        ),
        midStream: true,
      },
    ],
  }),
});
