/**
 * Tells anew, from the bytes of a sample, all that expected.json is to say: `node dist/retell.js name…`. For samples whose log
 * was written before it told of sessions, exchanges and streams. Refuses where anything differs from what the log had said.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { truthOfBytes } from './bytes-truth.ts';
import { type Expected, writeExpected } from './expected.ts';
import { capturedStreams, readCaptureFile } from './pcap-file.ts';

/** Where the simulated device is, in every sample. */
const DEVICE_ADDRESS = '192.0.2.10';

export function readExpected(folder: string): Expected {
  return JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
}

/** What expected.json of the clean sample in `folder` is to say, from its bytes and the ends of its flows alone. */
export function retell(folder: string): Expected {
  const options = { maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'] };
  const pcap = execFileSync('editcap', ['-F', 'nsecpcap', `${folder}/capture.pcapng`, '-'], options);
  const { records } = readCaptureFile(pcap);
  const places = readExpected(folder).flows.map(({ protocol, client, server }) => ({
    protocol,
    client,
    server,
    deviceAddress: DEVICE_ADDRESS,
  }));
  const truth = truthOfBytes(places, records);
  return writeExpected({ truth, packets: records.length, streams: capturedStreams(records) });
}

/** Whether `newer` says all that `older` says, in the same words. */
export function saysTheSame(older: unknown, newer: unknown): boolean {
  if (typeof older !== 'object' || older === null || typeof newer !== 'object' || newer === null)
    return isDeepStrictEqual(older, newer);
  if (Array.isArray(older) && (!Array.isArray(newer) || older.length !== newer.length)) return false;
  const told = new Map(Object.entries(newer));
  return Object.entries(older).every(([key, value]) => saysTheSame(value, told.get(key)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of process.argv.slice(2)) {
    const folder = fileURLToPath(new URL(`../../../../captures/${name}`, import.meta.url));
    // JSON knows no undefined: what is compared is what will be written.
    const text = `${JSON.stringify(retell(folder), undefined, 1)}\n`;
    if (!saysTheSame(readExpected(folder), JSON.parse(text)))
      throw new Error(`${name}: the log had said otherwise`);
    writeFileSync(`${folder}/expected.json`, text);
    process.stdout.write(`${name}: told anew\n`);
  }
}
