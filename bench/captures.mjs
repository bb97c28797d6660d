import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateControl } from './generate-control.mjs';
import { generateMonitor } from './generate-monitor.mjs';

/**
 * What a generator put into a capture: what a right reader must find in it.
 * @typedef {object} Contents
 * @property {number} bytes of the file
 * @property {number} packets
 * @property {number} flows TCP connections, all of them DVRIP
 * @property {{ total: number, control: number, media: number }} messages
 * @property {{ videoFrames: number, audioFrames: number }} [media]
 */

/** @typedef {{ name: CaptureName, path: string, contents: Contents }} Capture */
/** @typedef {keyof typeof GENERATORS} CaptureName */

const GENERATORS = {
  'monitor-live': (/** @type {string} */ path) => generateMonitor(path, 2e8),
  'monitor-1gb': (/** @type {string} */ path) => generateMonitor(path, 1e9),
  'monitor-4gb': (/** @type {string} */ path) => generateMonitor(path, 4e9),
  'control-200k': (/** @type {string} */ path) => generateControl(path, 200_000),
};

/** A capture is of the right version when these files, which decide each of its bytes, have not changed since. */
const SOURCES = [
  'camera-media.mjs',
  'capture-writer.mjs',
  'captures.mjs',
  'control-bodies.mjs',
  'dvrip-message.mjs',
  'generate-control.mjs',
  'generate-monitor.mjs',
  'random.mjs',
  'tcp-connection.mjs',
];

const FOLDER = fileURLToPath(new URL('data/', import.meta.url));

/**
 * The capture of that name in `bench/data`: as it lies there when it is whole and of the right version, else made now.
 * @param {CaptureName} name @param {(text: string) => void} say @returns {Capture}
 */
export function ensureCapture(name, say) {
  mkdirSync(FOLDER, { recursive: true });
  const { path, recordPath } = placesOf(name);
  const version = sourceVersion();
  const record = readRecord(recordPath);
  if (record?.version === version && existsSync(path) && statSync(path).size === record.contents.bytes) {
    return { name, path, contents: record.contents };
  }
  say(`making ${path}`);
  // Under another name until it is whole: who reads the old one now keeps it.
  const contents = GENERATORS[name](`${path}.part`);
  renameSync(`${path}.part`, path);
  writeFileSync(recordPath, `${JSON.stringify({ version, contents })}\n`);
  return { name, path, contents };
}

/** @param {CaptureName} name */
export function removeCapture(name) {
  const { path, recordPath } = placesOf(name);
  rmSync(path, { force: true });
  rmSync(recordPath, { force: true });
}

/** @param {CaptureName} name */
function placesOf(name) {
  return { path: join(FOLDER, `${name}.pcap`), recordPath: join(FOLDER, `${name}.json`) };
}

function sourceVersion() {
  const hash = createHash('sha256');
  for (const source of SOURCES) hash.update(readFileSync(new URL(source, import.meta.url)));
  return hash.digest('hex');
}

/** @param {string} path @returns {{ version: string, contents: Contents } | undefined} */
function readRecord(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // none yet, or cut short: the capture is made again
  }
}
