import { i32be, u8 } from '../../dissectors/core/bytes.ts';
import { Flow, type Side } from './flow.ts';
import type { StreamDirection } from './stream-direction.ts';

export interface FlowLimits {
  /** Flows held open at once; beyond it the longest silent of a sample is closed to make room. */
  readonly flows: number;
}

/** How many open flows are looked at to find one to evict: the oldest of these goes. */
const EVICTION_SAMPLE = 16;

/** The addressing of one packet, as the packet decoder leaves it. */
export interface Addressing {
  readonly bytes: Uint8Array;
  /** 4 or 16. */
  readonly addressLength: number;
  readonly sourceAt: number;
  readonly destinationAt: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Who is told of a flow's life. */
export interface FlowObserver {
  flowOpened(flow: Flow): void;
  /** Called once for each TCP direction, before its first bytes or gap, to set its consumer. */
  streamStarted(stream: StreamDirection): void;
  /** Called once for each flow, before it leaves the table. */
  flowClosing(flow: Flow): void;
}

/**
 * Finds the flow of a packet by an integer hash over its addresses and ports, the flow of the last packet
 * first. The hash is seeded, so that nobody can choose addresses that all fall into one bucket.
 */
export class FlowTable {
  /** The side that sent the packet last looked up. */
  side: Side = 0;
  evicted = 0;
  opened = 0;

  readonly #limits: FlowLimits;
  readonly #seed: number;
  readonly observer: FlowObserver;
  #buckets: (Flow | undefined)[] = new Array(1024).fill(undefined);
  #mask = 1023;
  readonly #open: Flow[] = [];
  #hand = 0;
  #last: Flow | undefined = undefined;

  // Words of the packet being looked up.
  #s0 = 0;
  #s1 = 0;
  #s2 = 0;
  #s3 = 0;
  #d0 = 0;
  #d1 = 0;
  #d2 = 0;
  #d3 = 0;

  constructor(limits: FlowLimits, seed: number, observer: FlowObserver) {
    this.#limits = limits;
    this.#seed = seed | 0;
    this.observer = observer;
  }

  get size(): number {
    return this.#open.length;
  }

