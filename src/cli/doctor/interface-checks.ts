import { readFileSync } from 'node:fs';
import { interfaceState, readCounter } from '../../capture/live/interface-state.ts';
import { formatCount, plural } from '../../report/format/table.ts';
import type { Check } from '../../report/records/host-records.ts';
import { type Family, installCommand } from './packages.ts';
import { runTool } from './run-tool.ts';
import { shellWord } from './shell-word.ts';

/** Offloads that hand several frames up as one, as `ethtool -k` and `-K` call them. */
const JOINING: readonly (readonly [feature: string, option: string])[] = [
  ['generic-receive-offload', 'gro'],
  ['large-receive-offload', 'lro'],
  ['rx-gro-hw', 'rx-gro-hw'],
  ['tcp-segmentation-offload', 'tso'],
  ['generic-segmentation-offload', 'gso'],
];
/** Those for what this machine sends itself; a mirror port only receives. */
const SENDING: ReadonlySet<string> = new Set(['tso', 'gso']);

/** How the interface and the kernel below it are set up for capturing. */
export async function interfaceChecks(name: string, family: Family | undefined): Promise<readonly Check[]> {
  const { link, ethernet } = interfaceState(name);
  const checks: Check[] = [linkCheck(name, link)];
  if (ethernet && link !== 'missing') {
    checks.push(await offloadCheck(name, family), ...(await ringCheck(name)), ...lossCheck(name));
  }
  return [...checks, ...backlogCheck(readSoftnet())];
}

function linkCheck(name: string, link: ReturnType<typeof interfaceState>['link']): Check {
  const check = 'interface/link';
  switch (link) {
    case 'up':
      return { check, status: 'ok', text: `${name} is up` };
    case 'down':
      return {
        check,
        status: 'error',
        text: `${name} is down`,
        command: `sudo ip link set ${shellWord(name)} up`,
      };
    case 'missing':
      return { check, status: 'error', text: `${name} is not there`, command: 'dvrscope interfaces' };
    case 'unknown':
      return { check, status: 'note', text: `${name}: the system does not say whether it is up` };
  }
}

async function offloadCheck(name: string, family: Family | undefined): Promise<Check> {
  const check = 'interface/offloads';
  const { text, failure } = await runTool('ethtool', ['-k', name]);
  if (failure !== undefined) {
    const command = failure === 'ENOENT' ? installCommand('ethtool', family) : undefined;
    const why = failure === 'ENOENT' ? 'ethtool is not installed' : `ethtool: ${failure}`;
    return {
      check,
      status: 'note',
      text: `whether offloads join frames is not known: ${why}`,
      ...(command !== undefined && { command }),
    };
  }
  return judgeOffloads(name, text);
}

/** Reads the output of `ethtool -k`: which offloads join frames before they are captured. */
export function judgeOffloads(name: string, text: string): Check {
  const check = 'interface/offloads';
  const on = JOINING.filter(([feature]) => new RegExp(`^\\s*${feature}: on`, 'm').test(text));
  const movable = on.filter(([feature]) => !new RegExp(`^\\s*${feature}: on \\[fixed\\]`, 'm').test(text));
  const received = on.filter(([, option]) => !SENDING.has(option));
  if (received.length === 0) {
    const sent = on.length === 0 ? '' : `; only what this machine sends itself is joined (${namesOf(on)})`;
    return { check, status: 'ok', text: `received frames come one by one${sent}` };
  }
  const options = movable.map(([, option]) => `${option} off`).join(' ');
  return {
    check,
    status: 'warning',
    text: `received frames are joined before they are captured (${namesOf(received)}): packets are not those of the wire`,
    ...(options !== '' && { command: `sudo ethtool -K ${shellWord(name)} ${options}` }),
  };
}

function namesOf(offloads: readonly (readonly [string, string])[]): string {
  return offloads.map(([, option]) => option.toUpperCase()).join(', ');
}

/** `ethtool -g`: the receive ring of the interface, which many drivers keep small. */
async function ringCheck(name: string): Promise<readonly Check[]> {
  const { text, failure } = await runTool('ethtool', ['-g', name]);
  return failure === undefined ? judgeRing(name, text) : [];
}

export function judgeRing(name: string, text: string): readonly Check[] {
  const [most, now] = [...text.matchAll(/^RX:\s+(\d+)/gm)].map(([, value]) => Number(value));
  if (most === undefined || now === undefined) return [];
  const check = 'interface/ring';
  if (now >= most)
    return [{ check, status: 'ok', text: `receive ring of ${formatCount(now)} frames, its largest` }];
  const room = `receive ring of ${formatCount(now)} frames; the interface has room for ${formatCount(most)}`;
  return [{ check, status: 'note', text: room, command: `sudo ethtool -G ${shellWord(name)} rx ${most}` }];
}

function lossCheck(name: string): readonly Check[] {
  const missed = readCounter(name, 'statistics/rx_missed_errors');
  if (missed === undefined) return [];
  const check = 'interface/losses';
  if (missed === 0) return [{ check, status: 'ok', text: 'the interface has lost nothing since it came up' }];
  const text = `the interface has lost ${plural(missed, 'frame')} for want of buffers since it came up`;
  return [{ check, status: 'warning', text }];
}

function readSoftnet(): string {
  try {
    return readFileSync('/proc/net/softnet_stat', 'latin1');
  } catch {
    return '';
  }
}

/**
 * The kernel's queue between interface and capture. /proc/net/softnet_stat has a line for each processor: packets seen,
 * then packets dropped because the queue was full, in hexadecimal.
 */
export function backlogCheck(softnet: string): readonly Check[] {
  const check = 'kernel/backlog';
  const lines = softnet.split('\n').filter((line) => line !== '');
  if (lines.length === 0) return [];
  const dropped = lines.reduce((sum, line) => sum + Number.parseInt(line.split(/\s+/)[1] ?? '0', 16), 0);
  if (dropped === 0)
    return [{ check, status: 'ok', text: 'the kernel has dropped nothing on its way to captures' }];
  const text = `the kernel has dropped ${plural(dropped, 'packet')} before any capture since it started: its queue is too short`;
  return [{ check, status: 'warning', text, command: 'sudo sysctl -w net.core.netdev_max_backlog=16384' }];
}
