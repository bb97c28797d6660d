import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** What GNU time is asked to print. */
const REPORT_FORMAT = 'peak %M KiB cpu %U %S';
const REPORT = /peak (\d+) KiB cpu ([\d.]+) ([\d.]+)/;
const PATIENCE_MS = 60_000;
/** What the engines and the kernel hold is handed over by then. */
const SETTLE_MS = 500;

/**
 * One subject fed for a while.
 * @typedef {object} LiveRun
 * @property {string} [failure]
 * @property {number} sent packets
 * @property {number} sentPerSecond what the sender reached
 * @property {number} bitsPerSecond
 * @property {import('./live-subjects.mjs').Outcome} outcome
 * @property {number} [cores] processors that the subject and its children kept busy, on average
 * @property {number} [peakBytes] the largest resident set of its processes
 */

/** A veth pair: the sender's end and the one that is captured. */
export class Wire {
  sender = 'dvbench0';
  mirror = 'dvbench1';

  constructor() {
    this.close();
    ip('link', 'add', this.sender, 'type', 'veth', 'peer', 'name', this.mirror);
    for (const name of [this.sender, this.mirror]) {
      spawnSync('sh', ['-c', `echo 1 > /proc/sys/net/ipv6/conf/${name}/disable_ipv6`]);
      ip('link', 'set', name, 'up');
    }
  }

  close() {
    spawnSync('ip', ['link', 'del', this.sender]);
  }
}

/** @param {readonly string[]} args */
function ip(...args) {
  const { status, stderr } = spawnSync('ip', args);
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
}

/**
 * Starts a subject, feeds it, ends it.
 * @param {import('./live-subjects.mjs').LiveSubject} subject @param {Wire} wire @param {string} capture
 * @param {number} pps @param {number} seconds @param {string | undefined} gnuTime
 * @returns {Promise<LiveRun>}
 */
export async function feed(subject, wire, capture, pps, seconds, gnuTime) {
  subject.prepare?.();
  const [command, args] =
    gnuTime === undefined
      ? [subject.command, subject.args]
      : [gnuTime, ['-q', '-f', REPORT_FORMAT, subject.command, ...subject.args]];
  const begin = process.hrtime.bigint();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      said += bytes;
    });
  }
  const ended = once(child, 'close');
  try {
    for (let waited = 0; !subject.ready.test(said); waited += 20) {
      if (child.exitCode !== null || waited > PATIENCE_MS) throw new Error(said.trim() || 'does not begin');
      await delay(20);
    }
    const sender = await replay(wire.sender, capture, pps, seconds);
    await delay(SETTLE_MS);
    if (subject.endsWithInput) child.stdin.end();
    else process.kill(-(child.pid ?? 0), 'SIGINT');
    await ended;
    const wall = Number(process.hrtime.bigint() - begin) / 1e9;
    const report = REPORT.exec(said);
    const outcome = subject.outcome(said.replace(REPORT, '').trim());
    return {
      ...sender,
      outcome,
      ...(report !== null && {
        cores: (Number(report[2]) + Number(report[3])) / wall,
        peakBytes: Number(report[1]) * 1024,
      }),
    };
  } catch (error) {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    const failure = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { failure, sent: 0, sentPerSecond: 0, bitsPerSecond: 0, outcome: {} };
  } finally {
    subject.cleanUp?.();
  }
}

/**
 * tcpreplay sends the capture over and over from memory, with other addresses each time, so that all connections are new.
 * @param {string} name @param {string} capture @param {number} pps @param {number} seconds
 */
export async function replay(name, capture, pps, seconds) {
  const pace = [
    '--timer=nano',
    '--pps-multi=30',
    `--pps=${pps}`,
    `--duration=${seconds}`,
    '--loop=1000000',
    '--unique-ip',
    '-K',
    '-q',
  ];
  const child = spawn('tcpreplay', ['-i', name, ...pace, capture], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      said += bytes;
    });
  }
  await once(child, 'close');
  const actual = /Actual: (\d+) packets \((\d+) bytes\) sent in ([\d.]+) seconds/.exec(said);
  if (actual === null) throw new Error(`tcpreplay: ${said.trim().split('\n').at(-1)}`);
  const [sent, bytes, took] = actual.slice(1).map(Number);
  if (sent === undefined || bytes === undefined || took === undefined)
    throw new Error('tcpreplay: no counts');
  return { sent, sentPerSecond: sent / took, bitsPerSecond: (bytes * 8) / took };
}
