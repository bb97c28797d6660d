import { device, example, login, on } from '../example.ts';
import { asks, claims, talk, talks } from '../media-examples.ts';
import { mediaRequest, TALK_TO_CLIENT, TALK_TO_DEVICE } from '../media-requests.ts';
import { rule } from '../rule.ts';

interface State {
  /** One judgement for each direction of the data is enough: bits by side. */
  judged: number;
}

export default rule({
  id: 'talk/channel-zero',
  section: '4.11.1',
  level: 'must',
  requires: 'Two-way audio is asked for, and sent, on channel 0.',
  because: 'A device has one loudspeaker and one microphone, and they are channel 0.',
  remedy: 'Write 0 where a channel is asked for, and in byte 12 of the header of the sound.',
  breach: 'channel {channel} instead of 0',
  scope: 'flow',
  watches: ['TALK_CU_PU_DATA', 'TALK_PU_CU_DATA'],
  hears: ['TALK_CLAIM', 'TALK_REQ'],
  state: (): State => ({ judged: 0 }),
  observes: {
    message(turn, judge) {
      const request = mediaRequest(turn);
      if (request === undefined) return;
      // §5.7.1 shows a request that names no channel.
      const { channel = 0 } = request;
      if (channel === 0) judge.obeyed();
      else judge.broken(turn, { channel });
    },
    media(turn, judge) {
      const { messageId, byte12: channel } = turn.header;
      if (messageId !== TALK_TO_CLIENT && messageId !== TALK_TO_DEVICE) return;
      const { state } = judge;
      const bit = 1 << turn.side;
      if ((state.judged & bit) !== 0) return;
      state.judged |= bit;
      if (channel === 0) judge.obeyed();
      else judge.broken(turn, { channel });
    },
  },
  examples: () => ({
    obeys: [example('channel 0', login(), talks(1))],
    breaks: [
      example(
        'channel 1 in the request',
        login(),
        claims(1, 1, 1434, talk('Claim')),
        asks(1.2, 1430, talk('Start', { Parameter: { Channel: 1 } }), talk('Start')),
      ),
      example(
        'channel 1 in the sound',
        login(),
        claims(1, 1, 1434, talk('Claim')),
        asks(1.2, 1430, talk('Start'), talk('Start')),
        on(1, device(1.4, 1433, 328, { byte12: 1 })),
      ),
    ],
  }),
});
