import type { Packet } from '../../dissectors/core/packet.ts';
import {
  elapsedSeconds,
  hasHoleToGiveUp,
  isGraceOver,
  missingAtTheEnd,
  noteAcknowledged,
  startGrace,
} from './acknowledged-holes.ts';
import type { CaptureTime } from './capture-time.ts';
import { DeliveredHistory } from './delivered-history.ts';
import { type EarlySegment, holdEarly } from './early-segments.ts';
import { type Flow, type GapCause, PROTOCOL_TCP, type Side } from './flow.ts';
import type { FlowTable } from './flow-table.ts';
import { type ReassemblyLimits, SEGMENT_OVERHEAD } from './reassembly-limits.ts';
import type { Segment } from './segment.ts';
import { sequenceAdd, sequenceDistance } from './sequence.ts';
import type { StreamDirection } from './stream-direction.ts';

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/** How far a start may be moved back by a late segment; beyond it the segment repeats what was before the capture. */
const START_WINDOW = 1 << 20;

/**
 * Lays the segments of each direction in order (RFC 9293 §3.4). What arrives in order is handed on as a
 * view, at once; what arrives early is copied and waits. First arrival wins where segments overlap, and bytes
 * that contradict it are counted. A hole becomes a gap when the peer has acknowledged past it, when a
 * limit is reached, or at the end; what lies behind it is delivered after it.
 */
export class TcpReassembly {
  /** How often each limit closed a hole. */
  readonly limitsReached = { pendingBytes: 0, pendingSegments: 0, pendingBytesInAll: 0 };

  readonly #table: FlowTable;
  readonly #limits: ReassemblyLimits;
  /** Set to the record at hand by the caller; here to the time of what waited, while that is delivered late. */
  readonly #time: CaptureTime;
  readonly #history = new DeliveredHistory();
  #pendingInAll = 0;

  constructor(table: FlowTable, limits: ReassemblyLimits, time: CaptureTime) {
    this.#table = table;
    this.#limits = limits;
    this.#time = time;
  }

  /** Takes in one segment and answers its flow; the table's `side` tells who sent it. */
  push(segment: Segment, packet: Packet): Flow {
    let flow = this.#table.find(segment, PROTOCOL_TCP);
    const flags = segment.flags;
    let sequence = segment.sequence;
    if ((flags & SYN) !== 0) {
      flow = this.#synchronise(flow, segment);
      sequence = sequenceAdd(sequence, 1);
    }
    const side = this.#table.side;
    flow.count(packet);

    const sender = side === 0 ? flow.streams[0] : flow.streams[1];
    const receiver = side === 0 ? flow.streams[1] : flow.streams[0];
    if (
      (flags & ACK) !== 0 &&
      receiver.started &&
      sequenceDistance(segment.acknowledgement, receiver.next) > 0
    ) {
      this.#noteAcknowledgement(receiver, flow, segment.acknowledgement, packet);
    }
    // The text that a RST may carry is a diagnosis for people, not part of the stream (RFC 1122 §4.2.2.12).
    if (segment.payloadWireLength > 0 && (flags & RST) === 0) {
      if (sequence === sender.next && sender.started && sender.pending.length === 0 && !sender.finSeen) {
        const { bytes, payloadStart, payloadEnd, payloadWireLength } = segment;
        const cut = payloadWireLength - (payloadEnd - payloadStart);
        this.#take(sender, bytes, payloadStart, payloadEnd, cut, packet);
      } else {
        this.#arrange(sender, sequence, segment, packet);
      }
    }
    if ((flags & (FIN | RST)) !== 0) this.#finish(flow, sender, sequence, segment);
    if (sender.startOpen) this.#awaitStart(sender, packet);
    if (receiver.startOpen) this.#awaitStart(receiver, packet);
    if (sender.finSeen && !sender.ended) this.#endAtFin(sender);
    if (sender.holeAcknowledged) this.#settleHoles(sender, flow, packet);
    if (receiver.holeAcknowledged) this.#settleHoles(receiver, flow, packet);
    return flow;
  }

  /** Closes what is still open in a flow that leaves: each hole becomes a gap, the rest is delivered. */
  close(flow: Flow): void {
    const { seconds, nanoseconds } = this.#time;
    for (const direction of flow.streams) {
      while (direction.pending.length > 0) this.#giveUpHole(direction, 'end');
      if (direction.ended || !direction.started) continue;
      // What is cut off here ends with its flow, which may lie far back.
      this.#time.set(flow.endSeconds, flow.endNanoseconds);
      const missing = missingAtTheEnd(direction);
      if (missing > 0) this.#gap(direction, missing, 'end');
      direction.ended = true;
      direction.consumer?.end();
    }
    this.#time.set(seconds, nanoseconds);
  }

