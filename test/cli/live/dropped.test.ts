import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type CheckRecord, checkSchema } from '../../../src/report/check/check-schema.ts';
import { ALL_RULES } from '../../../src/rules/all-rules.ts';
import { PcapngWriter, ticks, writePcap } from '../../support/capture-writer.ts';
import { examplePackets } from '../../support/example-packets.ts';
import type { FedPacket } from '../../support/packet-feed.ts';
import { COMMAND, dvrscope, scratchDirectory } from '../dvrscope.ts';
import { summaryRecord } from '../records.ts';

const write = scratchDirectory();
const RULE = 'exchange/request-answered';
/** Seconds between two conversations. */
const APART = 10_000;

/** A request that is never answered, though the connection lasts; so much later, between other hosts each time. */
function conversation(round: number): readonly FedPacket[] {
  const [example] = ALL_RULES.find(({ rule }) => rule.id === RULE)?.rule.examples().breaks ?? [];
  if (example === undefined) throw new Error(`${RULE} has no example`);
  return examplePackets(example).map((packet) => {
    const bytes = Buffer.from(packet.bytes);
    bytes[28] = bytes[32] = round;
    return { ...packet, bytes, seconds: (packet.seconds ?? 0) + round * APART };
  });
}

/** Three such conversations in a pcapng. `drops`: what the blocks of the second say was lost before each of its packets. */
function capture(drops: number): Buffer {
  const writer = new PcapngWriter();
  const blocks = [1, 2, 3].flatMap((round) =>
    conversation(round).map((packet, place) => {
      const lost = round === 2 && place > 0 ? drops : 0;
      return writer.enhancedPacket(packet, ticks(packet, 1_000_000_000n), [
        { code: 4, value: writer.u64(lost) },
      ]);
    }),
  );
  return Buffer.concat([
    writer.sectionHeader(),
    writer.interfaceDescription({ resolution: 9 }),
    ...blocks,
    writer.interfaceStatistics(0, [
      { code: 5, value: writer.u64(0) },
      { code: 7, value: writer.u64(drops * (conversation(2).length - 1)) },
    ]),
  ]);
}

const verdict = ({ rules }: CheckRecord) => rules.find(({ id }) => id === RULE);
const read = (stdout: string) => checkSchema.parse(JSON.parse(stdout));

describe('a capture that says where it lost packets', () => {
  it('is judged before and behind, and in doubt there', () => {
    const path = write('some.pcapng', capture(2));
    const record = read(dvrscope(['check', path, '--format', 'json']).stdout);
    expect(verdict(record)).toMatchObject({ verdict: 'fail', violations: 2, inconclusive: 1 });
    const began = conversation(0)[0]?.seconds ?? 0;
    const times = record.findings
      .filter(({ rule }) => rule === RULE)
      .flatMap(({ samples }) => samples.map(({ time = '' }) => Date.parse(time) / 1000 - began));
    expect(times.map((time) => Math.floor(time / APART))).toEqual([1, 3]);
    expect(record.quality).toMatchObject({ complete: false, lacks: expect.arrayContaining(['dropped']) });
  });

  it('is judged throughout where it lost none', () => {
    const path = write('none.pcapng', capture(0));
    const record = read(dvrscope(['check', path, '--format', 'json']).stdout);
    expect(verdict(record)).toMatchObject({ verdict: 'fail', violations: 3, inconclusive: 0 });
    expect(record.quality.dropped).toEqual({ kernel: 0, interface: 0, between: 0 });
  });

  it('counts what it lost in the summary', () => {
    const lost = 2 * (conversation(2).length - 1);
    const { record } = summaryRecord([write('counted.pcapng', capture(2))]);
    expect(record.quality).toMatchObject({ kernelDropped: lost, interfaceDropped: 0, droppedBetween: lost });
  });

  it('comes to the same verdict live, from a pipe', () => {
    const input = capture(2);
    const file = read(dvrscope(['check', write('same.pcapng', input), '--format', 'json']).stdout);
    const live = read(dvrscope(['check', '--live', '-i', '-', '--format', 'json'], { input }).stdout);
    expect(live.rules).toEqual(file.rules);
    expect(live.findings).toEqual(file.findings);
  });
});

/**
 * Stands for tcpdump: hands over one conversation after the other, some seconds apart, and tells when it is asked that packets
 * were dropped while it handed over the second one. Then it ends us.
 */
const TCPDUMP = `const { readFileSync, writeSync } = require('node:fs');
if (process.argv.includes('-L')) process.exit(0);
let dropped = 0;
const tell = () => process.stderr.write('9 packets captured\\n9 packets received by filter\\n' + dropped + ' packets dropped by kernel\\n');
process.on('SIGUSR1', tell);
process.on('SIGINT', () => { tell(); process.exit(0); });
process.stderr.write('tcpdump: listening on lo\\n');
const hand = (round) => writeSync(1, readFileSync(__dirname + '/round-' + round));
hand(1);
setTimeout(() => { dropped = 17; hand(2); }, 4000);
setTimeout(() => hand(3), 8000);
setTimeout(() => process.kill(process.ppid, 'SIGINT'), 11000);
`;

describe('an engine that tells what it dropped', () => {
  it('is asked in time: before and behind is judged, in between is in doubt', async () => {
    const rounds = [1, 2, 3].map(conversation);
    const [first = [], ...rest] = rounds;
    write('round-1', writePcap(first, { nanoseconds: true }));
    for (const [i, packets] of rest.entries()) {
      write(`round-${i + 2}`, writePcap(packets, { nanoseconds: true }).subarray(24));
    }
    const script = write('fake-tcpdump.cjs', TCPDUMP);
    const program = write('tcpdump', `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
    chmodSync(program, 0o755);
    const args = [
      'check',
      '--live',
      '-i',
      'lo',
      '--engine',
      'tcpdump',
      '--format',
      'json',
      '-a',
      'duration:12',
    ];
    const child = spawn(process.execPath, [COMMAND, ...args], {
      env: { ...process.env, PATH: `${dirname(program)}:${process.env.PATH ?? ''}` },
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const record = read(stdout);
    expect(verdict(record)).toMatchObject({ verdict: 'fail', violations: 2, inconclusive: 1 });
    expect(record.quality.dropped.kernel).toBe(17);
    expect(stderr).toContain('17 dropped by the kernel');
  }, 30_000);
});
