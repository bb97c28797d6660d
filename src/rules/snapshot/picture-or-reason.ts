import { client, device, example, login } from '../example.ts';
import { asks } from '../media-examples.ts';
import { rule } from '../rule.ts';

const SNAPSHOT = 1561;

export default rule({
  id: 'snapshot/picture-or-reason',
  section: '6.2.19, field 6.2',
  level: 'should',
  requires:
    'The answer to a snapshot is a JPEG picture, bare or in a picture chunk, or JSON with a Ret that says why there is none.',
  because: 'A client saves what is no picture as one, or waits for ever.',
  remedy: 'Send the picture from its first byte on, or a body with Ret.',
  breach: 'the answer is {what}',
  scope: 'flow',
  hears: ['NET_SNAP_RSP'],
  observes: {
    message(turn, judge) {
      if (turn.ret !== undefined) judge.obeyed();
      else if (turn.length === 0) judge.broken(turn, { what: 'empty' });
      else if (turn.readable) judge.broken(turn, { what: 'JSON without Ret' });
      else judge.unsure('unreadable');
    },
    stream(stream, judge) {
      if (stream.origin.messageId !== SNAPSHOT) return;
      const { pictures, opaquePictures, strayBytes, bytes } = stream;
      const foreign = pictures === 0 || opaquePictures > 0 || strayBytes > 0;
      if (!foreign) judge.obeyed();
      else if (stream.gapBytes > 0 || bytes === 0) judge.unsure('gap');
      else judge.broken(stream, { what: 'no picture' });
    },
  },
  examples: () => ({
    obeys: [
      example('a picture', login(), client(1, 1560), device(1.5, 1561, { chunk: 'jpeg', bytes: 2000 })),
      example('a reason', login(), asks(1, 1560, undefined, { Ret: 108 })),
    ],
    breaks: [
      example(
        'bytes that are no picture',
        login(),
        client(1, 1560),
        device(1.5, 1561, { chunk: 'bare', bytes: 2000 }),
      ),
    ],
  }),
});
