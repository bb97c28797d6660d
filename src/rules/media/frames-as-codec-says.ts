import { device, example, login, on } from '../example.ts';
import { asks, claims, monitor, watches } from '../media-examples.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'media/frames-as-codec-says',
  section: 'field 6.2',
  level: 'advice',
  requires: 'A frame begins as frames of the codec in the key frame do.',
  because: 'Decoders choke on frames that are none; some devices put such ones between the others.',
  remedy: 'Drop frames without a start code and a known unit type before they reach the decoder.',
  breach: '{frames} frames are no {codec}',
  scope: 'flow',
  observes: {
    stream(stream, judge) {
      const { opaqueFrames: frames, videoCodec: codec } = stream;
      if (codec === undefined) return;
      if (frames === 0) judge.obeyed();
      else judge.missing(stream, { frames, codec }, 0);
    },
  },
  examples: () => ({
    obeys: [example('H.264 that is H.264', login(), watches(1))],
    breaks: [
      example(
        'a frame that is none',
        login(),
        watches(1),
        on(1, device(2, 1412, { chunk: 'inter', bytes: 127, opaque: true })),
      ),
    ],
    unsure: [
      {
        ...example(
          'the capture began in mid-stream',
          claims(1, 1, 1413, monitor('Claim')),
          asks(1.2, 1410, monitor('Start')),
          on(1, device(1.4, 1412, 500), device(2, 1412, { chunk: 'inter', bytes: 127, opaque: true })),
        ),
        midStream: true,
      },
    ],
  }),
});
