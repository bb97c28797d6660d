import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Packet } from '../../../dissectors/core/packet.ts';
import { readCaptures } from '../../../src/capture/read-captures.ts';
import { parse } from '../../capture/collect.ts';
import type { Corpus } from '../corpus.ts';
import { must, mustAgree, type Target } from '../target.ts';

/** The sizes of delivery that an input is read in a second time; its own bytes choose them. */
function sizesFor(input: Buffer): readonly number[] {
  return [1 + ((input[5] ?? 0) % 61), 1 + ((input[9] ?? 0) % 17), 4096];
}

function parserTarget(format: 'pcap' | 'pcapng', seeds: readonly Buffer[]): Target {
  return {
    name: format,
    about: `${format} records in one piece and in small ones: the same packets, the same damage, views inside of the file`,
    kind: 'bytes',
    seeds,
    run: (input) => {
      const whole = parse(format, input);
      const pieces = parse(format, input, sizesFor(input));
      mustAgree(pieces.records, whole.records, 'records differ by the sizes of delivery');
      mustAgree(pieces.damage, whole.damage, 'damage differs by the sizes of delivery');
      mustAgree(
        pieces.parser.interfaces(),
        whole.parser.interfaces(),
        'interfaces differ by the sizes of delivery',
      );
      for (const { fileOffset, hex } of whole.records) {
        const there = input.subarray(fileOffset, fileOffset + hex.length / 2).toString('hex');
        must(there === hex, 'a record is not what stands at its offset');
      }
      must((whole.damage?.offset ?? 0) <= input.length, 'the damage is outside of the file');
    },
  };
}

const scratch = { folder: '' };

/** A folder for the files that readers and extraction need; gone when the process ends. */
export function scratchFolder(): string {
  if (scratch.folder === '') {
    scratch.folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
    process.once('exit', () => rmSync(scratch.folder, { recursive: true, force: true }));
  }
  return scratch.folder;
}

async function readWhole(input: Buffer): Promise<void> {
  const path = join(scratchFolder(), 'input');
  writeFileSync(path, input);
  let number = 0;
  const [file] = await readCaptures([path], {
    packet: (packet: Packet) => {
      must(packet.number > number, 'packet numbers do not grow');
      must(packet.start >= 0 && packet.start <= packet.end, 'a packet ends before it begins');
      must(packet.end <= packet.bytes.length, 'a packet ends outside of its buffer');
      must(packet.nanoseconds >= 0 && packet.nanoseconds < 1e9, 'nanoseconds out of range');
      must(Number.isSafeInteger(packet.seconds) && packet.wireLength >= 0, 'a time or length that is none');
      number = packet.number;
    },
    drained: () => undefined,
  });
  must(file !== undefined && file.packets <= number, 'more packets counted than handed over');
  must(file === undefined || !/[\n\r]/.test(file.error?.message ?? ''), 'an error of several lines');
}

export function readerTargets({ files, conversations }: Corpus): readonly Target[] {
  const isPcapng = (bytes: Buffer) => bytes.readUInt32LE(0) === 0x0a0d0d0a;
  const whole = files.filter((bytes) => bytes.length >= 4);
  const small = whole.filter((bytes) => bytes.length < 40_000);
  return [
    parserTarget('pcap', [...small.filter((bytes) => !isPcapng(bytes)), ...conversations.slice(0, 10)]),
    parserTarget('pcapng', small.filter(isPcapng)),
    {
      name: 'file',
      about: 'whole files, plain and compressed, through the reader that commands use',
      kind: 'bytes',
      seeds: [...whole, ...small.slice(0, 40).map((bytes) => gzipSync(bytes))],
      run: readWhole,
    },
  ];
}
