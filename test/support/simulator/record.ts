/**
 * Records the sample captures: `npm run record-captures -- [name…]`, all of them without a name.
 * Needs root for the veth pair (without it: loopback), and tcpdump, tshark, editcap, capinfos and ffmpeg.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { aboutText } from './about.ts';
import { damageRecording, presentRanges } from './damage.ts';
import { type Expected, writeExpected } from './expected.ts';
import type { SideLog } from './log.ts';
import { type Network, openNetwork } from './network.ts';
import {
  type CaptureRecord,
  capturedStreams,
  directionKey,
  readCaptureFile,
  segmentOf,
  writeCaptureFile,
} from './pcap-file.ts';
import { writeReels } from './reel-files.ts';
import { makeReels } from './reels.ts';
import type { Reels, Scenario } from './scenario.ts';
import { SCENARIOS, scenarioNamed } from './scenarios/all.ts';
import { joinLogs, type Truth } from './truth.ts';
import { askTshark, type TsharkView } from './tshark-check.ts';

const CAPTURES = fileURLToPath(new URL('../../../../captures/', import.meta.url));
const SIDE = fileURLToPath(new URL('./side.js', import.meta.url));

function start(prefix: readonly string[], ...command: readonly string[]): ChildProcess {
  const [program = '', ...parameters] = [...prefix, ...command];
  return spawn(program, parameters, { stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Resolves when the process has written `text`; fails with what it wrote when it ends before. */
function says(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const listen = (bytes: Buffer) => {
      heard += bytes.toString();
      if (heard.includes(text)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => reject(new Error(`a process ended early: ${heard}`)));
  });
}

