import type { BodyBudget } from './body-budget.ts';
import { ENVELOPE_MARK, type Header } from './header.ts';

export interface FragmentLimits {
  /** Messages whose pieces are awaited at once, per direction. */
  readonly openMessages: number;
  /** Bytes kept of one joined body. */
  readonly joinedBytes: number;
}

/** How the pieces of a message came; what rules judge. */
export interface PieceOrder {
  /** Bytes of the longest body among them, on the wire. */
  readonly longest: number;
  /** None came behind one with a higher index. */
  readonly inOrder: boolean;
  /** A sequence number that is not that of the first. */
  readonly otherSequence: number | undefined;
  /** A total that is not that of the first. It is in no piece of this message: the piece that has it begins another. */
  readonly otherTotal: number | undefined;
  /** The place of the last that came among all packets of its direction, from 1. */
  readonly lastPlace: number;
  /** `awaited`: a piece is missing, and the stream has ended. `let-go`: one is missing, and too many messages were open. */
  readonly state: 'whole' | 'contradicted' | 'awaited' | 'let-go';
}

/** A message sent in several packets (specification 3.1, Total Packet and CurPacket), and what of it has come. */
export interface FragmentedMessage extends PieceOrder {
  readonly messageId: number;
  readonly sessionId: number;
  readonly sequence: number;
  readonly version: number;
  readonly total: number;
  /** The pieces by index. */
  readonly pieces: (Uint8Array | undefined)[];
  have: number;
  /** Bytes of the bodies of the pieces that have come, on the wire. */
  bytes: number;
  /** Of these: bytes never captured, cut off by the end of the stream, captured but not kept. */
  missing: number;
  cut: number;
  unkept: number;
  firstPacket: number;
  lastPacket: number;
  longest: number;
  inOrder: boolean;
  otherSequence: number | undefined;
  otherTotal: number | undefined;
  lastPlace: number;
  state: PieceOrder['state'];
}

/** One piece: its body as far as it is there, and what is not there of it. */
export interface Piece {
  readonly body: Uint8Array;
  readonly missing: number;
  readonly cut: number;
  readonly unkept: number;
  readonly firstPacket: number;
  readonly lastPacket: number;
  /** Its place among all packets of its direction, from 1. */
  readonly place: number;
}

const NO_BYTES = Buffer.alloc(0);

/** What an open message costs beside the bytes of its pieces. */
const MESSAGE_OVERHEAD = 4096;

/** AVTALK and AVTALK_CLAIM with their replies: byte 12 is the channel (field notes §1). */
const FIRST_WITH_CHANNEL = 1415;
const LAST_WITH_CHANNEL = 1418;

/** The pieces that have come, in order. */
export function joinPieces(message: FragmentedMessage): Uint8Array {
  return Buffer.concat(message.pieces.filter((piece) => piece !== undefined));
}

/** Whether byte 12 of a control message with this id is Total Packet. */
export function countsPackets(messageId: number): boolean {
  return messageId < FIRST_WITH_CHANNEL || messageId > LAST_WITH_CHANNEL;
}

/**
 * Whether a control message is one of several pieces. 0x63 in the first of a kind marks the AES envelope of
 * mobile clients instead (field notes §1), and a total that the index reaches is no total.
 */
export function isFragment(header: Header): boolean {
  if (header.byte12 < 2 || header.byte13 >= header.byte12) return false;
  return countsPackets(header.messageId) && header.byte12 !== ENVELOPE_MARK;
}

/** Joins the pieces of multi-packet control messages of one direction. */
export class FragmentAssembly {
  readonly #limits: FragmentLimits;
  readonly #budget: BodyBudget;
  readonly #open: FragmentedMessage[] = [];

  constructor(limits: FragmentLimits, budget: BodyBudget) {
    this.#limits = limits;
    this.#budget = budget;
  }

  /**
   * Takes a piece, whose body must be good for ever. Answers the messages that are done with: the one that it
   * completes, or ones that will never be complete (their `have` is less than their `total`).
   */
  push(header: Header, piece: Piece): FragmentedMessage[] {
    const done: FragmentedMessage[] = [];
    let message = this.#open.find(
      (m) => m.messageId === header.messageId && m.sessionId === header.sessionId,
    );
    if (
      message !== undefined &&
      (message.total !== header.byte12 || message.pieces[header.byte13] !== undefined)
    ) {
      if (message.total !== header.byte12) message.otherTotal = header.byte12;
      done.push(this.#close(message, 'contradicted'));
      message = undefined;
    }
    const known = message !== undefined;
    message ??= openMessage(header, piece);
    if (message.pieces.some((other, at) => other !== undefined && at > header.byte13))
      message.inOrder = false;
    if (header.sequence !== message.sequence) message.otherSequence = header.sequence;
    this.#add(message, header.byte13, piece);
    if (known) {
      if (message.have === message.total) done.push(this.#close(message, 'whole'));
      return done;
    }
    const oldest = this.#open[0];
    if (oldest !== undefined && this.#open.length >= this.#limits.openMessages) {
      done.push(this.#close(oldest, 'let-go'));
    }
    if (this.#budget.take(MESSAGE_OVERHEAD)) {
      this.#open.push(message);
    } else {
      this.#budget.give(heldBytes(message));
      message.state = 'let-go';
      done.push(message);
    }
    return done;
  }

  /** The messages whose missing pieces will not come any more. */
  end(): FragmentedMessage[] {
    return this.#open.slice().map((message) => this.#close(message, 'awaited'));
  }

  #add(message: FragmentedMessage, index: number, piece: Piece): void {
    const { body } = piece;
    const fits =
      heldBytes(message) + body.length <= this.#limits.joinedBytes && this.#budget.take(body.length);
    message.pieces[index] = fits ? body : NO_BYTES;
    message.have += 1;
    message.lastPlace = piece.place;
    const length = body.length + piece.missing + piece.cut + piece.unkept;
    message.bytes += length;
    message.longest = Math.max(message.longest, length);
    message.missing += piece.missing;
    message.cut += piece.cut;
    message.unkept += piece.unkept + (fits ? 0 : body.length);
    message.firstPacket = Math.min(message.firstPacket, piece.firstPacket);
    message.lastPacket = Math.max(message.lastPacket, piece.lastPacket);
  }

  #close(message: FragmentedMessage, state: PieceOrder['state']): FragmentedMessage {
    message.state = state;
    this.#open.splice(this.#open.indexOf(message), 1);
    this.#budget.give(MESSAGE_OVERHEAD + heldBytes(message));
    return message;
  }
}

function openMessage(header: Header, piece: Piece): FragmentedMessage {
  return {
    messageId: header.messageId,
    sessionId: header.sessionId,
    sequence: header.sequence,
    version: header.version,
    total: header.byte12,
    pieces: new Array(header.byte12).fill(undefined),
    have: 0,
    bytes: 0,
    missing: 0,
    cut: 0,
    unkept: 0,
    firstPacket: piece.firstPacket,
    lastPacket: piece.lastPacket,
    longest: 0,
    inOrder: true,
    otherSequence: undefined,
    otherTotal: undefined,
    lastPlace: piece.place,
    state: 'awaited',
  };
}

/** Bytes of the bodies that the message holds. */
function heldBytes(message: FragmentedMessage): number {
  return message.bytes - message.missing - message.cut - message.unkept;
}
