import type { Asked } from '../../session/exchanges.ts';
import { client, device, example } from '../example.ts';
import { PATIENCE_SECONDS } from '../patience.ts';
import { rule } from '../rule.ts';

/** Requests that wait at once. */
const MOST_WAITING = 16;

interface Waiting {
  readonly asked: Asked;
  readonly time: number;
  readonly losses: number;
}

interface State {
  /** In order of sending. */
  readonly waiting: Waiting[];
}

export default rule({
  id: 'discovery/set-answered',
  section: '6.2.16',
  level: 'should',
  requires: 'A device that is told its new address by broadcast answers, be it with a refusal.',
  because: 'Nobody knows whether the device is now at the old address, at the new one, or lost.',
  remedy: 'Answer IP_SET_REQ (1532) with 1533 before the address changes.',
  breach: 'the new address was sent out and nobody answered in {waited} s',
  // Answers are broadcast, on another flow than the request.
  scope: 'capture',
  hears: ['IPSEARCH_REQ', 'IPSEARCH_RSP', 'IP_SET_REQ', 'IP_SET_RSP'],
  state: (): State => ({ waiting: [] }),
  observes: {
    message(turn, judge) {
      const { waiting } = judge.state;
      if (turn.flow.protocol !== 'udp') return;
      if (turn.name === 'IP_SET_RSP' && waiting.shift() !== undefined) judge.obeyed();
      const [oldest] = waiting;
      const waited = turn.time - (oldest?.time ?? turn.time);
      if (oldest !== undefined && waited >= PATIENCE_SECONDS) {
        waiting.shift();
        judge.missing(oldest.asked, { waited }, oldest.losses);
      }
      if (turn.name !== 'IP_SET_REQ') return;
      if (waiting.length >= MOST_WAITING) waiting.shift();
      waiting.push({ asked: turn.cite(), time: turn.time, losses: judge.losses });
    },
    end(judge) {
      for (const _ of judge.state.waiting) judge.unsure('ended');
    },
  },
  examples: () => ({
    obeys: [{ ...example('answered', client(0, 1532), device(0.1, 1533)), datagrams: true }],
    breaks: [
      {
        ...example('silence', client(0, 1532), client(10, 1530), device(10.1, 1531)),
        datagrams: true,
      },
    ],
    unsure: [{ ...example('the capture ends', client(0, 1532)), datagrams: true }],
  }),
});
