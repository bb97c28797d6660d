import type { MediaStream } from '../../session/media-stream.ts';
import type { Session } from '../../session/session.ts';
import { client, closed, device, example, login, logout, on } from '../example.ts';
import { rule } from '../rule.ts';

/** What was under way when the control socket closed. */
const UNDER_WAY_SECONDS = 2;

interface State {
  session: Session | undefined;
  /** The stream on another socket than that of the login that lasted longest. */
  longest: MediaStream | undefined;
}

export default rule({
  id: 'session/control-socket-outlives-data',
  section: '4.8.1, field 4',
  level: 'should',
  requires: 'The control socket stays open as long as media travels on other sockets of its session.',
  because: 'The session ends with its control socket: the stream can no longer be stopped, and is cut off.',
  remedy: 'Stop the streams and close their sockets before the control socket; a device ends them with it.',
  breach: 'media went on for {seconds} s after the control socket had closed',
  scope: 'session',
  state: (): State => ({ session: undefined, longest: undefined }),
  observes: {
    message(turn, judge) {
      judge.state.session = turn.session;
    },
    stream(stream, judge) {
      const { state } = judge;
      if (stream.origin.flow === state.session?.loginFlow) return;
      if (state.longest === undefined || endOf(stream) > endOf(state.longest)) state.longest = stream;
    },
    end(judge) {
      const { session, longest } = judge.state;
      if (session?.closing === undefined || longest === undefined) return;
      const seconds = endOf(longest) - session.closing.seconds - session.closing.nanoseconds / 1e9;
      if (seconds > UNDER_WAY_SECONDS) judge.broken(longest, { seconds });
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('the socket for video closes first', watching(), logout(7))],
    breaks: [
      {
        ...example('the control socket closes first', watching(), closed(3, 'client')),
        alsoBreaks: ['session/logout-before-close'],
      },
    ],
  }),
});

function endOf(stream: MediaStream): number {
  return stream.endSeconds + stream.endNanoseconds / 1e9;
}

function watching() {
  const claim = on(1, client(1, 1413), device(1.1, 1414));
  const start = [client(1.2, 1410), device(1.3, 1411)];
  const video = on(1, ...[1.4, 2.4, 6].map((at) => device(at, 1412, 300, { byte12: 1 })));
  return [...login(), ...claim, ...start, ...video];
}
