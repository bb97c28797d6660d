import type { Asked } from '../../session/exchanges.ts';
import type { Session } from '../../session/session.ts';
import { client, closed, device, example, login, lost } from '../example.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';

/** After these a device may well start anew, and hang up. */
const RESTARTING: ReadonlySet<string> = new Set([
  ...['SYSMANAGER_REQ', 'UPGRADE_REQ', 'CONFIG_SET', 'CONFIG_IMPORT_REQ', 'DISKMANAGER_REQ'],
  ...['MODIFYPASSWORD_REQ', 'MODIFYUSER_REQ', 'DELETEUSER_REQ', 'DELETEGROUP_REQ', 'MODIFYGROUP_REQ'],
]);

interface State {
  session: Session | undefined;
  /** The last message on the socket of the login, and the holes until then. */
  last: Asked | undefined;
  losses: number;
  /** The client has asked for something that may end its session. */
  restarting: boolean;
}

export default rule({
  id: 'session/survives-alive-interval',
  section: '5.1.1',
  level: 'must',
  requires: 'A device keeps the session of a client that it has heard of within AliveInterval.',
  because: 'The viewer loses its picture although it has done all that was asked of it.',
  remedy: 'Close only after a silence longer than AliveInterval, or force a logout (1004) before.',
  breach:
    'the device closed the connection {silence} s after the client was last heard; AliveInterval is {interval} s',
  scope: 'flow',
  state: (): State => ({ session: undefined, last: undefined, losses: 0, restarting: false }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.asked !== undefined && RESTARTING.has(turn.asked.name) && isGranted(turn)) {
        state.restarting = true;
      }
      if (turn.session?.loginFlow !== turn.flow.number) return;
      state.session = turn.session;
      state.last = turn.cite();
      state.losses = judge.losses;
    },
    end(judge) {
      const { session, last, losses, restarting } = judge.state;
      const { closing, aliveInterval: interval } = session ?? {};
      if (closing?.by !== 'device' || last === undefined || restarting || !interval) return;
      const { silence } = closing;
      if (session?.state === 'timed-out') judge.obeyed();
      else if (session?.state === 'cut') judge.missing(last, { silence, interval }, losses);
    },
  },
  examples: () => ({
    obeys: [
      {
        ...example(
          'the client falls silent, and is dropped',
          login(),
          client(1, 1020),
          device(1.1, 1021),
          closed(40, 'device'),
        ),
      },
    ],
    breaks: [
      example(
        'dropped five seconds after a request',
        login(),
        client(1, 1020),
        device(1.1, 1021),
        closed(6, 'device'),
      ),
    ],
    unsure: [
      example(
        'why it closed may be in a gap',
        login(),
        client(1, 1020),
        device(1.1, 1021),
        lost(5, 'device', 65),
        closed(6, 'device'),
      ),
    ],
  }),
});
