import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../../src/report/check/check-schema.ts';
import { packetsOf } from '../../rules/losses.ts';
import { hasNoNamespaces, openPair, sendFrames } from '../../support/netns.ts';
import { dvrscope, isMissing, sample, startDvrscope } from '../dvrscope.ts';
import { LiveRecords } from './live-records.ts';

const impossible = hasNoNamespaces() || isMissing('tcpdump') || isMissing('perl');

const MONITOR = sample('monitor-two-sockets');
/** How often a segment that was seen already must be sent again to fill a kernel buffer of one MiB. */
const FLOOD = 2000;

/** The tcpdump that a command has started. */
function engineOf(parent: number | undefined): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'latin1').trim().split(' ');
  const engine = children.find((pid) => readFileSync(`/proc/${pid}/comm`, 'latin1') === 'tcpdump\n');
  if (engine === undefined) throw new Error(`no tcpdump among ${children.join()}`);
  return Number(engine);
}

/**
 * Runs a command on one end of a veth pair while a conversation comes in at the other, of whose middle the kernel drops what it has no
 * room for: the engine is stopped meanwhile.
 */
async function withDrops(args: readonly string[], began: string) {
  const frames = (await packetsOf(MONITOR)).map(({ bytes }) => Buffer.from(bytes));
  const pair = openPair();
  const child = startDvrscope([...args, '-i', pair.mirror, '--engine', 'tcpdump', '-B', '1']);
  let [printed, said] = ['', ''];
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  try {
    await expect.poll(() => printed + said, { timeout: 20_000 }).toContain(began);
    const third = Math.floor(frames.length / 3);
    sendFrames(pair.sender, frames.slice(0, third));
    const engine = engineOf(child.pid);
    process.kill(engine, 'SIGSTOP');
    const largest = frames
      .slice(0, third)
      .reduce((most, frame) => (frame.length > most.length ? frame : most));
    sendFrames(pair.sender, new Array<Buffer>(FLOOD).fill(largest));
    sendFrames(pair.sender, frames.slice(third, 2 * third));
    process.kill(engine, 'SIGCONT');
    sendFrames(pair.sender, frames.slice(2 * third));
    const ended = once(child, 'close');
    child.kill('SIGINT');
    const [code] = await ended;
    return { code, printed, said };
  } finally {
    child.kill('SIGKILL');
    pair.close();
  }
}

describe.skipIf(impossible)('what the kernel drops on a live interface', () => {
  it('is counted, and is the cause of the gaps that it left', async () => {
    const { printed } = await withDrops(['live', '--json'], '"event":"started"');
    const records = new LiveRecords(printed);
    const { kernelDropped = 0, ownDropped, gaps } = records.final();
    expect(kernelDropped).toBeGreaterThan(500);
    expect(ownDropped).toBe(0);
    expect(gaps.count).toBeGreaterThan(0);
    expect(gaps.byCause).toEqual([expect.objectContaining({ cause: 'dropped', count: gaps.count })]);
  });

  it('puts verdicts in doubt, and is held against nobody', async () => {
    const { printed } = await withDrops(['check', '--live', '--format', 'json'], 'capturing');
    const live = checkSchema.parse(JSON.parse(printed));
    const file = checkSchema.parse(JSON.parse(dvrscope(['check', MONITOR, '--format', 'json']).stdout));
    expect(live.quality).toMatchObject({ complete: false, lacks: expect.arrayContaining(['dropped']) });
    expect(live.quality.dropped?.kernel).toBeGreaterThan(500);
    expect(live.quality.gaps.count).toBeGreaterThan(0);
    const known = file.findings.map(({ rule }) => rule);
    expect(live.findings.map(({ rule }) => rule).filter((rule) => !known.includes(rule))).toEqual([]);
    expect(live.rules.filter(({ inconclusive }) => inconclusive > 0).length).toBeGreaterThan(0);
  });
});
