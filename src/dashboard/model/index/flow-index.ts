import { Oldest } from '../../../../dissectors/core/oldest.ts';
import { Flow } from '../../../reassembly/flow.ts';
import { flowRecord } from '../../../report/records/flow-record.ts';
import type { FlowRecord } from '../../../report/records/schemas.ts';
import { BitRateSeries } from '../../../session/bit-rate-series.ts';
import type { DvripFlow } from '../../../session/dvrip-flow.ts';
import { MODEL_LIMITS } from '../limits.ts';

const NO_WORDS = [0, 0, 0, 0, 0, 0, 0, 0];

/** What is remembered of a flow. */
export class FlowEntry {
  /** As it is seen while it is open; after its end, what it was. */
  flow: Flow | undefined;
  ended: FlowRecord | undefined = undefined;
  /** How it stood when it was over. */
  state: 'open' | 'closed' | 'reset' = 'open';
  /** Its ends alone, for messages that outlive it; made with its first message. */
  ends: Flow | undefined = undefined;
  /** Bytes of its messages over time, from its first message on. */
  activity: BitRateSeries | undefined = undefined;
  startSeconds: number;
  startNanoseconds: number;
  endSeconds: number;
  endNanoseconds: number;
  activityStart = 0;
  /** Rank of the gravest finding. */
  worst = 0;

  constructor(flow: Flow) {
    this.flow = flow;
    this.startSeconds = this.endSeconds = flow.startSeconds;
    this.startNanoseconds = this.endNanoseconds = flow.startNanoseconds;
  }
}

/**
 * The flows that have carried bytes or have ended, by number; of too many, those that ended first make room, and of them
 * those without messages before others.
 */
export class FlowIndex {
  /** Flows that made room, or found none. */
  left = 0;
  readonly #most: number;
  readonly #activityPoints: number;
  readonly #entries = new Map<number, FlowEntry>();
  /** Those that have ended, in that order: without messages, and with some. */
  readonly #mute = new Set<number>();
  readonly #spoken = new Set<number>();
  readonly #oldestMute = new Oldest(() => this.#mute.values());
  readonly #oldestSpoken = new Oldest(() => this.#spoken.values());
  #numbers: Uint32Array | undefined = undefined;

  /**
   * @param most flows remembered
   * @param activityPoints of each
   */
  constructor(most: number, activityPoints = MODEL_LIMITS.activityPoints) {
    this.#most = most;
    this.#activityPoints = activityPoints;
  }

  get(number: number): FlowEntry | undefined {
    return this.#entries.get(number);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Numbers of all flows, in ascending order. */
  numbers(): Uint32Array {
    // Flows are seen with their first payload, numbered with their first packet.
    this.#numbers ??= Uint32Array.from(this.#entries.keys()).sort();
    return this.#numbers;
  }

  /** The flows that have not ended. */
  *unended(): Iterable<Flow> {
    for (const { flow } of this.#entries.values()) if (flow !== undefined) yield flow;
  }

  /** The entry of a flow, made when it is first seen; undefined where there is no room for it. */
  open(flow: Flow): FlowEntry | undefined {
    const known = this.#entries.get(flow.number);
    if (known !== undefined) return known;
    if (this.#entries.size >= this.#most && !this.#makeRoom()) return undefined;
    const entry = new FlowEntry(flow);
    this.#entries.set(flow.number, entry);
    this.#numbers = undefined;
    return entry;
  }

  /** A flow carried a message of `bytes`. */
  carried(entry: FlowEntry, flow: Flow, seconds: number, bytes: number): void {
    if (entry.ends === undefined) {
      const addresses = Uint8Array.from(flow.addresses);
      entry.ends = new Flow(flow.number, flow.protocol, addresses, [flow.port0, flow.port1], NO_WORDS, 0);
      entry.activity = new BitRateSeries(this.#activityPoints);
      entry.activityStart = seconds;
    }
    entry.activity?.add(seconds - entry.activityStart, bytes);
  }

  flowEnded(flow: Flow, dvrip: DvripFlow | undefined): void {
    const entry = this.open(flow);
    if (entry === undefined) return;
    entry.ended = flowRecord(flow, dvrip);
    entry.state = flow.reset ? 'reset' : flow.closed ? 'closed' : 'open';
    entry.startSeconds = flow.startSeconds;
    entry.startNanoseconds = flow.startNanoseconds;
    entry.endSeconds = flow.endSeconds;
    entry.endNanoseconds = flow.endNanoseconds;
    // The flow holds on to its readers and what they gathered.
    entry.flow = undefined;
    (entry.ends === undefined ? this.#mute : this.#spoken).add(flow.number);
  }

  #makeRoom(): boolean {
    this.left += 1;
    const chosen = this.#oldestMute.take() ?? this.#oldestSpoken.take();
    if (chosen === undefined) return false;
    this.#mute.delete(chosen);
    this.#spoken.delete(chosen);
    this.#entries.delete(chosen);
    this.#numbers = undefined;
    return true;
  }
}
