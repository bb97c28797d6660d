import { CaptureWriter } from '../capture-writer.mjs';
import { BODY_FLOODS } from './body-floods.mjs';
import { DVRIP_FLOODS } from './dvrip-floods.mjs';
import { PACKET_FLOODS } from './packet-floods.mjs';
import { PATTERN_FLOODS } from './pattern-floods.mjs';
import { TCP_FLOODS } from './tcp-floods.mjs';

export { PATTERNS } from './pattern-floods.mjs';

/** By name: each is written with about as many packets, or hundreds of bytes, as it is asked for. */
export const FLOODS = { ...TCP_FLOODS, ...PACKET_FLOODS, ...DVRIP_FLOODS, ...BODY_FLOODS, ...PATTERN_FLOODS };

/** @param {string} name @param {string} path @param {number} n 0: a capture of nothing */
export function writeFlood(name, path, n) {
  const writer = new CaptureWriter(path);
  const flood = FLOODS[name];
  if (flood === undefined) throw new Error(`no flood is called ${name}`);
  if (n > 0) flood(writer, n);
  writer.close();
  return { bytes: writer.bytes, packets: writer.packets };
}
