import { i32be, u8 } from '../../dissectors/core/bytes.ts';
import { Flow, type GapCause, PROTOCOL_UDP, type Side } from './flow.ts';
import { KeyedHash } from './keyed-hash.ts';
import type { StreamDirection } from './stream-direction.ts';

const RECENT_BITS = 10;
const RECENT_SHIFT = 32 - RECENT_BITS;

export interface FlowLimits {
  /** Flows held open at once; beyond it the longest silent of a sample is closed to make room. */
  readonly flows: number;
}

/** Seconds of silence, of capture time, after which {@link FlowTable.closeSilent} closes a flow. */
export interface SilenceLimits {
  /** Both sides have closed it, or one has reset it: what comes late is still taken for its own. */
  readonly closed: number;
  /** UDP, and connections that have carried nothing. */
  readonly idle: number;
  /** Connections that have carried something. */
  readonly open: number;
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

/** Who is told of a flow's life. */
export interface FlowObserver {
  flowOpened(flow: Flow): void;
  /** Called once for each TCP direction, before its first bytes or gap, to set its consumer. */
  streamStarted(stream: StreamDirection): void;
  /** Bytes of a TCP direction will never come; told before its consumer is. */
  gapFound?(stream: StreamDirection, length: number, cause: GapCause): void;
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
  /** Closed because nothing came any more, though neither side had closed them. */
  silenced = 0;
  opened = 0;

  readonly #limits: FlowLimits;
  readonly #seed: number;
  readonly #keyed = new KeyedHash();
  readonly observer: FlowObserver;
  #buckets: (Flow | undefined)[] = new Array(1024).fill(undefined);
  #mask = 1023;
  readonly #open: Flow[] = [];
  #hand = 0;
  #last: Flow | undefined = undefined;
  /**
   * The flow seen last in each slot: as long as few flows fall together, no packet costs a hash. Who makes them fall
   * together makes us compute it, and that one he cannot foresee.
   */
  readonly #recent: (Flow | undefined)[] = new Array<Flow | undefined>(1 << RECENT_BITS).fill(undefined);

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
    const slot = slotOf(this.#s0 ^ this.#d0, sourcePort ^ destinationPort);
    const recent = this.#recent[slot];
    if (recent !== undefined && this.#matches(recent, protocol, length, sourcePort, destinationPort)) {
      this.#last = recent;
      return recent;
    }

    const hash = this.#hash(protocol, length, sourcePort, destinationPort);
    let flow = this.#buckets[hash & this.#mask];
    while (flow !== undefined) {
      if (this.#matches(flow, protocol, length, sourcePort, destinationPort)) {
        this.#last = flow;
        this.#recent[slot] = flow;
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

  /** A capture without an end: closes the flows that have long been silent at `now`, seconds of capture time. */
  closeSilent(now: number, limits: SilenceLimits): void {
    // Backwards: a flow that leaves is replaced by the last.
    for (let place = this.#open.length - 1; place >= 0; place--) {
      const flow = this.#open[place];
      if (flow === undefined || now - flow.endSeconds <= patienceWith(flow, limits)) continue;
      if (!flow.closed) this.silenced += 1;
      this.#remove(flow);
    }
  }

  /** The limit has become lower. */
  trim(): void {
    while (this.#open.length > this.#limits.flows) this.#evict();
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

  /** Symmetric: both directions of a flow fall into one bucket, as the lower end comes first. */
  #hash(protocol: number, length: number, sourcePort: number, destinationPort: number): number {
    const hash = this.#keyed;
    hash.begin(this.#seed, protocol);
    if (this.#isSourceFirst(sourcePort, destinationPort)) {
      hash.add(this.#s0);
      hash.add(this.#d0);
      hash.add((sourcePort << 16) | destinationPort);
    } else {
      hash.add(this.#d0);
      hash.add(this.#s0);
      hash.add((destinationPort << 16) | sourcePort);
    }
    if (length === 16) this.#addRest(this.#isSourceFirst(sourcePort, destinationPort));
    return hash.end();
  }

  #addRest(sourceFirst: boolean): void {
    const hash = this.#keyed;
    if (sourceFirst) {
      hash.add(this.#s1);
      hash.add(this.#s2);
      hash.add(this.#s3);
    }
    hash.add(this.#d1);
    hash.add(this.#d2);
    hash.add(this.#d3);
    if (sourceFirst) return;
    hash.add(this.#s1);
    hash.add(this.#s2);
    hash.add(this.#s3);
  }

  #isSourceFirst(sourcePort: number, destinationPort: number): boolean {
    if (this.#s0 !== this.#d0) return this.#s0 < this.#d0;
    if (this.#s1 !== this.#d1) return this.#s1 < this.#d1;
    if (this.#s2 !== this.#d2) return this.#s2 < this.#d2;
    if (this.#s3 !== this.#d3) return this.#s3 < this.#d3;
    return sourcePort <= destinationPort;
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
    const slot = slotOf(flow.a0 ^ flow.b0, flow.port0 ^ flow.port1);
    if (this.#recent[slot] === flow) this.#recent[slot] = undefined;
  }
}

/** Where a flow is looked for before its hash is computed; the same for both directions. */
function slotOf(addresses: number, ports: number): number {
  const mixed = Math.imul(addresses ^ (ports << 8), 0x9e37_79b1);
  return mixed >>> RECENT_SHIFT;
}

function patienceWith(flow: Flow, limits: SilenceLimits): number {
  if (flow.closed) return limits.closed;
  const [a, b] = flow.streams;
  const carried = a.bytes + b.bytes > 0;
  return flow.protocol === PROTOCOL_UDP || !carried ? limits.idle : limits.open;
}
