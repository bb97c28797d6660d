import { PacketDecoder, TCP } from '../../dissectors/packet-decoder.ts';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { CaptureTime } from '../../src/reassembly/capture-time.ts';
import type { Flow, Side, StreamConsumer } from '../../src/reassembly/flow.ts';
import { FlowTable } from '../../src/reassembly/flow-table.ts';
import type { ReassemblyLimits } from '../../src/reassembly/reassembly-limits.ts';
import type { StreamDirection } from '../../src/reassembly/stream-direction.ts';
import { TcpReassembly } from '../../src/reassembly/tcp-reassembly.ts';
import { PacketFeed } from '../support/packet-feed.ts';
import { ACK, type Endpoint, writeSegment } from '../support/tcp-writer.ts';

export const CLIENT: Endpoint = { address: '10.0.0.1', port: 40_000 };
export const DEVICE: Endpoint = { address: '10.0.0.2', port: 34_567 };

export interface SentSegment {
  /** 0: client to device, 1: back; 0 unless given. */
  readonly side?: Side;
  readonly sequence: number;
  readonly acknowledgement?: number;
  /** ACK unless given. */
  readonly flags?: number;
  readonly data?: string | Uint8Array;
  readonly seconds?: number;
  readonly nanoseconds?: number;
  /** Bytes that the snap length cut off the end. */
  readonly cut?: number;
  readonly client?: Endpoint;
}

/** What came out of one direction, in words: data as text, `<n cause>` for a gap, `.` for the end. */
export interface Heard {
  readonly flow: number;
  readonly from: 'client' | 'device';
  text: string;
  /** Packet number and capture time of each run of bytes. */
  readonly runs: { readonly packet: number; readonly seconds: number }[];
}

/** A flow table and a reassembly that hear segments and tell what they made of them. */
export class TcpHarness {
  readonly heard: Heard[] = [];
  readonly closed: Flow[] = [];
  readonly table: FlowTable;
  readonly reassembly: TcpReassembly;
  readonly #time = new CaptureTime();
  readonly #decoder = new PacketDecoder(DEFAULT_LIMITS.packets);
  readonly #feed: PacketFeed;
  #last: Flow | undefined = undefined;

  constructor(limits: Partial<ReassemblyLimits> = {}, flows = 1000) {
    this.table = new FlowTable({ flows }, 1, {
      flowOpened: () => undefined,
      streamStarted: (stream) => {
        stream.consumer = this.#listen(stream.flow, stream.side);
      },
      flowClosing: (flow) => {
        this.reassembly.close(flow);
        this.closed.push(flow);
      },
    });
    this.reassembly = new TcpReassembly(this.table, { ...DEFAULT_LIMITS.reassembly, ...limits }, this.#time);
    this.#feed = new PacketFeed((packet) => {
      this.#time.set(packet.seconds, packet.nanoseconds);
      if (this.#decoder.decode(packet) !== TCP) throw new Error('the harness writes TCP only');
      this.#last = this.reassembly.push(this.#decoder, packet);
    });
  }

  send(...segments: readonly SentSegment[]): this {
    for (const segment of segments) {
      const { side = 0, data = '', cut = 0, client = CLIENT, seconds = 0, nanoseconds = 0 } = segment;
      const { sequence, acknowledgement = 0, flags = ACK } = segment;
      const payload = typeof data === 'string' ? Buffer.from(data) : data;
      const [from, to] = side === 0 ? [client, DEVICE] : [DEVICE, client];
      const frame = writeSegment({ from, to, sequence, acknowledgement, flags, payload });
      const bytes = frame.subarray(0, frame.length - cut);
      this.#feed.push({ bytes, seconds, nanoseconds, wireLength: frame.length });
    }
    return this;
  }

  end(): this {
    this.table.closeAll();
    return this;
  }

  /** What a direction said so far. */
  text(from: 'client' | 'device' = 'client', flow = 1): string {
    return this.heard.find((h) => h.flow === flow && h.from === from)?.text ?? '';
  }

  /** A direction of the flow that the last segment belonged to. */
  stream(side: Side): StreamDirection {
    if (this.#last === undefined) throw new Error('nothing was sent');
    return this.#last.streams[side];
  }

  /** The flow with the number, once it has closed. */
  flow(number = 1): Flow {
    const flow = this.closed.find((f) => f.number === number);
    if (flow === undefined) throw new Error(`flow ${number} has not closed`);
    return flow;
  }

  #listen(flow: Flow, side: Side): StreamConsumer {
    const heard: Heard = {
      flow: flow.number,
      from: flow.port(side) === DEVICE.port ? 'device' : 'client',
      text: '',
      runs: [],
    };
    this.heard.push(heard);
    return {
      data: (bytes, start, end, packet) => {
        heard.text += Buffer.from(bytes.subarray(start, end)).toString('latin1');
        heard.runs.push({ packet, seconds: this.#time.seconds });
      },
      gap: (length, cause) => {
        heard.text += `<${length} ${cause}>`;
      },
      end: () => {
        heard.text += '.';
      },
    };
  }
}