  #synchronise(found: Flow, segment: Segment): Flow {
    let flow = found;
    const first = sequenceAdd(segment.sequence, 1);
    const answers = (segment.flags & ACK) !== 0;
    let stream = flow.streams[this.#table.side];
    const overtaken = stream.startOpen && isWithinStart(sequenceDistance(stream.first, first));
    if (stream.started && stream.first !== first && !overtaken) {
      // A SYN with another number opens a new connection; a stray SYN/ACK only does when data has flowed.
      if (!answers || stream.bytes > 0 || stream.gaps > 0 || stream.pending.length > 0 || stream.finSeen) {
        flow = this.#table.reopen(flow, segment);
        stream = flow.streams[this.#table.side];
      } else {
        stream.first = stream.next = first;
      }
    }
    if (!flow.clientKnown) {
      flow.clientKnown = true;
      flow.client = answers ? other(this.#table.side) : this.#table.side;
    }
    stream.synSeen = true;
    if (!stream.started || overtaken) {
      stream.started = true;
      stream.startOpen = false;
      stream.first = stream.next = first;
      this.#drain(stream);
    }
    return flow;
  }

  /** The bytes that are due, with nothing waiting: handed on as they lie in the read buffer. */
  #take(
    stream: StreamDirection,
    bytes: Uint8Array,
    start: number,
    end: number,
    cut: number,
    packet: Packet,
  ): void {
    if (bytes === packet.bytes && this.#history.admit(bytes, packet.chunk)) {
      this.#history.record(stream, stream.next, start, end - start, packet.chunk);
    }
    this.#deliver(stream, bytes, start, end, packet.number);
    if (cut > 0) this.#gap(stream, cut, 'snap-length');
  }

  #deliver(stream: StreamDirection, bytes: Uint8Array, start: number, end: number, packet: number): void {
    stream.next = sequenceAdd(stream.next, end - start);
    stream.bytes += end - start;
    if (stream.consumer === undefined) this.#table.observer.streamStarted(stream);
    stream.consumer?.data(bytes, start, end, packet);
  }

