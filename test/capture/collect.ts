import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Packet } from '../../dissectors/core/packet.ts';
import type { CaptureFile } from '../../src/capture/capture-file.ts';
import { PcapParser } from '../../src/capture/pcap-parser.ts';
import { PcapngParser } from '../../src/capture/pcapng-parser.ts';
import { type ReadOptions, readCaptures } from '../../src/capture/read-captures.ts';
import type { Damage } from '../../src/capture/record-parser.ts';

/** A record as it was handed over, copied. */
export interface SeenRecord {
  readonly number: number;
  readonly time: string;
  readonly linkType: number;
  readonly hex: string;
  readonly wireLength: number;
  readonly file: number;
  readonly fileOffset: number;
}

export function copyRecord(packet: Packet): SeenRecord {
  return {
    number: packet.number,
    time: `${packet.seconds}.${String(packet.nanoseconds).padStart(9, '0')}`,
    linkType: packet.linkType,
    hex: Buffer.from(packet.bytes.subarray(packet.start, packet.end)).toString('hex'),
    wireLength: packet.wireLength,
    file: packet.file,
    fileOffset: packet.fileOffset,
  };
}

/** A sink that keeps copies of all records. */
export class CollectingSink {
  readonly records: SeenRecord[] = [];

  packet(packet: Packet): void {
    this.records.push(copyRecord(packet));
  }

  drained(): Promise<void> | undefined {
    return undefined;
  }
}

export interface Parsed {
  readonly records: readonly SeenRecord[];
  readonly damage: Damage | undefined;
  readonly parser: PcapParser | PcapngParser;
}

/** Pushes `capture` through a parser in pieces of the sizes given (over and over), keeping the rest each time. */
export function parse(format: 'pcap' | 'pcapng', capture: Uint8Array, sizes: readonly number[] = []): Parsed {
  const sink = new CollectingSink();
  const Parser = format === 'pcap' ? PcapParser : PcapngParser;
  const parser = new Parser(new Packet(), sink, 2 ** 52);
  let rest: Uint8Array = new Uint8Array(0);
  let at = 0;
  for (let turn = 0; at < capture.length && parser.damage === undefined; turn++) {
    const piece = capture.subarray(at, at + (sizes[turn % sizes.length] ?? capture.length));
    at += piece.length;
    // Room before and behind, so that a parser that looks outside of what it was given is found out.
    const bytes = Buffer.concat([Buffer.alloc(5, 0xee), rest, piece, Buffer.alloc(40, 0xee)]);
    const end = 5 + rest.length + piece.length;
    const used = parser.push(bytes, 5, end);
    rest = bytes.subarray(5 + used, end);
  }
  const damage = parser.damage ?? parser.finish(rest, 0, rest.length);
  return { records: sink.records, damage, parser };
}

export interface Read {
  readonly files: readonly CaptureFile[];
  readonly records: readonly SeenRecord[];
}

export async function readAll(paths: readonly string[], options: ReadOptions = {}): Promise<Read> {
  const sink = new CollectingSink();
  const files = await readCaptures(paths, sink, options);
  return { files, records: sink.records };
}

/** A directory of its own for one test file. */
export class Scratch {
  readonly #directory = mkdtempSync(join(tmpdir(), 'capture-'));

  path(name: string): string {
    return join(this.#directory, name);
  }

  write(name: string, bytes: Uint8Array): string {
    const path = this.path(name);
    writeFileSync(path, bytes);
    return path;
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
