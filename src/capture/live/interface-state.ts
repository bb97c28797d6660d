import { readFileSync } from 'node:fs';
import { NAME_CHARACTERS } from './limits.ts';

/** What the kernel says of an interface. */
export interface InterfaceState {
  /** `unknown`: names that are no device (any, an index), and systems without /sys. */
  readonly link: 'up' | 'down' | 'missing' | 'unknown';
  /** Frames begin with an Ethernet header: ARPHRD_ETHER, and the loopback interface, which imitates it. */
  readonly ethernet: boolean;
}

const DEVICES = '/sys/class/net';
const IFF_UP = 1;
const ARPHRD_ETHER = 1;
const ARPHRD_LOOPBACK = 772;

/** Where libpcap finds ps_ifdrop on Linux: lost for want of buffers in the interface. */
const LOSSES = ['rx_missed_errors', 'rx_fifo_errors'];

/** Reads a number from a file of /sys, decimal or hexadecimal. */
export function readCounter(device: string, file: string): number | undefined {
  try {
    const value = Number(readFileSync(`${DEVICES}/${device}/${file}`, 'latin1').trim());
    return Number.isFinite(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a name may be handed to an engine: one word, no option, no path, no remote address. */
export function isInterfaceName(name: string): boolean {
  return (
    name.length <= NAME_CHARACTERS && /^[^-\s/\p{C}][^\s/\p{C}]*$/u.test(name) && !name.startsWith('TCP@')
  );
}

/** Names that stand for a capture that comes through a pipe. */
export function isPipe(name: string): boolean {
  return name === '-' || name.includes('/');
}

export function interfaceState(name: string): InterfaceState {
  // /sys speaks of the present network namespace only, and `any` or a number is no device of it.
  const known = readCounter('lo', 'ifindex') !== undefined && name !== 'any' && !/^\d+$/.test(name);
  if (!known || !isInterfaceName(name)) return { link: 'unknown', ethernet: false };
  const flags = readCounter(name, 'flags');
  if (flags === undefined) return { link: 'missing', ethernet: false };
  const type = readCounter(name, 'type');
  const ethernet = type === ARPHRD_ETHER || type === ARPHRD_LOOPBACK;
  return { link: (flags & IFF_UP) !== 0 ? 'up' : 'down', ethernet };
}

/** Packets lost in the interface since a moment; a device that comes anew counts from zero again. */
export class InterfaceDrops {
  readonly #name: string;
  #last: number | undefined;
  #sum: number | undefined;

  constructor(name: string) {
    this.#name = name;
    this.#last = this.#read();
    this.#sum = this.#last === undefined ? undefined : 0;
  }

  /** The sum so far; undefined where the system does not say. */
  take(): number | undefined {
    const now = this.#read();
    if (now === undefined) return this.#sum;
    const last = this.#last ?? now;
    this.#sum = (this.#sum ?? 0) + (now >= last ? now - last : now);
    this.#last = now;
    return this.#sum;
  }

  #read(): number | undefined {
    let sum: number | undefined;
    for (const file of LOSSES) {
      const value = readCounter(this.#name, `statistics/${file}`);
      if (value !== undefined) sum = (sum ?? 0) + value;
    }
    return sum;
  }
}
