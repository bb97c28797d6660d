import type { Finding } from '../../dissectors/core/finding.ts';
import type { Packet } from '../../dissectors/core/packet.ts';
import { PacketDecoder, TCP, UDP } from '../../dissectors/packet-decoder.ts';
import type { Dialect } from '../../schemas/registry.ts';
import { CaptureTime } from '../reassembly/capture-time.ts';
import type { Flow, GapCause, Side, StreamConsumer } from '../reassembly/flow.ts';
import { PROTOCOL_UDP } from '../reassembly/flow.ts';
import { FlowTable } from '../reassembly/flow-table.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';
import { TcpReassembly } from '../reassembly/tcp-reassembly.ts';
import { Conversations } from '../session/conversations.ts';
import type { DvripFlow } from '../session/dvrip-flow.ts';
import type { Asked } from '../session/exchanges.ts';
import type { MediaStream } from '../session/media-stream.ts';
import type { MediaTap } from '../session/media-tap.ts';
import type { Message } from '../session/message.ts';
import type { Session } from '../session/session.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';

/** The ports of DVRIP: control and media on TCP, discovery on UDP. */
export const DVRIP_PORTS: readonly number[] = [34567, 34568, 34569];

export interface AnalysisOptions {
  /** `auto`, the default: each flow shows its own. */
  readonly dialect?: Dialect | 'auto';
  /** CommunicateKey of encrypted sessions, 16 bytes. */
  readonly key?: Uint8Array;
  /** Ports where DVRIP is expected, beside {@link DVRIP_PORTS}. */
  readonly ports?: readonly number[];
  readonly limits?: Limits;
  /** Seeds the flow table's hash; an unguessable one where the traffic may be hostile. */
  readonly seed?: number;
  /** How much of each media body a message shows; 0, the default, shows none. */
  readonly keptMediaBytes?: number;
  /** Sees the payload of each media stream: extraction. */
  readonly mediaTap?: MediaTap;
  /** Sees the bytes of each direction beside the protocol reader: digests, followed streams. */
  readonly tap?: (stream: StreamDirection) => StreamConsumer | undefined;
}

/** Who is told. All views and objects are good during the call; flows until they have ended. */
export interface AnalysisListener {
  message?(message: Message): void;
  streamFinding?(dvrip: DvripFlow, side: Side, finding: Finding): void;
  /** Bytes of a direction were never captured; `seconds`: capture time of what came behind them. */
  gap?(stream: StreamDirection, length: number, cause: GapCause, seconds: number): void;
  /** Its flow has ended, and this request got no answer; told before `flowEnded`. */
  unanswered?(dvrip: DvripFlow, request: Asked): void;
  /** Nothing more will come of a media stream. */
  mediaStreamEnded?(stream: MediaStream): void;
  /** The session is over, or no connection carries it any more; should one do so again, it goes on untold. */
  sessionEnded?(session: Session): void;
  /** More sessions than are kept: this one, which has ended, will not be found any more. */
  sessionLetGo?(session: Session, streams: readonly MediaStream[]): void;
  /** Packets were dropped between these capture times, in seconds, before they reached the analysis. */
  dropped?(from: number, to: number): void;
  /** No others were dropped before this capture time, in seconds. */
  settled?(until: number): void;
  /** Nothing more will come of the flow. `dvrip` is there when it carried anything to look at. */
  flowEnded?(flow: Flow, dvrip: DvripFlow | undefined): void;
}

/** Hands the bytes of a direction to two readers. */
class Tee implements StreamConsumer {
  readonly #first: StreamConsumer;
  readonly #second: StreamConsumer;

  constructor(first: StreamConsumer, second: StreamConsumer) {
    this.#first = first;
    this.#second = second;
  }

  data(bytes: Uint8Array, start: number, end: number, packet: number): void {
    this.#first.data(bytes, start, end, packet);
    this.#second.data(bytes, start, end, packet);
  }

  gap(...gap: Parameters<StreamConsumer['gap']>): void {
    this.#first.gap(...gap);
    this.#second.gap(...gap);
  }

  end(): void {
    this.#first.end();
    this.#second.end();
  }
}

/** The whole data path, in reading order. Pure: a file, a live engine and a test all push packets into it. */
export class Analysis {
  readonly decoder: PacketDecoder;
  readonly flows: FlowTable;
  readonly reassembly: TcpReassembly;
  readonly conversations: Conversations;
  packets = 0;
  /** Bytes on the wire. */
  bytes = 0;
  tcpFlows = 0;
  udpFlows = 0;

