import { Packet } from '../../../dissectors/core/packet.ts';
import { DEFAULT_LIMITS } from '../../../src/analysis/limits.ts';
import { MirrorPort } from '../../../src/capture/live/mirror-port.ts';
import { LiveChunks, RecordReader } from '../../../src/capture/live/record-reader.ts';
import { PcapngWriter } from '../../../src/capture/pcapng-writer.ts';
import { trafficChecks } from '../../../src/cli/doctor/traffic-checks.ts';
import { PLAIN } from '../../../src/report/format/style.ts';
import type { DoctorRecord } from '../../../src/report/records/host-records.ts';
import { RECORD_SCHEMAS } from '../../../src/report/records/schemas.ts';
import { doctorText } from '../../../src/report/text/host-text.ts';
import { CollectingSink, copyRecord, parse, type SeenRecord } from '../../capture/collect.ts';
import type { Corpus } from '../corpus.ts';
import { feed } from '../pcap.ts';
import { must, mustAgree, mustBeSafe, type Target } from '../target.ts';

/** A chunk behind the newest one, and so on: what a consumer may still look at. */
const LATE = 3;

/** An engine's output as a pipe delivers it: each piece in the same memory as the one before. */
function readLive(input: Buffer, sizes: readonly number[]): { sink: CollectingSink; reader: RecordReader } {
  const sink = new CollectingSink();
  const seen: { readonly view: Buffer; readonly copy: string; readonly chunk: number }[] = [];
  const packet = new Packet();
  const look = (one: Packet) => {
    must(
      one.start >= 0 && one.start <= one.end && one.end <= one.bytes.length,
      'a packet outside of its buffer',
    );
    sink.packet(one);
    const view = Buffer.from(one.bytes.buffer, one.bytes.byteOffset + one.start, one.end - one.start);
    seen.push({ view, copy: view.toString('latin1'), chunk: one.chunk });
    const old = seen.at(-LATE);
    if (old !== undefined && old.chunk === one.chunk)
      must(old.view.toString('latin1') === old.copy, 'a packet was overwritten while its chunk was new');
  };
  const reader = new RecordReader(0, packet, { packet: look, drained: () => undefined }, new LiveChunks());
  const pipe = Buffer.alloc(Math.max(...sizes));
  for (let at = 0, turn = 0; at < input.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    const length = input.copy(pipe, 0, at, at + size);
    reader.push(pipe, length);
    pipe.fill(0xee);
    at += length;
  }
  reader.finish();
  return { sink, reader };
}

function live(input: Buffer): void {
  const whole = readLive(input, [Math.max(1, input.length)]);
  const pieces = readLive(input, [1 + ((input[5] ?? 0) % 61), 1 + ((input[9] ?? 0) % 17), 4096]);
  mustAgree(pieces.sink.records, whole.sink.records, 'packets differ by the pieces that came');
  mustAgree(pieces.reader.damage, whole.reader.damage, 'damage differs by the pieces that came');
  mustAgree(
    pieces.reader.interfaces(),
    whole.reader.interfaces(),
    'interfaces differ by the pieces that came',
  );
  mustBeSafe(whole.reader.damage?.text ?? '', 'what is said of the damage');
}

/** What must come back of a packet; where it stands is another matter. */
export function contentOf({ number, time, linkType, hex, wireLength }: SeenRecord): unknown {
  return [number, time, linkType, hex, Math.max(wireLength, hex.length / 2)];
}

function save(input: Buffer): void {
  const before: SeenRecord[] = [];
  const parts: Buffer[] = [];
  const writer = new PcapngWriter('dvrscope', (bytes) => parts.push(Buffer.from(bytes)));
  feed(input, (packet) => {
    before.push(copyRecord(packet));
    writer.packet(packet);
  });
  writer.end();
  const file = Buffer.concat(parts);
  must(
    writer.bytes === file.length && writer.packets === before.length,
    'the writer counts what it did not write',
  );
  const after = parse('pcapng', file);
  mustAgree(after.damage, undefined, 'a saved file is damaged');
  mustAgree(after.records.map(contentOf), before.map(contentOf), 'a saved file holds other packets');
}

function doctor(input: Buffer): void {
  const port = new MirrorPort(DEFAULT_LIMITS.packets, [34_567]);
  let packets = 0;
  feed(input, (packet) => {
    packets += 1;
    port.packet(packet);
  });
  const facts = port.facts();
  must(facts.packets === packets, 'packets went uncounted');
  for (const part of [
    facts.truncated,
    facts.joined,
    facts.tagged,
    facts.segments,
    facts.unicast,
    facts.dvrip,
  ])
    must(part >= 0 && part <= packets, 'more than all packets');
  must(facts.duplicates <= facts.segments, 'more duplicates than segments');
  must(facts.oneSided <= facts.connections, 'more one-sided connections than connections');
  const record: DoctorRecord = {
    schema: 'dvrscope.doctor/1',
    file: 'fuzz.pcap',
    checks: [...trafficChecks(facts)],
  };
  must(RECORD_SCHEMAS.doctor.safeParse(record).success, 'what doctor says breaks its schema');
  for (const line of doctorText(record, PLAIN)) mustBeSafe(line, 'doctor');
}

export function liveTargets({ files, conversations, examples, publicOnes }: Corpus): readonly Target[] {
  const packets = [...conversations, ...examples, ...[...publicOnes.values()].flat()];
  return [
    {
      name: 'live',
      about:
        'the bytes of a capture engine, cut anywhere, each piece in the same memory: the same packets and damage',
      kind: 'bytes',
      seeds: files.filter((bytes) => bytes.length >= 4 && bytes.length < 40_000),
      run: live,
    },
    {
      name: 'save',
      about:
        'packets written as pcapng, as the dashboard and the ring files do, and read back: the same packets',
      kind: 'capture',
      seeds: packets,
      run: save,
    },
    {
      name: 'doctor',
      about: 'what doctor says of a file: facts that add up, safe words',
      kind: 'capture',
      seeds: packets,
      run: doctor,
    },
  ];
}
