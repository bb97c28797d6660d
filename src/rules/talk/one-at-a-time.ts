import { closed, example, login, lost } from '../example.ts';
import { asks, claims, otherClient, talk, talks } from '../media-examples.ts';
import { isAccepted, mediaRequest, TALK_TO_CLIENT, TALK_TO_DEVICE } from '../media-requests.ts';
import { OpenRequests } from '../open-requests.ts';
import { rule } from '../rule.ts';

const BUSY = 503;
/** Sound comes every 40 ms: a talk that was silent for so long may have ended unseen. */
const SILENCE_SECONDS = 5;

interface State {
  /** Number of the session that talks; 0 = none. When it was heard, and the holes then. */
  session: number;
  heard: number;
  losses: number;
  /** Starts that wait for their answer. */
  readonly asked: OpenRequests<true>;
}

export default rule({
  id: 'talk/one-at-a-time',
  section: '4.11.1',
  level: 'must',
  requires: 'A device talks with one client at a time, and answers 503 to a second one.',
  because:
    'Two voices in one loudspeaker are understood by nobody, and each client hears the room of the other.',
  remedy: 'Refuse the start with 503 as long as a talk is open.',
  breach: 'the device accepts two-way audio while it talks with the client of session {session}',
  scope: 'device',
  watches: ['TALK_CU_PU_DATA', 'TALK_PU_CU_DATA'],
  hears: ['TALK_REQ', 'TALK_RSP'],
  state: (): State => ({ session: 0, heard: 0, losses: 0, asked: new OpenRequests() }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      const session = turn.session?.number ?? 0;
      if (turn.name === 'TALK_REQ') {
        const request = mediaRequest(turn);
        if (request?.action === 'Start') state.asked.ask(turn, true);
        if (request?.stops === true && session === state.session) state.session = 0;
        return;
      }
      if (state.asked.answered(turn) === undefined || session === 0) return;
      const busy =
        state.session !== 0 && state.session !== session && turn.time - state.heard <= SILENCE_SECONDS;
      if (isAccepted(turn) === true) {
        if (busy) judge.missing(turn, { session: state.session }, state.losses);
        else judge.obeyed();
        state.session = session;
        state.heard = turn.time;
        state.losses = judge.losses;
      } else if (busy && turn.ret === BUSY) judge.obeyed();
    },
    media(turn, { state }) {
      const { messageId } = turn.header;
      if (messageId !== TALK_TO_CLIENT && messageId !== TALK_TO_DEVICE) return;
      if (turn.session?.number === state.session) state.heard = turn.time;
    },
    stream(stream, { state }) {
      if (stream.origin.kind === 'talk' && stream.session === state.session) state.session = 0;
    },
  },
  examples: () => ({
    obeys: [
      example(
        'the second client is told that the line is busy',
        login(),
        talks(1),
        otherClient(
          1.5,
          2,
          ...claims(2, 3, 1434, talk('Claim')),
          ...asks(3, 1430, talk('Start'), { ...talk('Start'), Ret: BUSY }),
        ),
      ),
    ],
    breaks: [
      example(
        'the second client is let in',
        login(),
        talks(1),
        otherClient(
          1.5,
          2,
          ...claims(2, 3, 1434, talk('Claim')),
          ...asks(3, 1430, talk('Start'), talk('Start')),
        ),
      ),
    ],
    unsure: [
      example(
        'the end of the first talk may be in a gap',
        login(),
        talks(1),
        otherClient(1.5, 2, ...claims(2, 3, 1434, talk('Claim'))),
        lost(2.5, 'client', 200),
        asks(2.6, 1006),
        closed(2.8, 'client'),
        otherClient(1.5, 2, ...asks(3, 1430, talk('Start'), talk('Start'))).slice(login().length),
      ),
    ],
  }),
});
