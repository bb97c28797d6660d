import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * A process of its own that captures with the optional package `cap` and writes a pcap to standard output, so that
 * neither its crashes nor its loop, which does not yield while packets come, are ours:
 *
 *     cap-process probe INTERFACE
 *     cap-process capture INTERFACE FILTER BUFFER-BYTES SNAP-LENGTH
 *
 * It ends when its standard input does. cap tells neither the kernel's time of a packet nor its length on the wire where
 * its own snap length of 65,535 cut it, nor what was dropped; times here are those of arrival.
 */

/** What is used of `cap`, which has no types of its own. */
interface CapModule {
  readonly Cap: new () => {
    open(device: string, filter: string, bufferBytes: number, into: Buffer): string;
    close(): void;
    on(event: 'packet', listener: (length: number, truncated: boolean) => void): void;
  };
}

/** Its names of link types, as LINKTYPE_ numbers. */
const LINK_TYPES: ReadonlyMap<string, number> = new Map([
  ['NULL', 0],
  ['ETHERNET', 1],
  ['RAW', 101],
  ['LINKTYPE_LINUX_SLL', 113],
  ['IEEE802_11_RADIO', 127],
]);

const STANDARD_OUTPUT = 1;
const RECORD_HEADER = 16;
const LARGEST = 65_535;
/** Bytes handed over at a time while packets come without a pause. */
const BATCH = 64 * 1024;
const SHORT_BUFFER = 1024 * 1024;

function fail(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  const unloadable = error instanceof Error && 'code' in error && error.code === 'ERR_DLOPEN_FAILED';
  const hint = unloadable ? 'cap was compiled for another Node; `npm rebuild cap` mends that' : undefined;
  process.stderr.write(`${hint ?? text.split('\n')[0]}\n`);
  process.exit(1);
}

function loadCap(): CapModule {
  const loaded: unknown = createRequire(import.meta.url)('cap');
  if (typeof loaded !== 'object' || loaded === null || !('Cap' in loaded)) throw new Error('cap has no Cap');
  return loaded as CapModule;
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(STANDARD_OUTPUT, bytes, at);
}

function capture(name: string, filter: string, bufferBytes: number, snapLength: number): void {
  const { Cap } = loadCap();
  const session = new Cap();
  // cap keeps only the address of this buffer: `take` below keeps the buffer itself from being collected.
  const into = Buffer.alloc(LARGEST);
  const linkType = LINK_TYPES.get(session.open(name, filter, bufferBytes, into));
  if (linkType === undefined) throw new Error(`${name}: not supported: a link type that cap does not name`);

  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(snapLength, 16);
  header.writeUInt32LE(linkType, 20);
  writeAll(header);
  process.stderr.write(`listening on ${name}\n`);

  const batch = Buffer.alloc(BATCH + RECORD_HEADER + LARGEST);
  let filled = 0;
  let waiting = false;
  const hand = (): void => {
    waiting = false;
    writeAll(batch.subarray(0, filled));
    filled = 0;
  };
  const take = (length: number): void => {
    const milliseconds = performance.timeOrigin + performance.now();
    const seconds = Math.floor(milliseconds / 1000);
    const kept = Math.min(length, snapLength);
    batch.writeUInt32LE(seconds, filled);
    batch.writeUInt32LE(Math.floor((milliseconds - seconds * 1000) * 1000), filled + 4);
    batch.writeUInt32LE(kept, filled + 8);
    batch.writeUInt32LE(length, filled + 12);
    into.copy(batch, filled + RECORD_HEADER, 0, kept);
    filled += RECORD_HEADER + kept;
    if (filled >= BATCH) hand();
    else if (!waiting) {
      waiting = true;
      setImmediate(hand);
    }
  };
  session.on('packet', take);

  const end = (): void => {
    session.close();
    hand();
    process.exit(0);
  };
  process.stdin.on('end', end).resume();
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

function probe(name: string): void {
  const { Cap } = loadCap();
  const session = new Cap();
  session.open(name, '', SHORT_BUFFER, Buffer.alloc(LARGEST));
  session.close();
}

try {
  const [, , task, name = '', filter = '', bufferBytes = '', snapLength = ''] = process.argv;
  if (task === 'probe') probe(name);
  else capture(name, filter, Number(bufferBytes), Number(snapLength));
} catch (error) {
  fail(error);
}
