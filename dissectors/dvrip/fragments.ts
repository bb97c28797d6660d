import { ENVELOPE_MARK, type Header } from './header.ts';

export interface FragmentLimits {
  /** Messages whose pieces are awaited at once, per direction. */
  readonly openMessages: number;
  /** Bytes of one joined body. */
  readonly joinedBytes: number;
}

/** A message sent in several packets (specification 3.1, Total Packet and CurPacket), and what of it has come. */
export interface FragmentedMessage {
  readonly messageId: number;
  readonly sessionId: number;
  readonly sequence: number;
  readonly version: number;
  readonly total: number;
  /** The pieces by index. */
  readonly pieces: (Uint8Array | undefined)[];
  have: number;
  bytes: number;
  firstPacket: number;
  lastPacket: number;
}

/** The pieces that have come, in order. */
export function joinPieces(message: FragmentedMessage): Uint8Array {
  return Buffer.concat(message.pieces.filter((piece) => piece !== undefined));
}

/**
 * Whether a control message is one of several pieces. 0x63 in the first of a kind marks the AES envelope of
 * mobile clients instead (field notes §1), and a total that the index reaches is no total.
 */
export function isFragment(header: Header): boolean {
  if (header.byte12 < 2 || header.byte13 >= header.byte12) return false;
  return header.byte12 !== ENVELOPE_MARK;
}

/** Joins the pieces of multi-packet control messages of one direction. */
export class FragmentAssembly {
  readonly #limits: FragmentLimits;
  readonly #open: FragmentedMessage[] = [];

  constructor(limits: FragmentLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a piece. Answers the messages that are done with: the one that it completes, or ones that will
   * never be complete (their `have` is less than their `total`).
   */
  push(header: Header, body: Uint8Array, firstPacket: number, lastPacket: number): FragmentedMessage[] {
    const done: FragmentedMessage[] = [];
    let message = this.#open.find(
      (m) => m.messageId === header.messageId && m.sessionId === header.sessionId,
    );
    const stale =
      message !== undefined &&
      (message.total !== header.byte12 ||
        message.pieces[header.byte13] !== undefined ||
        message.bytes + body.length > this.#limits.joinedBytes);
    if (message !== undefined && stale) {
      done.push(this.#take(message));
      message = undefined;
    }
    if (message === undefined) {
      const oldest = this.#open[0];
      if (oldest !== undefined && this.#open.length >= this.#limits.openMessages)
        done.push(this.#take(oldest));
      message = {
        messageId: header.messageId,
        sessionId: header.sessionId,
        sequence: header.sequence,
        version: header.version,
        total: header.byte12,
        pieces: new Array(header.byte12).fill(undefined),
        have: 0,
        bytes: 0,
        firstPacket,
        lastPacket,
      };
      this.#open.push(message);
    }
    message.pieces[header.byte13] = body;
    message.have += 1;
    message.bytes += body.length;
    message.firstPacket = Math.min(message.firstPacket, firstPacket);
    message.lastPacket = Math.max(message.lastPacket, lastPacket);
    if (message.have === message.total) done.push(this.#take(message));
    return done;
  }

  /** The messages whose missing pieces will not come any more. */
  end(): FragmentedMessage[] {
    return this.#open.splice(0);
  }

  #take(message: FragmentedMessage): FragmentedMessage {
    this.#open.splice(this.#open.indexOf(message), 1);
    return message;
  }
}