function ends(child: ChildProcess, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
    });
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${what} failed: ${heard}`))));
  });
}

/** Runs device, tcpdump and client, each in its place. Leaves raw.pcap, device.json and client.json in the folder. */
async function runScenario(
  scenario: Scenario,
  network: Network,
  reels: Reels,
  folder: string,
): Promise<void> {
  const { places, clientPrefix, devicePrefix, interfaceName } = network;
  writeFileSync(join(folder, 'places.json'), JSON.stringify(places));
  writeReels(folder, reels);
  const device = start(devicePrefix, process.execPath, SIDE, 'device', scenario.name, folder);
  await says(device, 'ready');
  const precision = scenario.nanoseconds === true ? 'nano' : 'micro';
  const raw = join(folder, 'raw.pcap');
  const options = [
    '-i',
    interfaceName,
    '-U',
    '-n',
    '--immediate-mode',
    `--time-stamp-precision=${precision}`,
  ];
  // In immediate mode the kernel's ring has one place of the snapshot length a packet: small ones, and many of them.
  const ring = ['-s', String(network.snapLength), '-B', '16384', '-Z', 'root'];
  const filter = `ip and (tcp port ${places.port} or udp port ${places.discoveryPort})`;
  const tcpdump = start(clientPrefix, 'tcpdump', ...options, ...ring, '-w', raw, filter);
  await says(tcpdump, 'listening on');
  const client = start(clientPrefix, process.execPath, SIDE, 'client', scenario.name, folder);
  const clientEnds = ends(client, `the client of ${scenario.name}`);
  if (scenario.registersAs !== undefined) {
    await says(client, 'awaiting devices');
    device.stdin?.write('register\n');
  }
  await clientEnds;
  // The last acknowledgements are still on their way.
  await delay(400);
  const stopped = [ends(device, 'the device'), ends(tcpdump, 'tcpdump')];
  device.stdin?.end();
  tcpdump.kill('SIGINT');
  await Promise.all(stopped);
}

/** Fails unless the capture holds, byte for byte, what the logs say was sent. */
function assertHolds(truth: Truth, streams: ReturnType<typeof capturedStreams>, expected: Expected): void {
  for (const flow of truth.flows) {
    for (const logged of [flow.forward, flow.backward]) {
      if (logged === undefined) continue;
      const held = streams.get(directionKey(logged.protocol, logged.local, logged.remote))?.bytes.length ?? 0;
      if (held !== logged.bytes) throw new Error(`the capture holds ${held} of ${logged.bytes} bytes`);
    }
  }
  truth.flows.forEach((flow, at) => {
    const hashes = expected.flows[at]?.streams.map(({ sha256 }) => sha256) ?? [];
    for (const logged of [flow.forward, flow.backward]) {
      if (logged !== undefined && !hashes.includes(logged.sha256))
        throw new Error('the capture holds other bytes');
    }
  });
}

/** Flows in the order of their first packets; those that have none are gone. */
function inOrderOfPackets(truth: Truth, records: readonly CaptureRecord[]): Truth {
  const keys = records.flatMap(({ frame }) => {
    const segment = segmentOf(frame);
    return segment === undefined ? [] : [directionKey(segment.protocol, segment.from, segment.to)];
  });
  const firstPacket = ({ protocol, client, server }: Truth['flows'][number]) => {
    const ends = [directionKey(protocol, client, server), directionKey(protocol, server, client)];
    return keys.findIndex((key) => ends.includes(key));
  };
  const flows = truth.flows
    .filter((flow) => firstPacket(flow) >= 0)
    .sort((a, b) => firstPacket(a) - firstPacket(b));
  return { ...truth, flows };
}

function assertTsharkAgrees(expected: Expected, view: TsharkView): void {
  const tcp = expected.flows.filter(({ protocol }) => protocol === 'tcp');
  const ours = tcp.map(({ streams }) => streams.map(({ sha256 }) => sha256));
  // follow puts whoever sent first in front; which of the two that is, is no matter here.
  const sorted = (pairs: readonly (readonly string[])[]) =>
    JSON.stringify(pairs.map((pair) => [...pair].sort()));
  if (sorted(ours) !== sorted(view.followed)) throw new Error('tshark follows other bytes than were logged');
  if (view.lostSegments > 0) throw new Error('tshark misses segments in a clean recording');
}

async function record(scenario: Scenario, network: Network, reels: Reels): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'dvr-record-'));
  try {
    await runScenario(scenario, network, reels, folder);
    const read = (side: string): SideLog => JSON.parse(readFileSync(join(folder, `${side}.json`), 'utf8'));
    const clean = readCaptureFile(readFileSync(join(folder, 'raw.pcap')));
    const truth = inOrderOfPackets(joinLogs(read('client'), read('device')), clean.records);
    const streams = capturedStreams(clean.records);
    let expected = writeExpected({ truth, packets: clean.records.length, streams });
    assertHolds(truth, streams, expected);
    let { records } = clean;
    if (scenario.damage !== undefined) {
      const damaged = damageRecording(records, streams, truth, scenario.damage);
      ({ records } = damaged);
      const left = inOrderOfPackets(truth, records);
      const present = presentRanges(records, streams);
      expected = writeExpected({
        truth: left,
        packets: records.length,
        streams,
        present,
        damage: damaged.done,
      });
    }
    const finished = join(folder, 'finished.pcap');
    writeFileSync(finished, writeCaptureFile({ ...clean, records }));
    const target = join(CAPTURES, scenario.name);
    mkdirSync(target, { recursive: true });
    const capture = join(target, 'capture.pcapng');
    execFileSync('editcap', ['-F', 'pcapng', finished, capture], { stdio: 'ignore' });
    const view = askTshark(capture);
    if (view.packets !== expected.packets) throw new Error('packets were lost on the way into the sample');
    if (scenario.damage === undefined) assertTsharkAgrees(expected, view);
    writeFileSync(join(target, 'expected.json'), `${JSON.stringify(expected, undefined, 1)}\n`);
    writeFileSync(join(target, 'about.md'), aboutText(scenario, network, expected, view));
    return `${scenario.name}: ${expected.packets} packets, ${expected.messages.total} messages`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const names = process.argv.slice(2);
const scenarios = names.length === 0 ? SCENARIOS : names.map(scenarioNamed);
const reels = makeReels();
for (const scenario of scenarios) {
  // A fresh network each: no address or port is still in use from the sample before.
  const network = openNetwork();
  try {
    process.stdout.write(`${await record(scenario, network, reels)}\n`);
  } finally {
    network.close();
  }
}
