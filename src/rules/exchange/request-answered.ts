import { describeMessage } from '../../../schemas/registry.ts';
import { answersTo, awaitingState } from '../awaiting.ts';
import { client, closed, device, example, login, lost } from '../example.ts';
import { needsLogin } from '../privilege.ts';
import { rule } from '../rule.ts';
import type { Turn } from '../turn.ts';

/** A device may take its time: a disk is formatted, a log is packed. After this, what waits is taken to be forgotten. */
const OVERDUE_SECONDS = 60;

/** Rules of their own watch over these; alarms hardly any client answers, and nobody misses it (field notes §7.6). */
const ELSEWHERE: ReadonlySet<string> = new Set(['LOGIN_REQ', 'KEEPALIVE_REQ', 'UPGRADE_DATA', 'ALARM_REQ']);

export default rule({
  id: 'exchange/request-answered',
  section: '5, 6.2',
  level: 'must',
  requires: 'A request is answered by the message that the specification pairs with it.',
  because: 'Who asked waits, and then does not know whether it was done.',
  remedy: 'Answer every request, if only with a Ret that says why nothing was done.',
  breach: '{name} got no answer in {waited} s',
  scope: 'flow',
  state: awaitingState,
  observes: answersTo({
    wants: wantsAnswer,
    overdue: OVERDUE_SECONDS,
    unanswered: (asked, waited, since, judge) => judge.missing(asked, { name: asked.name, waited }, since),
  }),
  examples: () => ({
    obeys: [
      example('asked and answered', login(), client(1, 1020), device(1.1, 1021)),
      example('refused is answered too', login(), client(1, 1020), device(1.1, 1021, { Ret: 107 })),
    ],
    breaks: [
      example('the device hangs up half a minute later', login(), client(1, 1042), closed(31, 'device')),
      example(
        'forgotten, while the connection goes on',
        login(0, { AliveInterval: 60 }),
        client(1, 1042),
        client(30, 1006),
        device(30.1, 1007),
        client(62, 1006),
        device(62.1, 1007),
      ),
      example(
        'the next request is answered, and this one not',
        login(),
        client(1, 1042),
        client(1.5, 1020),
        device(1.6, 1021),
        client(2, 1006),
        device(2.1, 1007),
      ),
    ],
    unsure: [
      example('the capture ends at once', login(), client(1, 1042)),
      example(
        'the answer may be in a gap',
        login(),
        client(1, 1042),
        lost(1.1, 'device', 200),
        closed(11, 'device'),
      ),
    ],
  }),
});

function wantsAnswer({ name, flow, dialect, header, from, session }: Turn): boolean {
  // A probe is answered to everybody, on another flow (§4.19).
  if (flow.protocol !== 'tcp' || ELSEWHERE.has(name)) return false;
  // Devices ignore whoever has not logged in (field notes §4).
  if (session === undefined && needsLogin(header.messageId)) return false;
  const definition = describeMessage(dialect, header.messageId, from);
  // Of the messages that the specification does not list, nobody knows which firmware answers them.
  return definition?.reply !== undefined && definition.spec.startsWith('6.');
}
