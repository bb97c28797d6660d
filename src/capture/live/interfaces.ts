import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { interfaceState, readCounter } from './interface-state.ts';

/** A network interface of this machine. */
export interface HostInterface {
  readonly name: string;
  readonly link: 'up' | 'down' | 'unknown';
  readonly ethernet: boolean;
  readonly loopback: boolean;
  readonly addresses: readonly string[];
  readonly mac?: string;
  readonly mtu?: number;
  readonly megabitsPerSecond?: number;
  /** Both directions, seen by the kernel over the look; absent where it does not say. */
  readonly packetsPerSecond?: number;
  readonly bitsPerSecond?: number;
}

const DEVICES = '/sys/class/net';

/** The interfaces in the kernel's order, and the traffic on them in so many seconds. Needs no permission. */
export async function listInterfaces(seconds: number): Promise<readonly HostInterface[]> {
  const known = networkInterfaces();
  const names = [...new Set([...devices(), ...Object.keys(known)])];
  const before = names.map(traffic);
  await delay(seconds * 1000);
  return names.map((name, at) => {
    const { link, ethernet } = interfaceState(name);
    const first = known[name]?.[0];
    const mac = first?.mac ?? readWord(name, 'address');
    const mtu = readCounter(name, 'mtu');
    const speed = readCounter(name, 'speed');
    const [then, now] = [before[at], traffic(name)];
    return {
      name,
      link: link === 'missing' ? 'unknown' : link,
      ethernet,
      loopback: first?.internal ?? name === 'lo',
      addresses: (known[name] ?? []).map(({ cidr, address }) => cidr ?? address),
      ...(mac !== undefined && mac !== '00:00:00:00:00:00' && { mac }),
      ...(mtu !== undefined && { mtu }),
      ...(speed !== undefined && speed > 0 && { megabitsPerSecond: speed }),
      ...(then !== undefined &&
        now !== undefined && {
          packetsPerSecond: Math.max(0, Math.round((now.packets - then.packets) / seconds)),
          bitsPerSecond: Math.max(0, Math.round(((now.bytes - then.bytes) * 8) / seconds)),
        }),
    };
  });
}

function devices(): readonly string[] {
  try {
    const index = (name: string) => readCounter(name, 'ifindex') ?? 0;
    return readdirSync(DEVICES)
      .filter((name) => readCounter(name, 'ifindex') !== undefined)
      .sort((a, b) => index(a) - index(b));
  } catch {
    return [];
  }
}

function traffic(name: string): { readonly packets: number; readonly bytes: number } | undefined {
  const [packetsIn, packetsOut, bytesIn, bytesOut] = ['rx_packets', 'tx_packets', 'rx_bytes', 'tx_bytes'].map(
    (counter) => readCounter(name, `statistics/${counter}`),
  );
  if (packetsIn === undefined || bytesIn === undefined) return undefined;
  return { packets: packetsIn + (packetsOut ?? 0), bytes: bytesIn + (bytesOut ?? 0) };
}

function readWord(name: string, file: string): string | undefined {
  try {
    const word = readFileSync(`${DEVICES}/${name}/${file}`, 'latin1').trim();
    return word === '' ? undefined : word;
  } catch {
    return undefined;
  }
}
