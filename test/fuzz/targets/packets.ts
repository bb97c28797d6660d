import { PacketDecoder, TCP, UDP } from '../../../dissectors/packet-decoder.ts';
import { DEFAULT_LIMITS } from '../../../src/analysis/limits.ts';
import type { Corpus } from '../corpus.ts';
import { feed } from '../pcap.ts';
import { must, type Target } from '../target.ts';

/** Small enough for a fuzzed capture to reach them. */
const LIMITS = { ...DEFAULT_LIMITS.packets, fragmentedDatagrams: 8, fragmentBytes: 20_000 };

function decodeAll(input: Buffer): void {
  const decoder = new PacketDecoder(LIMITS);
  let packets = 0;
  feed(input, (packet) => {
    const { bytes, start, end } = packet;
    packets += 1;
    const outcome = decoder.decode(packet);
    must(
      packet.bytes === bytes && packet.start === start && packet.end === end,
      'the decoder changed the packet',
    );
    if (outcome !== TCP && outcome !== UDP) return;
    const { payloadStart, payloadEnd } = decoder;
    must(payloadStart <= payloadEnd, 'a payload ends before it begins');
    must(payloadStart >= 0 && payloadEnd <= decoder.bytes.length, 'a payload lies outside of its buffer');
    if (decoder.bytes !== bytes) return; // put together from fragments
    must(payloadStart >= start && payloadEnd <= end, 'a payload lies outside of its packet');
    must(decoder.sourcePort >= 0 && decoder.sourcePort <= 65_535, 'a port that is none');
  });
  decoder.finish();
  const { tcp, udp, held, other, undecoded } = decoder.counters;
  must(tcp + udp + held + other + undecoded === packets, 'outcomes do not add up to the packets');
}

function decoderTarget(name: string, about: string, seeds: readonly Buffer[]): Target {
  return { name, about, kind: 'capture', seeds, run: decodeAll };
}

export function packetTargets({ publicOnes, conversations }: Corpus): readonly Target[] {
  const of = (...folders: readonly string[]) => {
    const found = folders.flatMap((folder) => publicOnes.get(folder) ?? []);
    return found.length > 0 ? found : conversations;
  };
  return [
    decoderTarget('link', 'packets of every link layer', of('linktypes', 'pcap-formats', 'pcapng')),
    decoderTarget('tunnels', 'packets inside of tunnels and tags', of('tunnels')),
    decoderTarget('fragments', 'IP with its extensions and fragments', of('ip')),
  ];
}
