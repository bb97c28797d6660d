import { device, example, login, on } from '../example.ts';
import { asks, claims, monitor, watches } from '../media-examples.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'monitor/starts-with-key-frame',
  section: 'field 7.1',
  level: 'advice',
  requires: 'Live video begins with a key frame.',
  because: 'Nothing can be shown until one comes; inter frames before it are of no use.',
  remedy: 'Send a key frame first; as a client, ask for one (1562), and drop what comes before.',
  breach: '{frames} inter frames came before the first key frame',
  scope: 'flow',
  observes: {
    stream(stream, judge) {
      const { origin, from, iFrames, pFrames, framesBeforeKey } = stream;
      if (origin.kind !== 'monitor' || from !== 'device' || iFrames + pFrames === 0) return;
      if (framesBeforeKey === 0) judge.obeyed();
      else judge.missing(stream, { frames: framesBeforeKey }, 0);
    },
  },
  examples: () => ({
    obeys: [example('a key frame first', login(), watches(1))],
    breaks: [
      example(
        'inter frames first',
        login(),
        claims(1, 1, 1413, monitor('Claim')),
        asks(1.2, 1410, monitor('Start')),
        on(
          1,
          device(1.4, 1412, { chunk: 'inter', bytes: 200 }),
          device(1.5, 1412, { chunk: 'inter', bytes: 200 }),
          device(1.6, 1412, { chunk: 'key', bytes: 500 }),
        ),
      ),
    ],
    unsure: [
      {
        ...example(
          'the capture began in mid-stream',
          on(
            1,
            device(1.4, 1412, { chunk: 'inter', bytes: 200 }),
            device(1.6, 1412, { chunk: 'key', bytes: 500 }),
          ),
        ),
        midStream: true,
      },
    ],
  }),
});
