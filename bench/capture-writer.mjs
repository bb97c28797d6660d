import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER_BYTES = 8 << 20;
const RECORD_HEADER_BYTES = 16;
const LINKTYPE_ETHERNET = 1;

/**
 * Writes a classic pcap file (little endian, microseconds, Ethernet) through one buffer, whatever its size.
 * Times never run backwards: a record earlier than the one before it takes that one's time.
 */
export class CaptureWriter {
  #fd;
  #used = 24;
  #lastMicros = 0;
  /** Where frames are built: `begin` names the offset. */
  buffer = Buffer.alloc(BUFFER_BYTES);
  /** Bytes of the file so far, its header included. */
  bytes = 24;
  packets = 0;

  /** @param {string} path the file, created or emptied */
  constructor(path) {
    this.#fd = openSync(path, 'w');
    this.buffer.writeUInt32LE(0xa1b2c3d4, 0);
    this.buffer.writeUInt16LE(2, 4);
    this.buffer.writeUInt16LE(4, 6);
    this.buffer.writeUInt32LE(262144, 16);
    this.buffer.writeUInt32LE(LINKTYPE_ETHERNET, 20);
  }

  /**
   * Opens a record and says where in `buffer` its frame goes; the caller fills all of it before the next call.
   *
   *     +0 seconds u32 · +4 microseconds u32 · +8 captured length u32 · +12 original length u32
   *
   * @param {number} micros microseconds since 1970
   * @param {number} frameLength bytes
   * @returns {number}
   */
  begin(micros, frameLength) {
    if (this.#used + RECORD_HEADER_BYTES + frameLength > BUFFER_BYTES) this.#flush();
    const time = Math.max(Math.floor(micros), this.#lastMicros);
    const at = this.#used;
    const seconds = Math.floor(time / 1e6);
    this.buffer.writeUInt32LE(seconds, at);
    this.buffer.writeUInt32LE(time - seconds * 1e6, at + 4);
    this.buffer.writeUInt32LE(frameLength, at + 8);
    this.buffer.writeUInt32LE(frameLength, at + 12);
    this.#lastMicros = time;
    this.#used = at + RECORD_HEADER_BYTES + frameLength;
    this.bytes += RECORD_HEADER_BYTES + frameLength;
    this.packets++;
    return at + RECORD_HEADER_BYTES;
  }

  close() {
    this.#flush();
    closeSync(this.#fd);
  }

  #flush() {
    for (let at = 0; at < this.#used; ) at += writeSync(this.#fd, this.buffer, at, this.#used - at);
    this.#used = 0;
  }
}
