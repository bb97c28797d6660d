import { cpus, loadavg } from 'node:os';
import { Analysis } from '../dist/src/analysis/analysis.js';
import { readCaptures } from '../dist/src/capture/read-captures.js';
import { ensureCapture } from './captures.mjs';
import { pressKeys, whyNoKeys } from './live-keys.mjs';
import { keysVerdict } from './live-keys-table.mjs';
import { parseLiveOptions, USAGE } from './live-options.mjs';
import { feed, Wire } from './live-run.mjs';
import { listLiveSubjects } from './live-subjects.mjs';
import { asGnuTime } from './measure.mjs';
import { findProgram } from './peers.mjs';
import { alignColumns, count, megabytes } from './table.mjs';

/** @typedef {import('./live-run.mjs').LiveRun} LiveRun */

/** Steps of the climb, as parts of the rate that was asked for, until packets are lost or the sender is at its end. */
const CLIMB = [1.25, 1.5, 2, 2.5, 3, 4];
/** A sender that reaches less than this part of the rate asked for has no more to give. */
const REACHED = 0.97;

/** @param {ReturnType<typeof parseLiveOptions>} options */
async function run({ seconds, pps, subjects: wanted, climb }) {
  const capture = ensureCapture('monitor-live', (text) => console.error(text));
  const gnuTime = asGnuTime(findProgram('time'));
  const wire = new Wire();
  try {
    const subjects = listLiveSubjects(wire.mirror).filter(({ name }) => wanted.includes(name));
    const shorter = Math.max(1, Math.round(seconds / 6));
    const bits = (capture.contents.bytes / capture.contents.packets) * 8 * pps;
    console.log(
      `${cpus().length} x ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(2)}, Node ${process.version}\n` +
        `sender: tcpreplay from memory over a veth pair, on the same processors; ${count(pps)} packets/s, ` +
        `${(bits / 1e9).toFixed(2)} Gbit/s asked for\n`,
    );
    const rows = [];
    for (const [at, subject] of subjects.entries()) {
      const long = at === 0 ? seconds : shorter;
      rows.push([subject.name, long, await tell(subject, wire, capture, pps, long, gnuTime)]);
    }
    if (rows.length > 0) console.log(`\n${await tableOf(rows, capture)}`);
    if (wanted.includes('dashboard')) {
      const missing = whyNoKeys();
      console.error(`dvrscope live -i V, with keys: ${seconds} s`);
      const lines = missing ?? keysVerdict(await pressKeys(wire, capture.path, pps, seconds));
      console.log(`\nthe dashboard while keys are pressed: dvrscope live -i V\n\n${lines}`);
    }
    const [first] = subjects;
    if (climb && first !== undefined && first.missing === undefined) {
      console.log(`\nhow far it goes: ${first.does}\n`);
      const steps = [];
      for (const factor of CLIMB) {
        const result = await tell(first, wire, capture, Math.round(pps * factor), shorter, gnuTime);
        steps.push([`${count(Math.round(pps * factor))} asked`, shorter, result]);
        if ((result.outcome.dropped ?? 0) > 0 || result.sentPerSecond < REACHED * pps * factor) break;
      }
      console.log(await tableOf(steps, capture));
    }
  } finally {
    wire.close();
  }
}

/**
 * @param {import('./live-subjects.mjs').LiveSubject} subject @param {Wire} wire
 * @param {import('./captures.mjs').Capture} capture @param {number} pps @param {number} seconds
 * @param {string | undefined} gnuTime @returns {Promise<LiveRun>}
 */
async function tell(subject, wire, capture, pps, seconds, gnuTime) {
  if (subject.missing !== undefined) {
    return { failure: subject.missing, sent: 0, sentPerSecond: 0, bitsPerSecond: 0, outcome: {} };
  }
  console.error(`${subject.does}: ${seconds} s`);
  return feed(subject, wire, capture.path, pps, seconds, gnuTime);
}

/** @param {any[][]} rows name, seconds, run @param {import('./captures.mjs').Capture} capture */
async function tableOf(rows, capture) {
  const head = [
    '',
    's',
    'sent/s',
    'Gbit/s',
    'sent',
    'lost',
    'lost %',
    'messages',
    'of them',
    'gaps',
    'cores',
    'peak MB',
  ];
  const lines = [head];
  for (const [name, seconds, result] of rows) {
    const { failure, sent, sentPerSecond, bitsPerSecond, outcome, cores, peakBytes } = result;
    if (failure !== undefined) {
      lines.push([name, failure]);
      continue;
    }
    const { received, messages, gaps } = outcome;
    const lost = received === undefined ? undefined : sent - received;
    const expected = messages === undefined ? undefined : await messagesIn(capture, sent);
    lines.push([
      name,
      String(seconds),
      count(Math.round(sentPerSecond)),
      (bitsPerSecond / 1e9).toFixed(2),
      count(sent),
      lost === undefined ? '?' : count(lost),
      lost === undefined ? '?' : ((100 * lost) / sent).toFixed(2),
      messages === undefined ? '' : count(messages),
      expected === undefined ? '' : `${((100 * messages) / expected).toFixed(2)} %`,
      gaps === undefined ? '' : count(gaps),
      cores === undefined ? '?' : cores.toFixed(2),
      peakBytes === undefined ? '?' : megabytes(peakBytes),
    ]);
  }
  return alignColumns(lines);
}

/** Messages in so many packets of the capture, sent over and over. @param {import('./captures.mjs').Capture} capture @param {number} sent */
async function messagesIn({ path, contents }, sent) {
  const rounds = Math.floor(sent / contents.packets);
  const maxPackets = sent - rounds * contents.packets;
  let messages = rounds * contents.messages.total;
  if (maxPackets === 0) return messages;
  const analysis = new Analysis({}, { message: () => messages++ });
  await readCaptures(
    [path],
    { packet: (packet) => analysis.push(packet), drained: () => undefined },
    { maxPackets },
  );
  analysis.end();
  return messages;
}

/** @param {readonly string[]} argv */
function readOptions(argv) {
  try {
    return parseLiveOptions(argv);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

const options = readOptions(process.argv.slice(2));
if (options.help) console.log(USAGE);
else if (process.getuid?.() !== 0)
  console.log('bench:live needs root: it makes a veth pair and sends packets');
else if (findProgram('tcpreplay') === undefined) console.log('bench:live needs tcpreplay to send with');
else await run(options);
