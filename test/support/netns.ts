import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import type { SideLog } from './simulator/log.ts';
import { joinLogs, type Truth } from './simulator/truth.ts';

const DEVICE_ADDRESS = '192.0.2.10';
const CLIENT_ADDRESS = '192.0.2.20';

/** Whether namespaces and veth pairs cannot be made here; fails where the tests must not be skipped. */
export function hasNoNamespaces(): boolean {
  const probe = `dvn${process.pid}`;
  const made = process.getuid?.() === 0 && spawnSync('ip', ['netns', 'add', probe]).status === 0;
  if (made) ip('netns', 'del', probe);
  else if (process.env.DVRSCOPE_REQUIRE_TOOLS === '1') throw new Error('network namespaces cannot be made');
  return !made;
}

export function ip(...parameters: readonly string[]): void {
  execFileSync('ip', parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** An interface here without any traffic of the system's own, up. */
export function quiet(name: string): void {
  // Neighbour discovery would be packets that no test sent.
  execFileSync('sh', ['-c', `echo 1 > /proc/sys/net/ipv6/conf/${name}/disable_ipv6`], { stdio: 'ignore' });
  ip('link', 'set', name, 'up');
}

/** AF_PACKET is 17, ETH_P_ALL 3; each line has an interface's number and a frame in hexadecimal. perl is in every Debian. */
const SEND = `
  socket(S, 17, 3, 0) or die "$!\\n";
  while (<STDIN>) {
    my ($index, $frame) = split;
    my $to = pack("S n i S C C a8", 17, 3, $index, 0, 0, 6, "");
    send(S, pack("H*", $frame), 0, $to) or die "$!\\n";
  }`;

/** Puts whole frames on an interface, as they are. */
export function sendFrames(name: string, frames: readonly Uint8Array[]): void {
  sendAcross(frames.map((frame) => [name, frame]));
}

/** The same on several interfaces, in this order. */
export function sendAcross(frames: readonly (readonly [name: string, frame: Uint8Array])[]): void {
  const index = (name: string) => readFileSync(`/sys/class/net/${name}/ifindex`, 'latin1').trim();
  const lines = frames.map(([name, frame]) => `${index(name)} ${Buffer.from(frame).toString('hex')}\n`);
  execFileSync('perl', ['-e', SEND], { input: lines.join(''), stdio: ['pipe', 'ignore', 'pipe'] });
}

/** The processes that this one has started for an interface, and that still run. */
export function engineProcesses(name: string): readonly number[] {
  const text = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1');
  const children = text.split(' ').filter((word) => word !== '');
  return children.filter((pid) => commandLine(pid).includes(name)).map(Number);
}

/** Whether somebody captures on an interface: packet(7) sockets stand in a table, with the number of theirs in the fifth column. */
export function isWatched(name: string): boolean {
  const index = readFileSync(`/sys/class/net/${name}/ifindex`, 'latin1').trim();
  const [, ...sockets] = readFileSync('/proc/net/packet', 'latin1').trim().split('\n');
  return sockets.some((line) => line.split(/ +/)[4] === index);
}

function commandLine(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

let pairs = 0;

/** A veth pair in the present namespace; what is sent on one end is captured on the other. */
export function openPair(): { readonly sender: string; readonly mirror: string; close(): void } {
  pairs += 1;
  // Names have 15 characters at most; process ids up to seven digits.
  const [sender, mirror] = [`dvs${process.pid}x${pairs}`, `dvm${process.pid}x${pairs}`];
  ip('link', 'add', sender, 'type', 'veth', 'peer', 'name', mirror);
  quiet(sender);
  quiet(mirror);
  return { sender, mirror, close: () => spawnSync('ip', ['link', 'del', sender]) };
}

/**
 * A device and its clients in namespaces of their own, on a switch in a third whose ports all see everything (it
 * forgets addresses at once); one of its ports ends in the present namespace: the mirror port.
 */
export class MirroredNetwork {
  readonly mirror: string;
  readonly #tag: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'dvr-netns-'));
  readonly #side: string;

  private constructor() {
    this.#tag = String(process.pid);
    this.mirror = `dvx${this.#tag}`;
    this.#side = join(this.#folder, 'side.mjs');
  }

  static async open(): Promise<MirroredNetwork> {
    const network = new MirroredNetwork();
    try {
      network.#plug();
      await build({
        input: fileURLToPath(new URL('./netns-side.ts', import.meta.url)),
        platform: 'node',
        logLevel: 'silent',
        output: { file: network.#side, format: 'esm' },
      });
    } catch (error) {
      network.close();
      throw error;
    }
    return network;
  }

  /** Lets a client watch a device, for so many media packets; answers what both say that they have sent. */
  async converse(mediaPackets: number): Promise<Truth> {
    const [deviceLog, clientLog] = [join(this.#folder, 'device.json'), join(this.#folder, 'client.json')];
    const device = this.#run('dev', 'device', DEVICE_ADDRESS, deviceLog);
    const ended = once(device, 'exit');
    if (device.stdout !== null) await once(device.stdout, 'data');
    const client = this.#run(
      'cli',
      'client',
      CLIENT_ADDRESS,
      clientLog,
      DEVICE_ADDRESS,
      String(mediaPackets),
    );
    const [code] = await once(client, 'exit');
    device.stdin?.end();
    await ended;
    if (code !== 0) throw new Error(`the client ended with ${String(code)}`);
    const read = (path: string): SideLog => JSON.parse(readFileSync(path, 'utf8'));
    return joinLogs(read(clientLog), read(deviceLog));
  }

  close(): void {
    for (const place of ['dev', 'cli', 'hub']) spawnSync('ip', ['netns', 'del', this.#place(place)]);
    spawnSync('ip', ['link', 'del', this.mirror]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #place(which: string): string {
    return `dv-${which}-${this.#tag}`;
  }

  #run(place: string, ...parameters: readonly string[]): ChildProcess {
    const command = ['netns', 'exec', this.#place(place), process.execPath, this.#side, ...parameters];
    return spawn('ip', command, { stdio: ['pipe', 'pipe', 'inherit'] });
  }

  #plug(): void {
    const [device, client, hub] = [this.#place('dev'), this.#place('cli'), this.#place('hub')];
    for (const place of [device, client, hub]) ip('netns', 'add', place);
    ip('-n', hub, 'link', 'add', 'hub', 'type', 'bridge', 'ageing_time', '0', 'mcast_snooping', '0');
    ip('-n', hub, 'link', 'set', 'hub', 'up');
    const ends = [
      [device, DEVICE_ADDRESS],
      [client, CLIENT_ADDRESS],
    ] as const;
    ends.forEach(([place, address], at) => {
      ip('-n', place, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', `p${at}`, 'netns', hub);
      // Segments no longer than the wire's: without this they would cross the veth 64 KiB at a time.
      ip('-n', place, 'link', 'set', 'eth0', 'gso_max_segs', '1');
      ip('-n', place, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
      ip('-n', place, 'link', 'set', 'eth0', 'up');
      ip('-n', hub, 'link', 'set', `p${at}`, 'master', 'hub', 'up');
    });
    ip('link', 'add', this.mirror, 'type', 'veth', 'peer', 'name', 'span', 'netns', hub);
    ip('-n', hub, 'link', 'set', 'span', 'master', 'hub', 'up');
    quiet(this.mirror);
  }
}
