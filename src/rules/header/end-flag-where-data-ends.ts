import { device, example, login, on } from '../example.ts';
import { plays, watches } from '../media-examples.ts';
import { MONITOR_DATA, TALK_TO_CLIENT, TALK_TO_DEVICE } from '../media-requests.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'header/end-flag-where-data-ends',
  section: '3.2',
  level: 'must',
  requires:
    'EndFlag is 1 in recordings, pictures and firmware only: live view and talk have no end of their own.',
  because: 'A client takes the live stream for finished and closes it.',
  remedy: 'Write 0 into the headers of live video and of talk.',
  breach: 'a packet that is no end of a file has EndFlag 1',
  scope: 'flow',
  steady: 'each',
  observes: {
    media(turn, judge) {
      const { byte13: flag, messageId } = turn.header;
      const endless =
        messageId === MONITOR_DATA || messageId === TALK_TO_DEVICE || messageId === TALK_TO_CLIENT;
      if (endless && flag === 1) judge.broken(turn, {});
      else if (endless || flag === 1) judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [
      example('live view', login(), watches(1)),
      example('a recording to its end', login(), plays(1), on(1, device(2, 1422, 0, { byte13: 1 }))),
    ],
    breaks: [
      example('live view with an end', login(), watches(1), on(1, device(2, 1412, 300, { byte13: 1 }))),
    ],
  }),
});
