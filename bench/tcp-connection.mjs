/** @typedef {{ mac: number[], ip: number[], port: number }} Endpoint */
/** @typedef {'client' | 'server'} Side */

/** With the 12 bytes of the timestamps option this is a full Ethernet frame of 1,514 bytes. */
export const SEGMENT_BYTES = 1448;

const ETHERNET_BYTES = 14;
const IP_BYTES = 20;
const TCP_AT = ETHERNET_BYTES + IP_BYTES;
const FIN = 0x01;
const SYN = 0x02;
const PSH = 0x08;
const ACK = 0x10;
const WINDOW = 501;
const NO_BYTES = Buffer.alloc(0);
// MSS 1460 · SACK permitted · timestamps · no-operation · window scale 7
const SYN_OPTIONS = Buffer.from('020405b40402080a000000000000000001030307', 'hex');
// no-operation twice · timestamps
const DATA_OPTIONS = Buffer.from('0101080a0000000000000000', 'hex');

/** One TCP connection as a mirror port sees it: both directions, true sequence numbers and checksums. */
export class TcpConnection {
  #writer;
  #sides;

  /**
   * @param {import('./capture-writer.mjs').CaptureWriter} writer
   * @param {Endpoint} client @param {Endpoint} server
   */
  constructor(writer, client, server) {
    this.#writer = writer;
    const client_ = openSide(client, server);
    const server_ = openSide(server, client);
    this.#sides = { client: client_, server: server_ };
  }

  /** SYN, SYN/ACK, ACK. @param {number} micros */
  open(micros) {
    this.#emit('client', micros, SYN, SYN_OPTIONS, NO_BYTES, 0, 0);
    this.#emit('server', micros + 180, SYN | ACK, SYN_OPTIONS, NO_BYTES, 0, 0);
    this.acknowledge('client', micros + 230);
  }

  /** FIN both ways, the client first. @param {number} micros */
  close(micros) {
    this.#emit('client', micros, FIN | ACK, DATA_OPTIONS, NO_BYTES, 0, 0);
    this.#emit('server', micros + 150, FIN | ACK, DATA_OPTIONS, NO_BYTES, 0, 0);
    this.acknowledge('client', micros + 200);
  }

  /**
   * One segment with `bytes[start, end)`, which acknowledges all that the other side has sent.
   * @param {Side} from @param {number} micros @param {Buffer} bytes @param {number} start @param {number} end
   */
  send(from, micros, bytes, start, end) {
    this.#emit(from, micros, PSH | ACK, DATA_OPTIONS, bytes, start, end);
  }

  /** @param {Side} from @param {number} micros */
  acknowledge(from, micros) {
    this.#emit(from, micros, ACK, DATA_OPTIONS, NO_BYTES, 0, 0);
  }

  /**
   *     +0 Ethernet (14) · +14 IPv4 (20) · +34 TCP (20 + options) · payload
   *
   * @param {Side} from @param {number} micros @param {number} flags @param {Buffer} options
   * @param {Buffer} bytes @param {number} start @param {number} end
   */
  #emit(from, micros, flags, options, bytes, start, end) {
    const side = this.#sides[from];
    const other = this.#sides[from === 'client' ? 'server' : 'client'];
    const tcpHeaderBytes = 20 + options.length;
    const tcpBytes = tcpHeaderBytes + end - start;
    const at = this.#writer.begin(micros, TCP_AT + tcpBytes);
    const buffer = this.#writer.buffer;
    side.template.copy(buffer, at);

    const ip = at + ETHERNET_BYTES;
    buffer.writeUInt16BE(IP_BYTES + tcpBytes, ip + 2);
    buffer.writeUInt16BE(side.ipId, ip + 4);
    buffer.writeUInt16BE(checksum(buffer, ip, ip + IP_BYTES, 0), ip + 10);

    const tcp = at + TCP_AT;
    const ticks = Math.floor(micros / 1000) % 0x100000000;
    buffer.writeUInt32BE(side.sequence, tcp + 4);
    buffer.writeUInt32BE(flags & ACK ? other.sequence : 0, tcp + 8);
    buffer[tcp + 12] = tcpHeaderBytes << 2;
    buffer[tcp + 13] = flags;
    buffer.writeUInt16BE(flags & SYN ? 64240 : WINDOW, tcp + 14);
    buffer.writeUInt32BE(0, tcp + 16); // checksum, urgent pointer
    options.copy(buffer, tcp + 20);
    const timestamps = tcp + 20 + (flags & SYN ? 8 : 4);
    buffer.writeUInt32BE(ticks, timestamps);
    buffer.writeUInt32BE(flags & ACK ? other.ticks : 0, timestamps + 4);
    bytes.copy(buffer, tcp + tcpHeaderBytes, start, end);
    buffer.writeUInt16BE(checksum(buffer, tcp, tcp + tcpBytes, side.pseudoHeaderSum + tcpBytes), tcp + 16);

    side.ipId = (side.ipId + 1) & 0xffff;
    side.ticks = ticks;
    const sequenceSpace = end - start + (flags & (SYN | FIN) ? 1 : 0);
    side.sequence = (side.sequence + sequenceSpace) % 0x100000000;
  }
}

/** @param {Endpoint} own @param {Endpoint} peer */
function openSide(own, peer) {
  const template = Buffer.alloc(TCP_AT + 4);
  template.set(peer.mac, 0);
  template.set(own.mac, 6);
  template.writeUInt16BE(0x0800, 12);
  template.set([0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 6, 0, 0], ETHERNET_BYTES);
  template.set(own.ip, ETHERNET_BYTES + 12);
  template.set(peer.ip, ETHERNET_BYTES + 16);
  template.writeUInt16BE(own.port, TCP_AT);
  template.writeUInt16BE(peer.port, TCP_AT + 2);
  // RFC 9293 §3.1: addresses, protocol 6 and (added per segment) the TCP length.
  const pseudoHeaderSum = sumWords(template, ETHERNET_BYTES + 12, ETHERNET_BYTES + 20) + 6;
  // Initial sequence numbers spread over the whole number space, differing per socket.
  const sequence = (own.port * 0x9e3779b1 + (own.ip[3] ?? 0) * 0x85ebca6b) % 0x100000000;
  return { template, pseudoHeaderSum, sequence, ipId: own.port & 0xffff, ticks: 0 };
}

/** The Internet checksum (RFC 1071) of `bytes[start, end)` and `seed`. */
function checksum(
  /** @type {Buffer} */ bytes,
  /** @type {number} */ start,
  /** @type {number} */ end,
  seed = 0,
) {
  let sum = seed + sumWords(bytes, start, end);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function sumWords(/** @type {Buffer} */ bytes, /** @type {number} */ start, /** @type {number} */ end) {
  let sum = 0;
  const even = end - ((end - start) & 1);
  for (let at = start; at < even; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return even < end ? sum + ((bytes[even] ?? 0) << 8) : sum;
}
