import { device, example, login, lost, on } from '../example.ts';
import { watches } from '../media-examples.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'media/chunk-framing',
  section: 'field 6.2',
  level: 'should',
  requires: 'Media is made of chunks from its first byte to its last.',
  because:
    'A player looks for the next chunk header behind the length of the last; bytes between them are lost, or taken for video.',
  remedy: 'Check the length fields of the chunk headers: each counts the payload without its own header.',
  breach: '{bytes} bytes belong to no chunk',
  scope: 'flow',
  observes: {
    stream(stream, judge) {
      const { kind } = stream.origin;
      // Talk without chunk headers is heard of, but described nowhere.
      const undescribed = kind === 'talk' && stream.audioFrames === 0;
      if (kind === 'upgrade' || kind === 'snapshot' || undescribed || stream.bytes === 0) return;
      if (stream.strayBytes === 0) judge.obeyed();
      else if (stream.gapBytes + stream.lostPackets > 0) judge.unsure('gap');
      else judge.missing(stream, { bytes: stream.strayBytes }, 0);
    },
  },
  examples: () => ({
    obeys: [example('chunk after chunk', login(), watches(1))],
    breaks: [
      example(
        'bytes between two frames',
        login(),
        watches(1),
        on(1, device(2, 1412, { chunk: 'bare', bytes: 40 }), device(2.1, 1412, 300)),
      ),
    ],
    unsure: [
      example(
        'the header of the chunk is in a gap',
        login(),
        watches(1),
        on(1, lost(2, 'device', 120), device(2.1, 1412, { chunk: 'bare', bytes: 40 }, { sequence: 2 })),
      ),
    ],
  }),
});
