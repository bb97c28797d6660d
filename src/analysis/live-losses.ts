import type { InterfaceStatistics, LiveEvent, LiveStatistics } from '../capture/live/engine.ts';
import { isPipe } from '../capture/live/interface-state.ts';

/** So long, in seconds, a packet may be on its way from the kernel to us: two of the blocks that it hands over (TPACKET_V3). */
const IN_FLIGHT_SECONDS = 2;

/** Who is told, as the listener of an analysis is. */
export interface LossListener {
  dropped(from: number, to: number): void;
  settled(until: number): void;
}

/** One count of what was lost, as it was last read, and when nothing was unknown of it. */
class Counter {
  #count = 0;
  #since = Number.NEGATIVE_INFINITY;

  /** When the loss began that shows since the last time; undefined where there is none. `at`: what that would be next time. */
  take(count: number | undefined, known: boolean, at: number): number | undefined {
    const since = (count ?? 0) > this.#count ? this.#since : undefined;
    this.#count = Math.max(this.#count, count ?? 0);
    if (known) this.#since = at;
    return since;
  }
}

/** What one interface has lost. */
class InterfaceLosses {
  readonly #kernel = new Counter();
  readonly #device = new Counter();
  readonly #own = new Counter();

  /** When the loss began that shows since the last time; Infinity where there is none. */
  take(one: InterfaceStatistics, handed: number, now: number): number {
    const { unknown, kernelDropped, interfaceDropped, ownDropped } = one;
    // What a pipe says of its writer's losses stands among its packets: there it is told with their times.
    const pipe = isPipe(one.interface);
    const began = [
      pipe ? undefined : this.#kernel.take(kernelDropped, !unknown.includes('kernelDropped'), now),
      pipe ? undefined : this.#device.take(interfaceDropped, !unknown.includes('interfaceDropped'), now),
      // What we throw away is the oldest of what waits behind the last packet that was handed on.
      this.#own.take(ownDropped, true, handed),
    ];
    return Math.min(...began.map((time) => time ?? Number.POSITIVE_INFINITY));
  }
}

/** Finds out when a live capture lost packets: its engines tell only how many they have lost so far. */
export class LiveLosses {
  readonly #listener: LossListener;
  readonly #interfaces = new Map<string, InterfaceLosses>();
  /** Interfaces of which nothing comes at present. */
  readonly #deaf = new Set<string>();
  /** Nothing came from an interface since the last reading, or in a part of that time. */
  #wasDeaf = false;
  /** Losses were noted among the packets since then. */
  #noted = false;
  #last = Number.NEGATIVE_INFINITY;

  constructor(listener: LossListener) {
    this.#listener = listener;
  }

  /** What is sent while an interface is not captured is lost. */
  event(event: LiveEvent): void {
    if (event.kind === 'started') {
      this.#deaf.delete(event.interface);
    } else {
      this.#deaf.add(event.interface);
      this.#wasDeaf = true;
    }
  }

  /** Among the packets stands that others were lost between these capture times. */
  noted(from: number, to: number): void {
    this.#noted = true;
    this.#listener.dropped(from, to);
  }

  /**
   * Takes the counts as they are `now`; `handed` is the time of the last packet that was handed on: capture times, in seconds.
   * Answers whether anything was lost since the last time.
   */
  take({ interfaces }: LiveStatistics, handed: number, now: number): boolean {
    let began = Number.POSITIVE_INFINITY;
    for (const one of interfaces) {
      began = Math.min(began, this.#of(one.interface).take(one, handed, now));
    }
    if (this.#wasDeaf) began = Math.min(began, this.#last);
    const counted = began !== Number.POSITIVE_INFINITY;
    const lost = counted || this.#noted;
    if (counted) this.#listener.dropped(began, now + IN_FLIGHT_SECONDS);
    else if (interfaces.every(isKnown)) this.#listener.settled(now);
    this.#last = now;
    this.#wasDeaf = this.#deaf.size > 0;
    this.#noted = false;
    return lost;
  }

  #of(name: string): InterfaceLosses {
    let losses = this.#interfaces.get(name);
    if (losses === undefined) {
      losses = new InterfaceLosses();
      this.#interfaces.set(name, losses);
    }
    return losses;
  }
}

/** All that it may have lost so far is counted. */
function isKnown({ interface: name, unknown }: InterfaceStatistics): boolean {
  return !isPipe(name) && !unknown.includes('kernelDropped') && !unknown.includes('interfaceDropped');
}
