import { device, example, login, on } from '../example.ts';
import { asks, claims, talk, talks } from '../media-examples.ts';
import { rule } from '../rule.ts';
import { type Turn, textMember } from '../turn.ts';

const AVTALK_DATA = 1419;

/** Names of codecs in AudioFormat and AVTalk (§5.7.1, field notes §6.6), and in the header of a chunk (§6.2). */
const CODECS: ReadonlyMap<string, string> = new Map([
  ['G711_ALAW', 'g711a'],
  ['G711_ULAW', 'g711u'],
  ['G711_MULAW', 'g711u'],
  ['G711A', 'g711a'],
  ['G711U', 'g711u'],
  ['PCM8', 'pcm8'],
  ['PCM16', 'pcm16'],
]);

interface State {
  /** As it was announced last; undefined where that is no known name. */
  talk: string | undefined;
  avtalk: string | undefined;
}

export default rule({
  id: 'talk/audio-as-announced',
  section: '5.7.1',
  level: 'should',
  requires: 'The sound has the codec that AudioFormat announces.',
  because: 'The other side decodes it by what was announced, and plays noise.',
  remedy: 'Encode as announced, or announce what is sent.',
  breach: 'the sound is {codec}; {announced} was announced',
  scope: 'session',
  hears: ['TALK_CLAIM', 'TALK_REQ', 'TALK_RSP', 'AVTALK_CLAIM', 'AVTALK_REQ'],
  state: (): State => ({ talk: undefined, avtalk: undefined }),
  observes: {
    message(turn, { state }) {
      if (turn.name.startsWith('AVTALK')) {
        state.avtalk = codecNamed(textMember(turn.body, 'AVTalk', 'Audio', 'Enc')) ?? state.avtalk;
      } else {
        state.talk = codecNamed(announcedIn(turn)) ?? state.talk;
      }
    },
    stream(stream, judge) {
      if (stream.origin.kind !== 'talk') return;
      const announced = stream.origin.messageId === AVTALK_DATA ? judge.state.avtalk : judge.state.talk;
      const codec = stream.audioCodec;
      if (announced === undefined || codec === undefined) return;
      if (codec === announced) judge.obeyed();
      else judge.broken(stream, { codec, announced });
    },
  },
  examples: () => ({
    obeys: [example('G.711 A-law', login(), talks(1))],
    breaks: [
      example(
        'G.711 µ-law under the name of A-law',
        login(),
        claims(1, 1, 1434, talk('Claim')),
        asks(1.2, 1430, talk('Start'), talk('Start')),
        on(1, device(1.4, 1433, { chunk: 'audio', bytes: 320, codec: 10 })),
      ),
    ],
  }),
});

function announcedIn({ body }: Turn): string | undefined {
  return (
    textMember(body, 'OPTalk', 'AudioFormat', 'EncodeType') ??
    textMember(body, 'OPTalk', 'Parameter', 'AudioFormat', 'EncodeType')
  );
}

function codecNamed(name: string | undefined): string | undefined {
  return name === undefined ? undefined : CODECS.get(name.toUpperCase());
}
