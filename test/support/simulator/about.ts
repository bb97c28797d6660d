/** The text beside a capture: what happens in it, how it was made, what was measured. */
import type { DamageDone } from './damage.ts';
import type { Expected } from './expected.ts';
import type { Network } from './network.ts';
import type { Scenario } from './scenario.ts';
import type { TsharkView } from './tshark-check.ts';

const WORDS: Record<DamageDone['step'], string> = {
  'lose-inside-body': 'lost, from inside a body',
  'lose-header': 'lost, with the header of a message in it',
  reorder: 'has changed places with the next segment of its direction',
  duplicate: 'is there twice, one copy right behind the other',
  retransmit: 'is there a second time a dozen packets later, under another IP identification',
  'cut-beginning': 'is the first that was left in',
};

function damageText(damage: readonly DamageDone[] | undefined): readonly string[] {
  if (damage === undefined) return [];
  const lines = damage.map(
    ({ step, packet, bytes }) => `- packet ${packet} (${bytes} bytes of stream) ${WORDS[step]}`,
  );
  return ['## Damage', '', 'Packet numbers are those of the clean recording.', '', ...lines, ''];
}

export function aboutText(
  scenario: Scenario,
  network: Network,
  expected: Expected,
  view: TsharkView,
): string {
  const { flows, messages, media } = expected;
  const where =
    network.kind === 'veth'
      ? 'two network namespaces joined by a veth pair: MTU 1500, segmentation and checksum offload off'
      : 'the loopback interface';
  const precision = scenario.nanoseconds === true ? 'nanoseconds' : 'microseconds';
  const same = scenario.damage === undefined;
  return [
    `# ${scenario.title}`,
    '',
    ...scenario.story,
    '',
    '## How it was made',
    '',
    `\`npm run record-captures -- ${scenario.name}\`. The device simulator and its client (\`test/support/simulator\`) spoke`,
    `over real sockets in two processes, in ${where}.`,
    `Recorded with tcpdump on the client's interface, time stamps in ${precision}, written as pcapng by editcap. No device and`,
    'no person took part; the licence is that of the project.',
    '',
    ...damageText(expected.damage),
    '## What is in it',
    '',
    `- ${expected.packets} packets; flows: ${flows.length}; messages: ${messages.total} (${messages.control} control,` +
      ` ${messages.media} media); sessions: ${expected.sessions.length}`,
    `- ${media.videoFrames} whole video frames (${media.videoBytes} bytes), ${media.audioFrames} audio frames (${media.audioBytes} bytes)`,
    `- longest TCP segment ${view.longestSegment} bytes; tshark calls ${view.malformed} packets malformed and ${view.badChecksums}` +
      ' checksums wrong',
    same
      ? `- of ${view.followed.length} TCP streams tshark's follow gives, in both directions, the bytes that the simulator logged`
      : `- tshark marks ${view.lostSegments} packets as next to a lost segment`,
    '',
  ].join('\n');
}