  #gap(stream: StreamDirection, length: number, cause: GapCause): void {
    stream.next = sequenceAdd(stream.next, length);
    stream.gaps += 1;
    stream.gapBytes += length;
    this.#table.observer.gapFound?.(stream, length, cause);
    if (stream.consumer === undefined) this.#table.observer.streamStarted(stream);
    stream.consumer?.gap(length, cause);
  }

  /** A segment that is not simply the next one: the first, a repetition, an overlap, early, or beyond the FIN. */
  #arrange(stream: StreamDirection, sequence: number, segment: Segment, packet: Packet): void {
    const { bytes } = segment;
    let wireLength = segment.payloadWireLength;
    if (stream.finSeen) wireLength = Math.min(wireLength, sequenceDistance(stream.finSequence, sequence));
    if (wireLength <= 0) return;
    let start = segment.payloadStart;
    const end = Math.min(segment.payloadEnd, start + wireLength);
    let cut = wireLength - (end - start);
    if (!stream.started) {
      stream.started = true;
      stream.startOpen = start < end;
      stream.first = stream.next = sequence;
    }
    let ahead = sequenceDistance(sequence, stream.next);
    if (ahead < 0) {
      // A keep-alive probe re-sends the last byte, or none, to make the peer answer (RFC 9293 §3.8.4).
      if (ahead === -1 && segment.payloadWireLength <= 1) return;
      if (stream.startOpen && isWithinStart(-ahead)) {
        stream.first = stream.next = sequence;
      } else {
        const repeated = Math.min(-ahead, end - start);
        const until = start + repeated;
        stream.retransmittedBytes += repeated;
        stream.conflictingBytes += this.#history.conflicts(
          stream,
          sequence,
          bytes,
          start,
          until,
          packet.chunk,
        );
        if (-ahead >= wireLength) return;
        start = until;
        cut = wireLength + ahead - (end - start);
      }
      ahead = 0;
    }
    if (ahead === 0 && !stream.startOpen && stream.pending.length === 0) {
      this.#take(stream, bytes, start, end, cut, packet);
      return;
    }
    const known = bytes === packet.bytes && this.#history.admit(bytes, packet.chunk);
    const { number, seconds, nanoseconds } = packet;
    const carrier = { number, seconds, nanoseconds, chunk: known ? packet.chunk : -1 };
    const waiting = stream.pending.length;
    const fresh = holdEarly(stream, sequenceAdd(stream.next, ahead), bytes, start, end, cut, carrier);
    this.#pendingInAll += fresh + (stream.pending.length - waiting) * SEGMENT_OVERHEAD;
    if (ahead > 0 && fresh > 0) stream.outOfOrderSegments += 1;
    if (!stream.startOpen) this.#drain(stream);
    this.#keepWithinLimits(stream);
  }

  /** Delivers what has become in order. `late`: with the times at which it was captured. */
  #drain(stream: StreamDirection, late = false): void {
    const pending = stream.pending;
    let done = 0;
    for (; done < pending.length; done++) {
      const piece = pending[done] as EarlySegment;
      const ahead = sequenceDistance(piece.sequence, stream.next);
      if (ahead > 0) break;
      if (late) this.#time.raiseTo(piece.seconds, piece.nanoseconds);
      const length = piece.bytes.length;
      stream.pendingBytes -= length;
      this.#pendingInAll -= length + SEGMENT_OVERHEAD;
      // Only a gap for bytes cut by the snap length can have moved on over the beginning of a piece.
      const skip = Math.min(-ahead, length);
      if (skip < length) {
        if (piece.chunk !== -1) {
          this.#history.record(stream, stream.next, piece.origin + skip, length - skip, piece.chunk);
        }
        this.#deliver(stream, piece.bytes, skip, length, piece.packet);
      }
      if (piece.cut > 0) {
        const following = pending[done + 1];
        const room = following === undefined ? piece.cut : sequenceDistance(following.sequence, stream.next);
        const missing = Math.min(piece.cut, room);
        if (missing > 0) this.#gap(stream, missing, 'snap-length');
      }
    }
    if (done > 0) pending.splice(0, done);
  }

  #keepWithinLimits(stream: StreamDirection): void {
    while (stream.pending.length > 0) {
      if (stream.pendingBytes > this.#limits.pendingBytes) this.limitsReached.pendingBytes += 1;
      else if (stream.pending.length > this.#limits.pendingSegments) this.limitsReached.pendingSegments += 1;
      else if (this.#pendingInAll > this.#limits.pendingBytesInAll) this.limitsReached.pendingBytesInAll += 1;
      else return;
      this.#giveUpHole(stream, 'buffer-limit');
    }
  }

  /** The hole before the first waiting segment, or before the FIN, is a gap now. */
  #giveUpHole(stream: StreamDirection, cause: GapCause): void {
    const { seconds, nanoseconds } = this.#time;
    const waiting = stream.pending[0];
    if (waiting !== undefined) this.#time.set(waiting.seconds, waiting.nanoseconds);
    stream.startOpen = false;
    const missing = sequenceDistance(waiting?.sequence ?? stream.finSequence, stream.next);
    if (missing > 0) this.#gap(stream, missing, cause);
    this.#drain(stream, true);
    this.#time.set(seconds, nanoseconds);
  }

  /** A direction without a SYN is believed to start where it seems to, once enough of it has come. */
  #awaitStart(stream: StreamDirection, packet: Packet): void {
    const waiting = stream.pending[0];
    if (waiting === undefined) return;
    if (
      stream.pending.length < this.#limits.openingSegments &&
      !stream.finSeen &&
      !stream.flow.reset &&
      elapsedSeconds(packet, waiting.seconds, waiting.nanoseconds) < this.#limits.openingSeconds
    ) {
      return;
    }
    this.#giveUpHole(stream, 'end');
  }

  /** The peer has received bytes that have not been captured, or not yet. */
  #noteAcknowledgement(stream: StreamDirection, flow: Flow, acknowledgement: number, packet: Packet): void {
    if (stream.startOpen) {
      // It has received the segment held back, and so what was sent before: nothing earlier is due.
      this.#giveUpHole(stream, 'end');
      if (sequenceDistance(acknowledgement, stream.next) <= 0) return;
    }
    noteAcknowledged(stream, flow, acknowledgement, packet);
  }

  #settleHoles(stream: StreamDirection, flow: Flow, packet: Packet): void {
    if (stream.ended || sequenceDistance(stream.acknowledged, stream.next) <= 0) {
      stream.holeAcknowledged = false;
      return;
    }
    if (!isGraceOver(stream, flow, packet, this.#limits)) return;
    while (hasHoleToGiveUp(stream)) this.#giveUpHole(stream, 'acknowledged');
    startGrace(stream, flow, packet);
    if (stream.finSeen) this.#endAtFin(stream);
  }

  #finish(flow: Flow, sender: StreamDirection, sequence: number, segment: Segment): void {
    if ((segment.flags & RST) !== 0) flow.reset = true;
    if ((segment.flags & FIN) === 0 || sender.finSeen) return;
    const finSequence = sequenceAdd(sequence, segment.payloadWireLength);
    if (!sender.started) {
      sender.started = true;
      sender.first = sender.next = finSequence;
    }
    // A FIN behind what has been sent is from another connection, or a lie.
    if (sequenceDistance(finSequence, sender.next) < 0) return;
    sender.finSeen = true;
    sender.finSequence = finSequence;
  }

  #endAtFin(stream: StreamDirection): void {
    if (stream.next !== stream.finSequence || stream.pending.length > 0) return;
    stream.ended = true;
    // The FIN takes a sequence number of its own, which the peer acknowledges.
    stream.next = sequenceAdd(stream.next, 1);
    stream.consumer?.end();
  }
}

function other(side: Side): Side {
  return side === 0 ? 1 : 0;
}

function isWithinStart(distance: number): boolean {
  return distance >= 0 && distance <= START_WINDOW;
}
