import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dvrscope } from './peers.mjs';

const OUTPUT_LIMIT = 64 << 20;

/**
 * Runs `dvrscope summary --json` once, untimed, and compares its counts with what the generator put in: a fast summary
 * that misses packets is none.
 * @param {import('./captures.mjs').Capture} capture
 * @returns {Promise<string[]>} what differs, one text each; empty when all is right
 */
export async function checkSummary({ name, path, contents }) {
  const { command, args } = dvrscope(['summary', path, '--json']);
  let summary;
  try {
    summary = JSON.parse((await promisify(execFile)(command, args, { maxBuffer: OUTPUT_LIMIT })).stdout);
  } catch {
    return [`${name}: summary --json fails`];
  }
  /** @type {[string, number | undefined, unknown][]} */
  const counts = [
    ['packets', contents.packets, summary.packets],
    ['flows.dvrip', contents.flows, summary.flows?.dvrip],
    ['messages.total', contents.messages.total, summary.messages?.total],
    ['messages.control', contents.messages.control, summary.messages?.control],
    ['messages.media', contents.messages.media, summary.messages?.media],
    ['messages.invalid', 0, summary.messages?.invalid],
    ['reassembly.gaps', 0, summary.reassembly?.gaps],
    ['media.videoFrames', contents.media?.videoFrames, summary.media?.videoFrames],
    ['media.audioFrames', contents.media?.audioFrames, summary.media?.audioFrames],
  ];
  return counts
    .filter(([, expected, found]) => expected !== undefined && expected !== found)
    .map(([field, expected, found]) => `${name}: ${field} is ${found}, not ${expected}`);
}
