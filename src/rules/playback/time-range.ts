import { example, login } from '../example.ts';
import { asks, claims, FILE, finds, playback, plays } from '../media-examples.ts';
import { mediaRequest } from '../media-requests.ts';
import { rule } from '../rule.ts';
import { textMember } from '../turn.ts';

/** A date that is one: devices and clients fill in zeros where they have none (field notes §2). */
const DATE = /^\d{4}-(?!00)\d\d-(?!00)\d\d \d\d:\d\d:\d\d$/;

export default rule({
  id: 'playback/time-range',
  section: '4.9.1',
  level: 'must',
  requires: 'StartTime of a playback is not after its EndTime.',
  because: 'The recording is played between the two; between these there is nothing.',
  remedy: 'Send the times as the search gave them, or a part of that stretch.',
  breach: 'StartTime {start} is after EndTime {end}',
  scope: 'flow',
  hears: ['PLAY_REQ', 'PLAY_CLAIM'],
  observes: {
    message(turn, judge) {
      const request = mediaRequest(turn);
      if (request === undefined || !(request.starts || request.action === 'Claim')) return;
      const start = textMember(turn.body, 'OPPlayBack', 'StartTime');
      const end = textMember(turn.body, 'OPPlayBack', 'EndTime');
      if (start === undefined || end === undefined || !DATE.test(start) || !DATE.test(end)) return;
      // Dates in this form are in order as texts are.
      if (start <= end) judge.obeyed();
      else judge.broken(turn, { start, end }, { path: ['OPPlayBack', 'StartTime'] });
    },
  },
  examples: () => ({
    obeys: [example('ten minutes', login(), plays(1))],
    breaks: [
      example(
        'backwards',
        login(),
        finds(1, FILE),
        claims(1.2, 1, 1424, playback('Claim')),
        asks(1.4, 1420, playback('Start', FILE, { EndTime: '2026-01-01 09:00:00' }), { Ret: 103 }),
      ),
    ],
  }),
});
