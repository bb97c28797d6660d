import type { Packet } from '../../dissectors/core/packet.ts';

/** Why a capture could not be read, or not to its end. */
export interface CaptureError {
  readonly code:
    | 'not-found'
    | 'unreadable'
    | 'directory'
    | 'empty'
    | 'not-a-capture'
    | 'truncated'
    | 'corrupt'
    | 'unsupported-compression'
    | 'decompression';
  /** One line: the file, the place and what was expected there. */
  readonly message: string;
  /** Where the record or block begins that could not be read; a byte offset in the capture after decompression. */
  readonly offset: number;
}

/** One capture interface; a pcap file has exactly one. */
export interface CaptureInterface {
  /** pcapng section, from 0. */
  readonly section: number;
  /** Number in its section, from 0. */
  readonly id: number;
  readonly name?: string;
  readonly description?: string;
  /** LINKTYPE_ number. */
  readonly linkType: number;
  /** Bytes kept of each packet; absent where nothing was cut on purpose. */
  readonly snapLength?: number;
  /** Bytes of frame check sequence at the end of each packet, where the file says so. */
  readonly fcsLength?: number;
  /** Packets seen by the interface (isb_ifrecv). */
  readonly received?: number;
  /** `interfaceDropped` and `kernelDropped` together. */
  readonly dropped?: number;
  /** Packets lost in the interface for want of resources (isb_ifdrop). */
  readonly interfaceDropped?: number;
  /** Packets lost in the operating system (isb_osdrop). */
  readonly kernelDropped?: number;
  /** Sum of the losses noted in the packet blocks themselves (epb_dropcount, drops count of the old packet block). */
  readonly droppedBetween?: number;
}

/** What became of one capture file. */
export interface CaptureFile {
  /** As given; `-` is standard input. */
  readonly path: string;
  readonly format: 'pcap' | 'pcapng' | 'unknown';
  readonly compression?: 'gzip' | 'zstd';
  /** Bytes read, before decompression. */
  readonly bytes: number;
  /** Packets handed over. Their numbers may leave out some: see `Packet.number` and `RecordParser.otherRecords`. */
  readonly packets: number;
  readonly interfaces: readonly CaptureInterface[];
  readonly error?: CaptureError;
}

/** Who takes the packets. */
export interface CaptureSink {
  /** Called synchronously once per record with the one reused view. */
  packet(packet: Packet): void;
  /**
   * The capture says that packets were lost between these times, in seconds: told as soon as it says so, which may be long
   * after.
   */
  dropped?(from: number, to: number): void;
  /** Called between two chunks; when it answers a promise the reader waits for it. */
  drained(): Promise<void> | undefined;
}
