import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Packet } from '../dist/dissectors/core/packet.js';
import { Analysis } from '../dist/src/analysis/analysis.js';
import { LIVE_SILENCE, MemoryCeiling } from '../dist/src/analysis/memory-ceiling.js';
import { LiveListener } from '../dist/src/cli/live/live-listener.js';
import { collectGarbage, memoryTaken } from '../dist/src/dashboard/worker/memory-taken.js';
import { feedFourWeeks } from './endurance-traffic.mjs';

/**
 * Stands for four weeks by its counts: does what `live` does between its engine and its output, with its limits, and prints
 * the memory of the process on the way. The exit code is 1 if it was ever above the ceiling.
 */

const MIB = 1024 * 1024;
/** Packets between two looks at the clock and at the memory: what a second brings on a busy link. */
const SECOND = 50_000;
const POINTS = 20;

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '100000' },
    messages: { type: 'string', default: '10000000' },
    'max-memory': { type: 'string', default: '256' },
    alive: { type: 'boolean', default: false },
  },
});
const counts = { sessions: Number(values.sessions), messages: Number(values.messages) };
const ceiling = new MemoryCeiling(Number(values['max-memory']) * MIB);

const shown = { messages: 0, sessions: 0, streams: 0, findings: 0 };
const listener = new LiveListener(
  {
    packet: () => undefined,
    message: () => (shown.messages += 1),
    session: () => (shown.sessions += 1),
    stream: () => (shown.streams += 1),
    finding: () => (shown.findings += 1),
    event: () => undefined,
    statistics: () => undefined,
  },
  { dialect: 'field', limits: ceiling.limits.rules, showSecrets: false },
  (session) => analysis.conversations.media.ofSession(session),
);
const analysis = new Analysis(
  { dialect: 'auto', limits: ceiling.limits, seed: randomInt(0x7fff_ffff) },
  listener,
);
const packet = new Packet();
let packets = 0;
let highest = 0;
let collections = 0;
const began = performance.now();

function second() {
  analysis.flows.closeSilent(packet.seconds, LIVE_SILENCE);
  highest = Math.max(highest, process.memoryUsage.rss());
  listener.tick(packet.seconds);
  if (ceiling.isNear(memoryTaken())) {
    collections += 1;
    collectGarbage();
  }
  if (!ceiling.sample(memoryTaken())) return;
  analysis.trim();
  listener.trim();
}

console.log('sessions   messages    resident  heap alive  flows  limits lowered');
const sent = feedFourWeeks(
  packet,
  () => {
    listener.packet(packet);
    analysis.push(packet);
    packets += 1;
    if (packets % SECOND === 0) second();
  },
  counts,
  (sessions, messages) => {
    if (sessions % Math.floor(counts.sessions / POINTS) !== 0) return;
    const { rss, heapUsed } = process.memoryUsage();
    let alive = heapUsed;
    if (values.alive) {
      collectGarbage();
      alive = process.memoryUsage().heapUsed;
    }
    console.log(
      [
        String(sessions).padStart(8),
        String(messages).padStart(10),
        `${Math.round(rss / MIB)} MiB`.padStart(10),
        `${Math.round(alive / MIB)} MiB`.padStart(10),
        String(analysis.flows.size).padStart(6),
        String(ceiling.lowered).padStart(7),
      ].join(' '),
    );
  },
);
analysis.end();
listener.end();
const took = (performance.now() - began) / 1000;
const { sessions, media } = analysis.conversations;
console.log(`${packets} packets, ${sent} messages sent, ${shown.messages} seen, ${took.toFixed(1)} s`);
console.log(
  `${sessions.count} sessions and ${sessions.refusedLogins} refused logins, ${shown.sessions} ends, ${shown.streams} streams, ${shown.findings} findings shown`,
);
console.log(
  `limits reached: ${JSON.stringify({ ...analysis.conversations.limitsReached, flows: analysis.flows.evicted })}`,
);
console.log(`garbage collected on purpose: ${collections} times; limits lowered: ${ceiling.lowered} times`);
console.log(`silent flows closed: ${analysis.flows.silenced}; streams kept: ${[...media.all()].length}`);
highest = Math.max(highest, process.memoryUsage.rss());
const most = Math.round(highest / MIB);
const held = highest <= ceiling.bytes;
console.log(`highest resident memory: ${most} MiB of ${ceiling.bytes / MIB} MiB: ${held ? 'met' : 'MISSED'}`);
process.exitCode = held ? 0 : 1;
