import { copyBytes } from '../../dissectors/core/bytes.ts';
import type { Packet } from '../../dissectors/core/packet.ts';
import { DeliveredHistory } from './delivered-history.ts';
import { type Flow, type GapCause, PROTOCOL_TCP, type Side } from './flow.ts';
import type { Addressing, FlowTable } from './flow-table.ts';
import { sequenceAdd, sequenceDistance } from './sequence.ts';
import type { PendingSegment, StreamDirection } from './stream-direction.ts';

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

export interface ReassemblyLimits {
  /** Bytes that wait behind a hole, per direction. */
  readonly pendingBytes: number;
  /** Segments that wait behind a hole, per direction. */
  readonly pendingSegments: number;
  /** Bytes that wait behind holes, over all flows. */
  readonly pendingBytesInAll: number;
  /**
   * A hole that the peer has acknowledged stays open for so many more packets of the flow, and no longer
   * than so many seconds: a capture may show an acknowledgement before the data that it answers.
   */
  readonly acknowledgedHolePackets: number;
  readonly acknowledgedHoleSeconds: number;
}

/** A TCP segment as the packet decoder leaves it. */
export interface Segment extends Addressing {
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly payloadStart: number;
  readonly payloadEnd: number;
  /** Payload length on the wire; more than `payloadEnd - payloadStart` where the snap length cut it. */
  readonly payloadWireLength: number;
}

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
  readonly #history = new DeliveredHistory();
  #pendingInAll = 0;

  constructor(table: FlowTable, limits: ReassemblyLimits) {
    this.#table = table;
    this.#limits = limits;
  }

  /** Takes in one segment and answers its flow; the table's `side` tells who sent it. */
  push(segment: Segment, packet: Packet): Flow {
    let flow = this.#table.find(segment, PROTOCOL_TCP);
    let side = this.#table.side;
    const flags = segment.flags;
    if ((flags & SYN) !== 0) {
      flow = this.#synchronise(flow, side, segment);
      side = this.#table.side;
    }
    flow.packets += 1;
    flow.endSeconds = packet.seconds;
    flow.endNanoseconds = packet.nanoseconds;
    if (flow.packets === 1) {
      flow.startSeconds = packet.seconds;
      flow.startNanoseconds = packet.nanoseconds;
    }

    const sender = side === 0 ? flow.streams[0] : flow.streams[1];
    const receiver = side === 0 ? flow.streams[1] : flow.streams[0];
    if (
      (flags & ACK) !== 0 &&
      receiver.started &&
      sequenceDistance(segment.acknowledgement, receiver.next) > 0
    ) {
      this.#noteHole(receiver, flow, segment.acknowledgement, packet);
    }

    // The text that a RST may carry is a diagnosis for people, not part of the stream (RFC 1122 §4.2.2.12).
    if (segment.payloadWireLength > 0 && (flags & RST) === 0 && !sender.ended) {
      const sequence = (flags & SYN) !== 0 ? sequenceAdd(segment.sequence, 1) : segment.sequence;
      if (!sender.started) {
        sender.started = true;
        sender.first = sender.next = sequence;
      }
      if (sequence === sender.next && sender.pending.length === 0) {
        this.#deliver(
          sender,
          segment.bytes,
          segment.payloadStart,
          segment.payloadEnd,
          packet.number,
          segment.bytes,
          segment.payloadStart,
          packet.chunk,
        );
        const cut = segment.payloadWireLength - (segment.payloadEnd - segment.payloadStart);
        if (cut > 0) this.#gap(sender, cut, 'snap-length');
      } else {
        this.#arrange(sender, sequence, segment, packet);
      }
    }
    if ((flags & (FIN | RST)) !== 0) this.#finish(flow, sender, segment);
    if (sender.finSeen && !sender.ended) this.#endAtFin(sender);
    if (sender.holeAcknowledged) this.#settleHole(sender, flow, packet);
    if (receiver.holeAcknowledged) this.#settleHole(receiver, flow, packet);
    return flow;
  }

  /** Closes what is still open in a flow that leaves: each hole becomes a gap, the rest is delivered. */
  close(flow: Flow): void {
    for (const direction of flow.streams) {
      while (direction.pending.length > 0) this.#giveUpHole(direction, 'end');
      if (direction.ended || !direction.started) continue;
      this.#gapBeforeTheEnd(direction);
      direction.ended = true;
      direction.consumer?.end();
    }
  }

  #synchronise(flow: Flow, side: Side, segment: Segment): Flow {
    const first = sequenceAdd(segment.sequence, 1);
    let stream = flow.streams[side];
    if (stream.started && stream.first !== first) {
      const answers = (segment.flags & ACK) !== 0;
      // A SYN with another number opens a new connection; a stray SYN/ACK only does when data has flowed.
      if (!answers || stream.bytes > 0) {
        flow = this.#table.reopen(flow, segment);
        stream = flow.streams[this.#table.side];
      }
    }
    const opener = (segment.flags & ACK) !== 0 ? other(this.#table.side) : this.#table.side;
    if (!flow.clientKnown) {
      flow.clientKnown = true;
      flow.client = opener;
    }
    stream.synSeen = true;
    if (!stream.started) {
      stream.started = true;
      stream.first = stream.next = first;
    }
    return flow;
  }

  /** In order, with nothing waiting before it. */
  #deliver(
    stream: StreamDirection,
    bytes: Uint8Array,
    start: number,
    end: number,
    packet: number,
    origin: Uint8Array,
    originStart: number,
    chunk: number,
  ): void {
    this.#history.record(stream, stream.next, origin, originStart, originStart + end - start, chunk);
    stream.next = sequenceAdd(stream.next, end - start);
    stream.bytes += end - start;
    if (stream.consumer === undefined) this.#table.observer.streamStarted(stream);
    stream.consumer?.data(bytes, start, end, packet);
  }

  #gap(stream: StreamDirection, length: number, cause: GapCause): void {
    stream.next = sequenceAdd(stream.next, length);
    stream.gaps += 1;
    stream.gapBytes += length;
    if (stream.consumer === undefined) this.#table.observer.streamStarted(stream);
    stream.consumer?.gap(length, cause);
  }

  /** A segment that is not simply the next one: a repetition, an overlap, or early. */
  #arrange(stream: StreamDirection, sequence: number, segment: Segment, packet: Packet): void {
    const captured = segment.payloadEnd - segment.payloadStart;
    let start = segment.payloadStart;
    let ahead = sequenceDistance(sequence, stream.next);
    if (ahead < 0) {
      // A keep-alive probe re-sends the last byte, or none, to make the peer answer (RFC 9293 §3.8.4).
      if (ahead === -1 && segment.payloadWireLength <= 1) return;
      const repeated = Math.min(-ahead, captured);
      stream.retransmittedBytes += repeated;
      stream.conflictingBytes += this.#history.conflicts(
        stream,
        sequence,
        segment.bytes,
        start,
        start + repeated,
        packet.chunk,
      );
      if (-ahead >= segment.payloadWireLength) return;
      start += repeated;
      if (start >= segment.payloadEnd) return;
      ahead = 0;
    }
    const cut = segment.payloadWireLength - captured;
    this.#hold(stream, sequenceAdd(stream.next, ahead), segment.bytes, start, segment.payloadEnd, cut, packet);
    if (ahead > 0) stream.outOfOrderSegments += 1;
    this.#drain(stream);
    this.#keepWithinLimits(stream);
  }

  /** Puts the parts of a segment that are new among those that wait; the first arrival keeps its bytes. */
  #hold(
    stream: StreamDirection,
    sequence: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    cut: number,
    packet: Packet,
  ): void {
    const base = stream.next;
    const pending = stream.pending;
    let at = sequenceDistance(sequence, base);
    const stop = at + end - start;
    // Offset in `bytes` of the stream position p is `shift + p`.
    const shift = start - at;
    let index = firstEndingAfter(pending, base, at);
    for (;;) {
      const waiting = pending[index];
      const from = waiting === undefined ? stop : sequenceDistance(waiting.sequence, base);
      const until = Math.min(from, stop);
      if (at < until) {
        const piece: PendingSegment = {
          sequence: sequenceAdd(base, at),
          bytes: copyBytes(bytes, shift + at, shift + until),
          origin: bytes,
          originStart: shift + at,
          chunk: packet.chunk,
          cut: until === stop ? cut : 0,
          packet: packet.number,
        };
        pending.splice(index, 0, piece);
        stream.pendingBytes += until - at;
        this.#pendingInAll += until - at;
        index += 1;
      }
      if (waiting === undefined || from >= stop) return;
      const overlapEnd = Math.min(from + waiting.bytes.length, stop);
      const overlapStart = Math.max(from, at);
      stream.retransmittedBytes += overlapEnd - overlapStart;
      for (let p = overlapStart; p < overlapEnd; p++) {
        if (waiting.bytes[p - from] !== bytes[shift + p]) stream.conflictingBytes += 1;
      }
      at = Math.max(at, overlapEnd);
      if (at >= stop) return;
      index += 1;
    }
  }

  /** Delivers what has become in order. */
  #drain(stream: StreamDirection): void {
    const pending = stream.pending;
    let done = 0;
    for (; done < pending.length; done++) {
      const piece = pending[done] as PendingSegment;
      const ahead = sequenceDistance(piece.sequence, stream.next);
      if (ahead > 0) break;
      const length = piece.bytes.length;
      stream.pendingBytes -= length;
      this.#pendingInAll -= length;
      // Only a gap for bytes cut by the snap length can have moved on over the beginning of a piece.
      const skip = Math.min(-ahead, length);
      if (skip < length) {
        const origin = piece.originStart + skip;
        this.#deliver(stream, piece.bytes, skip, length, piece.packet, piece.origin, origin, piece.chunk);
      }
      if (piece.cut > 0) {
        const following = pending[done + 1];
        const room =
          following === undefined ? piece.cut : sequenceDistance(following.sequence, stream.next);
        const missing = Math.min(piece.cut, room);
        if (missing > 0) this.#gap(stream, missing, 'snap-length');
      }
    }
    if (done > 0) pending.splice(0, done);
  }

  #keepWithinLimits(stream: StreamDirection): void {
    for (;;) {
      if (stream.pending.length === 0) return;
      if (stream.pendingBytes > this.#limits.pendingBytes) this.limitsReached.pendingBytes += 1;
      else if (stream.pending.length > this.#limits.pendingSegments) this.limitsReached.pendingSegments += 1;
      else if (this.#pendingInAll > this.#limits.pendingBytesInAll) this.limitsReached.pendingBytesInAll += 1;
      else return;
      this.#giveUpHole(stream, 'buffer-limit');
    }
  }

  /** The hole before the first waiting segment is a gap now. */
  #giveUpHole(stream: StreamDirection, cause: GapCause): void {
    const waiting = stream.pending[0];
    if (waiting === undefined) return;
    const missing = sequenceDistance(waiting.sequence, stream.next);
    if (missing > 0) this.#gap(stream, missing, cause);
    this.#drain(stream);
  }

  #noteHole(stream: StreamDirection, flow: Flow, acknowledgement: number, packet: Packet): void {
    if (!stream.holeAcknowledged) {
      stream.holeAcknowledged = true;
      stream.holePackets = flow.packets;
      stream.holeSeconds = packet.seconds;
      stream.acknowledged = acknowledgement;
    } else if (sequenceDistance(acknowledgement, stream.acknowledged) > 0) {
      stream.acknowledged = acknowledgement;
    }
  }

  #settleHole(stream: StreamDirection, flow: Flow, packet: Packet): void {
    if (sequenceDistance(stream.acknowledged, stream.next) <= 0) {
      stream.holeAcknowledged = false;
      return;
    }
    const waiting = stream.pending[0];
    if (waiting === undefined || sequenceDistance(stream.acknowledged, waiting.sequence) < 0) return;
    if (
      flow.packets - stream.holePackets < this.#limits.acknowledgedHolePackets &&
      packet.seconds - stream.holeSeconds < this.#limits.acknowledgedHoleSeconds
    ) {
      return;
    }
    this.#giveUpHole(stream, 'acknowledged');
    if (sequenceDistance(stream.acknowledged, stream.next) <= 0) stream.holeAcknowledged = false;
    if (stream.finSeen && !stream.ended) this.#endAtFin(stream);
  }

  #finish(flow: Flow, sender: StreamDirection, segment: Segment): void {
    if ((segment.flags & RST) !== 0) flow.reset = true;
    if ((segment.flags & FIN) === 0) return;
    if (!sender.started) {
      sender.started = true;
      sender.first = sender.next = segment.sequence;
    }
    if (!sender.finSeen) {
      sender.finSeen = true;
      sender.finSequence = sequenceAdd(segment.sequence, segment.payloadWireLength);
    }
  }

  #endAtFin(stream: StreamDirection): void {
    if (stream.next !== stream.finSequence || stream.pending.length > 0) return;
    stream.ended = true;
    // The FIN takes a sequence number of its own, which the peer acknowledges.
    stream.next = sequenceAdd(stream.next, 1);
    stream.consumer?.end();
  }

  /** Bytes that the peer has acknowledged, or that lie before the FIN, were sent but never captured. */
  #gapBeforeTheEnd(stream: StreamDirection): void {
    let missing = 0;
    if (stream.finSeen) missing = sequenceDistance(stream.finSequence, stream.next);
    else if (stream.holeAcknowledged) missing = sequenceDistance(stream.acknowledged, stream.next);
    // One acknowledged number more may be a FIN that was not captured.
    if (missing > (stream.finSeen ? 0 : 1)) this.#gap(stream, missing, 'end');
  }
}

function other(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/** Index of the first waiting segment that ends behind the position `at` (relative to `base`). */
function firstEndingAfter(pending: readonly PendingSegment[], base: number, at: number): number {
  let low = 0;
  let high = pending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const piece = pending[middle] as PendingSegment;
    if (sequenceDistance(piece.sequence, base) + piece.bytes.length > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