  /** The flow of a packet, opened if it is new; `side` then tells who sent it. */
  find(packet: Addressing, protocol: number): Flow {
    const bytes = packet.bytes;
    const s = packet.sourceAt;
    const d = packet.destinationAt;
    const length = packet.addressLength;
    this.#s0 = i32be(bytes, s);
    this.#d0 = i32be(bytes, d);
    if (length === 16) {
      this.#s1 = i32be(bytes, s + 4);
      this.#s2 = i32be(bytes, s + 8);
      this.#s3 = i32be(bytes, s + 12);
      this.#d1 = i32be(bytes, d + 4);
      this.#d2 = i32be(bytes, d + 8);
      this.#d3 = i32be(bytes, d + 12);
    } else {
      this.#s1 = this.#s2 = this.#s3 = this.#d1 = this.#d2 = this.#d3 = 0;
    }
    const sourcePort = packet.sourcePort;
    const destinationPort = packet.destinationPort;
    const last = this.#last;
    if (last !== undefined && this.#matches(last, protocol, length, sourcePort, destinationPort)) return last;

    const hash = this.#hash(protocol, sourcePort, destinationPort);
    let flow = this.#buckets[hash & this.#mask];
    while (flow !== undefined) {
      if (this.#matches(flow, protocol, length, sourcePort, destinationPort)) {
        this.#last = flow;
        return flow;
      }
      flow = flow.next;
    }
    return this.#openFlow(packet, protocol, hash);
  }

  /** Closes `flow` and opens a new one for the same packet: its ports are used again. */
  reopen(flow: Flow, packet: Addressing): Flow {
    this.#remove(flow);
    return this.#openFlow(packet, flow.protocol, flow.hash);
  }

  /** Closes all flows, in order of their numbers. */
  closeAll(): void {
    const flows = this.#open.slice().sort((a, b) => a.number - b.number);
    for (const flow of flows) this.#remove(flow);
  }

  #matches(
    flow: Flow,
    protocol: number,
    length: number,
    sourcePort: number,
    destinationPort: number,
  ): boolean {
    if (flow.protocol !== protocol || flow.addressLength !== length) return false;
    if (
      flow.a0 === this.#s0 &&
      flow.b0 === this.#d0 &&
      flow.port0 === sourcePort &&
      flow.port1 === destinationPort &&
      (length === 4 ||
        (flow.a1 === this.#s1 &&
          flow.a2 === this.#s2 &&
          flow.a3 === this.#s3 &&
          flow.b1 === this.#d1 &&
          flow.b2 === this.#d2 &&
          flow.b3 === this.#d3))
    ) {
      this.side = 0;
      return true;
    }
    if (
      flow.a0 === this.#d0 &&
      flow.b0 === this.#s0 &&
      flow.port0 === destinationPort &&
      flow.port1 === sourcePort &&
      (length === 4 ||
        (flow.a1 === this.#d1 &&
          flow.a2 === this.#d2 &&
          flow.a3 === this.#d3 &&
          flow.b1 === this.#s1 &&
          flow.b2 === this.#s2 &&
          flow.b3 === this.#s3))
    ) {
      this.side = 1;
      return true;
    }
    return false;
  }

  /** Symmetric: both directions of a flow fall into one bucket. */
  #hash(protocol: number, sourcePort: number, destinationPort: number): number {
    const source = this.#mix(this.#s0, this.#s1, this.#s2, this.#s3, sourcePort);
    const destination = this.#mix(this.#d0, this.#d1, this.#d2, this.#d3, destinationPort);
    let h = (source + destination + protocol) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  }

  #mix(w0: number, w1: number, w2: number, w3: number, port: number): number {
    let h = this.#seed;
    h = Math.imul(h ^ w0, 0x9e3779b1);
    h = Math.imul(rotate(h, 15) ^ w1, 0x85ebca77);
    h = Math.imul(rotate(h, 13) ^ w2, 0xc2b2ae3d);
    h = Math.imul(rotate(h, 17) ^ w3, 0x27d4eb2f);
    h = Math.imul(rotate(h, 11) ^ port, 0x165667b1);
    return h ^ (h >>> 15);
  }

  #openFlow(packet: Addressing, protocol: number, hash: number): Flow {
    if (this.#open.length >= this.#limits.flows) this.#evict();
    const length = packet.addressLength;
    const addresses = new Uint8Array(2 * length);
    for (let i = 0; i < length; i++) {
      addresses[i] = u8(packet.bytes, packet.sourceAt + i);
      addresses[length + i] = u8(packet.bytes, packet.destinationAt + i);
    }
    this.opened += 1;
    const words = [this.#s0, this.#s1, this.#s2, this.#s3, this.#d0, this.#d1, this.#d2, this.#d3];
    const ports = [packet.sourcePort, packet.destinationPort] as const;
    const flow = new Flow(this.opened, protocol, addresses, ports, words, hash);
    if (this.#open.length > this.#mask) this.#grow();
    flow.place = this.#open.length;
    this.#open.push(flow);
    const bucket = hash & this.#mask;
    flow.next = this.#buckets[bucket];
    this.#buckets[bucket] = flow;
    this.#last = flow;
    this.side = 0;
    this.observer.flowOpened(flow);
    return flow;
  }

  #grow(): void {
    this.#mask = this.#mask * 2 + 1;
    this.#buckets = new Array(this.#mask + 1).fill(undefined);
    for (const flow of this.#open) {
      const bucket = flow.hash & this.#mask;
      flow.next = this.#buckets[bucket];
      this.#buckets[bucket] = flow;
    }
  }

  /** Makes room: of the next few flows under a moving hand, one that has closed, else the longest silent. */
  #evict(): void {
    let oldest: Flow | undefined;
    for (let i = 0; i < EVICTION_SAMPLE; i++) {
      this.#hand = (this.#hand + 1) % this.#open.length;
      const flow = this.#open[this.#hand];
      if (flow === undefined) continue;
      if (flow.closed) {
        oldest = flow;
        break;
      }
      if (oldest === undefined || flow.endSeconds < oldest.endSeconds) oldest = flow;
    }
    if (oldest === undefined) return;
    if (!oldest.closed) this.evicted += 1;
    this.#remove(oldest);
  }

  #remove(flow: Flow): void {
    this.observer.flowClosing(flow);
    const bucket = flow.hash & this.#mask;
    let before = this.#buckets[bucket];
    if (before === flow) {
      this.#buckets[bucket] = flow.next;
    } else {
      while (before !== undefined && before.next !== flow) before = before.next;
      if (before !== undefined) before.next = flow.next;
    }
    flow.next = undefined;
    const moved = this.#open.pop();
    if (moved !== undefined && moved !== flow) {
      this.#open[flow.place] = moved;
      moved.place = flow.place;
    }
    if (this.#last === flow) this.#last = undefined;
  }
}