  readonly #listener: AnalysisListener;
  readonly #tap: AnalysisOptions['tap'];
  readonly #time = new CaptureTime();

  constructor(options: AnalysisOptions, listener: AnalysisListener) {
    const limits = options.limits ?? DEFAULT_LIMITS;
    this.#listener = listener;
    this.#tap = options.tap;
    this.decoder = new PacketDecoder(limits.packets);
    this.conversations = new Conversations(
      {
        dialect: options.dialect ?? 'auto',
        key: options.key,
        ports: new Set([...DVRIP_PORTS, ...(options.ports ?? [])]),
        limits: limits.conversations,
        keptMediaBytes: options.keptMediaBytes ?? 0,
        mediaTap: options.mediaTap,
      },
      this.#time,
      {
        message: (message) => listener.message?.(message),
        streamFinding: (dvrip, side, finding) => listener.streamFinding?.(dvrip, side, finding),
        unanswered: (dvrip, request) => listener.unanswered?.(dvrip, request),
        mediaStreamEnded: (stream) => listener.mediaStreamEnded?.(stream),
        sessionEnded: (session) => listener.sessionEnded?.(session),
        sessionLetGo: (session, streams) => listener.sessionLetGo?.(session, streams),
      },
    );
    this.flows = new FlowTable(limits.flows, options.seed ?? 0, {
      flowOpened: (flow) => this.#flowOpened(flow),
      streamStarted: (stream) => {
        const reader = this.conversations.openStream(stream);
        const tap = options.tap?.(stream);
        stream.consumer = tap === undefined ? reader : new Tee(reader, tap);
      },
      gapFound: (stream, length, cause) => listener.gap?.(stream, length, cause, this.#time.seconds),
      flowClosing: (flow) => this.#flowClosing(flow),
    });
    this.reassembly = new TcpReassembly(this.flows, limits.reassembly, this.#time);
  }

  push(packet: Packet): void {
    this.packets += 1;
    this.bytes += packet.wireLength;
    this.#time.set(packet.seconds, packet.nanoseconds);
    const outcome = this.decoder.decode(packet);
    if (outcome === TCP) this.reassembly.push(this.decoder, packet);
    else if (outcome === UDP) this.#datagram(packet);
  }

  /** The capture lacks packets of this time; see {@link AnalysisListener.dropped}. */
  dropped(from: number, to: number): void {
    this.#listener.dropped?.(from, to);
  }

  /** It lacks no others before; see {@link AnalysisListener.settled}. */
  settled(until: number): void {
    this.#listener.settled?.(until);
  }

  /**
   * So late is it in a live capture, in seconds of capture time, though no packet says so: reads what has waited in vain for
   * another that it answers.
   */
  passTime(now: number): void {
    for (const stream of this.conversations.waiting) stream.passTime(now);
  }

  /** The limits have become lower: lets go what is beyond them, sessions that have ended first. */
  trim(): void {
    this.conversations.sessions.trim();
    this.flows.trim();
  }

  /** No more packets: every hole becomes a gap, every flow ends. */
  end(): void {
    this.decoder.finish();
    this.flows.closeAll();
  }

  #datagram(packet: Packet): void {
    const { decoder } = this;
    const flow = this.flows.find(decoder, PROTOCOL_UDP);
    const { side } = this.flows;
    flow.count(packet);
    const direction = flow.streams[side];
    const { payloadStart: start, payloadEnd: end } = decoder;
    direction.bytes += end - start;
    if (direction.consumer === undefined) direction.consumer = this.#tap?.(direction);
    direction.consumer?.data(decoder.bytes, start, end, packet.number);
    this.conversations.datagram(flow, side, decoder.bytes, start, end, packet.number);
  }

  #flowOpened(flow: Flow): void {
    if (flow.protocol === PROTOCOL_UDP) this.udpFlows += 1;
    else this.tcpFlows += 1;
  }

  #flowClosing(flow: Flow): void {
    if (flow.protocol === PROTOCOL_UDP) this.#endDatagrams(flow);
    else this.reassembly.close(flow);
    this.conversations.flowEnded(flow);
    this.#listener.flowEnded?.(flow, this.conversations.of(flow));
    this.conversations.forget(flow);
  }

  #endDatagrams(flow: Flow): void {
    const { seconds, nanoseconds } = this.#time;
    this.#time.set(flow.endSeconds, flow.endNanoseconds);
    this.conversations.endDatagrams(flow);
    for (const direction of flow.streams) direction.consumer?.end();
    this.#time.set(seconds, nanoseconds);
  }
}
