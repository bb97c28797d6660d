import { i32be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import type { DecoderCounters } from '../core/decoder-counters.ts';
import { HELD } from '../core/layer.ts';
import { FragmentedDatagram, LARGEST_DATAGRAM } from './fragmented-datagram.ts';
import { enterIpProtocol } from './ip-protocols.ts';

export interface FragmentLimits {
  /** Datagrams in pieces at one time. */
  readonly fragmentedDatagrams: number;
  /** Bytes held for them. */
  readonly fragmentBytes: number;
  /** Age, in capture time, at which a datagram is given up (RFC 8200 section 4.5 says 60). */
  readonly fragmentSeconds: number;
}

/**
 * Puts IPv4 and IPv6 fragments together (RFC 791 section 3.2, RFC 8200 section 4.5). Bounded by number, bytes
 * and age: the oldest datagrams go first, and are counted.
 *
 * A map keyed by an integer hash keeps its entries in order of arrival, so the oldest is the first. Should two
 * datagrams share a hash, the newer one takes the place.
 */
export class FragmentReassembler {
  readonly #limits: FragmentLimits;
  readonly #counters: DecoderCounters;
  readonly #datagrams = new Map<number, FragmentedDatagram>();
  #bytes = 0;

  constructor(limits: FragmentLimits, counters: DecoderCounters) {
    this.#limits = limits;
    this.#counters = counters;
  }

  /** Takes in the fragment at the cursor; goes on with the whole datagram when it is the piece that was missing. */
  add(cursor: Cursor, seconds: number): void {
    this.#expire(seconds);
    const { at, end, fragmentOffset, fragmentMore } = cursor;
    const wireLength = cursor.wireEnd - at;
    if (wireLength <= 0 || fragmentOffset + wireLength > LARGEST_DATAGRAM) {
      cursor.refuseMalformed();
      return;
    }
    if (end - at < wireLength) {
      // The datagram can never be whole; what was captured of its beginning is better than nothing.
      if (fragmentOffset === 0) enterIpProtocol(cursor, cursor.fragmentPayload);
      else cursor.refuseShort(wireLength);
      return;
    }
    const hash = hashKey(cursor);
    const datagram = this.#find(cursor, hash, seconds);
    const before = datagram.size;
    datagram.add(cursor.bytes, at, end, fragmentOffset, fragmentMore);
    this.#bytes += datagram.size - before;
    if (fragmentOffset === 0 && datagram.payload < 0) datagram.payload = cursor.fragmentPayload;
    if (!datagram.complete) {
      cursor.next = HELD;
      this.#makeRoom();
      return;
    }
    this.#remove(hash, datagram);
    this.#counters.reassembledDatagrams += 1;
    continueWith(cursor, datagram);
  }

  /** The capture is over: what is still in pieces is counted and let go. */
  end(): void {
    this.#counters.incompleteDatagrams += this.#datagrams.size;
    this.#datagrams.clear();
    this.#bytes = 0;
  }

  #find(cursor: Cursor, hash: number, seconds: number): FragmentedDatagram {
    const { addressLength, fragmentId, fragmentProtocol, bytes, sourceAt, destinationAt } = cursor;
    const known = this.#datagrams.get(hash);
    if (known !== undefined) {
      const same =
        known.addressLength === addressLength &&
        known.id === fragmentId &&
        known.protocol === fragmentProtocol &&
        known.hasAddresses(bytes, sourceAt, destinationAt);
      if (same) return known;
      this.#remove(hash, known);
      this.#counters.evictedDatagrams += 1;
    }
    const datagram = new FragmentedDatagram(addressLength, fragmentId, fragmentProtocol, seconds);
    datagram.setAddresses(bytes, sourceAt, destinationAt);
    this.#datagrams.set(hash, datagram);
    this.#bytes += datagram.size;
    return datagram;
  }

  #remove(hash: number, datagram: FragmentedDatagram): void {
    this.#datagrams.delete(hash);
    this.#bytes -= datagram.size;
  }

  #expire(seconds: number): void {
    for (const [hash, datagram] of this.#datagrams) {
      if (seconds - datagram.seconds <= this.#limits.fragmentSeconds) return;
      this.#remove(hash, datagram);
      this.#counters.expiredDatagrams += 1;
    }
  }

  #makeRoom(): void {
    const { fragmentedDatagrams, fragmentBytes } = this.#limits;
    for (const [hash, datagram] of this.#datagrams) {
      if (this.#datagrams.size <= fragmentedDatagrams && this.#bytes <= fragmentBytes) return;
      this.#remove(hash, datagram);
      this.#counters.evictedDatagrams += 1;
    }
  }
}

function continueWith(cursor: Cursor, datagram: FragmentedDatagram): void {
  const { addressLength, bytes, total, payload } = datagram;
  cursor.bytes = bytes;
  cursor.sourceAt = 0;
  cursor.destinationAt = addressLength;
  cursor.at = 2 * addressLength;
  cursor.end = cursor.at + total;
  cursor.wireEnd = cursor.end;
  enterIpProtocol(cursor, payload);
}

/** 30 bits of the key, so that the map's keys stay small integers. */
function hashKey(cursor: Cursor): number {
  const { bytes, addressLength, sourceAt, destinationAt } = cursor;
  let hash = Math.imul(cursor.fragmentId ^ (cursor.fragmentProtocol << 16) ^ addressLength, 0x9e3779b1);
  for (let i = 0; i < addressLength; i += 4) {
    hash = Math.imul(hash ^ i32be(bytes, sourceAt + i), 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash ^ i32be(bytes, destinationAt + i), 0xc2b2ae35);
    hash ^= hash >>> 13;
  }
  return hash >>> 2;
}
