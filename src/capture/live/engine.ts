import type { CaptureFile, CaptureSink } from '../capture-file.ts';
import { CAPTURE_LIMITS, type CaptureLimits } from '../limits.ts';
import { LIVE_LIMITS, type LiveLimits } from './limits.ts';

/**
 * How packets come in live. `pipe` is any command's capture on standard input or in a FIFO; the others are child
 * processes of ours, one for each interface, so that an interface that goes down takes no other with it.
 */
export const ENGINE_NAMES = ['dumpcap', 'tcpdump', 'cap', 'pipe'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];

export interface LiveOptions {
  /** Interface names, at least one; `-` is standard input, and what holds a `/` a FIFO: both are read as captures. */
  readonly interfaces: readonly string[];
  /** pcap-filter(7) expression; empty: every packet; absent: that of `ports` (capture-filter.ts). */
  readonly filter?: string;
  /** Ports where DVRIP is expected, its own included (DVRIP_PORTS); used where `filter` is absent. */
  readonly ports: readonly number[];
  /** The kernel's buffer of each interface, in MiB. */
  readonly bufferMiB: number;
  /** Bytes kept of each packet. */
  readonly snapLength: number;
  readonly promiscuous: boolean;
  /** Stop after this many packets, all interfaces together. */
  readonly maxPackets?: number;
  readonly limits?: EngineLimits;
}

/** What may wait on its way from the engines, and what is believed of what comes. */
export interface EngineLimits {
  readonly live: LiveLimits;
  readonly capture: CaptureLimits;
}

export const ENGINE_LIMITS: EngineLimits = { live: LIVE_LIMITS, capture: CAPTURE_LIMITS };

/**
 * What is taken unless the user says otherwise. The engines' own buffer of 2 MiB is a hundredth of a second at a gigabit a
 * second; 128 MiB are a second, which is what V8 may need to compile us where the traffic is there from the beginning.
 */
export const DEFAULT_CAPTURE = { bufferMiB: 128, snapLength: 262_144, promiscuous: true } as const;

/** What went wrong with one interface. */
export interface LiveProblem {
  readonly code:
    | 'engine-missing'
    | 'not-permitted'
    | 'no-such-interface'
    | 'interface-down'
    | 'bad-filter'
    | 'unsupported'
    | 'engine-died'
    | 'damaged';
  readonly interface: string;
  readonly engine: EngineName;
  /** One safe line: what happened, with the engine's own words where it left any, and what mends it where that is known. */
  readonly message: string;
}

/** What happens beside packets. */
export type LiveEvent =
  /** Packets of the interface are being captured, for the first time or again. */
  | { readonly kind: 'started'; readonly interface: string; readonly again: boolean }
  /**
   * They no longer are, for a reason not told before; it goes on, or is tried again for ever, later each time, until they
   * are. What the engine had captured is handed over.
   */
  | { readonly kind: 'lost'; readonly interface: string; readonly problem: LiveProblem }
  /** They never were, or a pipe makes no sense; that is not tried again. Other interfaces go on. */
  | { readonly kind: 'given-up'; readonly interface: string; readonly problem: LiveProblem };

/** Takes the packets as from files ({@link CaptureSink}); `Packet.file` counts the interfaces as they were asked for. */
export interface LiveSink extends CaptureSink {
  event(event: LiveEvent): void;
}

/**
 * What is not known, or not yet: there may be more drops than are told (dumpcap tells them when it ends, cap never).
 * `kernelTime`: packets bear the time of their arrival in our process.
 */
export type Unknown = 'kernelDropped' | 'interfaceDropped' | 'kernelTime';

export interface InterfaceStatistics {
  readonly interface: string;
  /** `waiting`: for the interface, or for the next attempt. */
  readonly state: 'starting' | 'capturing' | 'waiting' | 'ended';
  /** Packets that the engine delivered, `ownDropped` included. */
  readonly received: number;
  /** Lost in the kernel because its buffer was full, as far as is known; absent where nothing is. */
  readonly kernelDropped?: number;
  /** Lost in the interface; absent where it is not known. */
  readonly interfaceDropped?: number;
  readonly unknown: readonly Unknown[];
  /** Thrown away by us because the sink did not keep up ({@link CaptureSink.drained}) and the queue was full. */
  readonly ownDropped: number;
  /** Times that the engine was started again, in vain or not. */
  readonly restarts: number;
}

/** Counts since the start, restarts included. */
export interface LiveStatistics {
  readonly received: number;
  /** What is known of all interfaces together. */
  readonly kernelDropped?: number;
  readonly interfaceDropped?: number;
  readonly ownDropped: number;
  /** Bytes that wait for the sink. */
  readonly queuedBytes: number;
  readonly restarts: number;
  /** What is not known of one interface or more. */
  readonly unknown: readonly Unknown[];
  readonly interfaces: readonly InterfaceStatistics[];
}

/** Why a live capture ended. */
export interface LiveEnd {
  /** `input-ended`: the command that wrote the pipe is done. `failed`: no interface is left, or none could be opened. */
  readonly reason: 'stopped' | 'count' | 'input-ended' | 'failed';
  /** What was given up, one for each interface concerned. */
  readonly problems: readonly LiveProblem[];
}

/** A capture under way ({@link startLive}). */
export interface LiveCapture {
  readonly engine: EngineName;
  /** One entry for each interface, in the order asked for; `error` of a pipe that was no capture, or a damaged one. */
  files(): readonly CaptureFile[];
  /** Asks the engines for their counts; a cheap call, but not one for each packet. */
  statistics(): Promise<LiveStatistics>;
  /** Ends in order: what the engines still hold comes first, up to two seconds' worth, then `ended` resolves. */
  stop(): void;
  /** Ends the children at once, for the moment before the process exits. */
  kill(): void;
  /** Resolves once, after the last packet was handed over; rejects only with what the sink threw. */
  readonly ended: Promise<LiveEnd>;
}
