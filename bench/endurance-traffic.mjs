import { controlMessage, DVRIP_PORT, HEADER_BYTES, sessionIdText, writeHeader } from './dvrip-message.mjs';

/** @typedef {import('./tcp-connection.mjs').Side} Side */
/**
 * The view that each packet is handed over in.
 * @typedef {{ number: number, seconds: number, nanoseconds: number, linkType: number, bytes: Uint8Array,
 *   start: number, end: number, wireLength: number }} PacketView
 */

const DEVICES = 200;
const CLIENT_PORTS = 8000;
const MEDIA_BODY = 600;
const SECONDS_OF_FOUR_WEEKS = 28 * 24 * 3600;
const LINKTYPE_ETHERNET = 1;

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;
const NO_BYTES = Buffer.alloc(0);

/**
 * Four weeks of traffic by its counts, made in memory: sessions that log in, watch, keep alive and end in all the ways there
 * are. Of seven sessions one is refused, one never ends (its sockets fall silent), one is cut by a reset, one is watched
 * without a session id. A connection without an answer (half-open) comes with each, and client ports are used
 * again and again, with other sequence numbers.
 *
 * @param {PacketView} packet filled anew for each packet
 * @param {() => void} push takes it
 * @param {{ sessions: number, messages: number }} counts about so many
 * @param {(sessions: number, messages: number) => void} progress after each session
 * @returns {number} messages
 */
export function feedFourWeeks(packet, push, { sessions, messages }, progress) {
  const wire = new Wire(packet, push);
  // A seventh of the sessions is refused after two messages.
  const each = Math.max(20, Math.ceil((messages / sessions) * (7 / 6)));
  const spacing = (SECONDS_OF_FOUR_WEEKS * 1e6) / sessions;
  for (let session = 1; session <= sessions; session++) {
    wire.micros = 1_760_000_000 * 1e6 + Math.floor(session * spacing);
    new Visit(wire, session).run(each);
    progress(session, wire.messages);
  }
  return wire.messages;
}

/** Where packets are built: all of them in one buffer. */
class Wire {
  micros = 0;
  messages = 0;
  #packet;
  #push;
  #buffer = Buffer.alloc(4096);

  /** @param {PacketView} packet @param {() => void} push */
  constructor(packet, push) {
    this.#packet = packet;
    this.#push = push;
    packet.linkType = LINKTYPE_ETHERNET;
    packet.bytes = this.#buffer;
    packet.start = 0;
    // Ethernet, IPv4 and TCP without options; checksums are not looked at (offloads leave them wrong).
    this.#buffer.writeUInt16BE(0x0800, 12);
    this.#buffer.set([0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 6], 14);
    this.#buffer[46] = 0x50;
    this.#buffer.writeUInt16BE(0xffff, 48);
  }

  /**
   *     +26 source · +30 destination · +34 ports · +38 sequence · +42 acknowledgement · +47 flags · +54 payload
   *
   * @param {End} from @param {End} to @param {number} flags @param {Buffer} payload
   */
  send(from, to, flags, payload) {
    const buffer = this.#buffer;
    const length = 54 + payload.length;
    this.micros += 50;
    buffer.writeUInt16BE(length - 14, 16);
    buffer.writeUInt32BE(from.address, 26);
    buffer.writeUInt32BE(to.address, 30);
    buffer.writeUInt16BE(from.port, 34);
    buffer.writeUInt16BE(to.port, 36);
    buffer.writeUInt32BE(from.sequence, 38);
    buffer.writeUInt32BE(flags === SYN ? 0 : to.sequence, 42);
    buffer[47] = flags;
    payload.copy(buffer, 54);
    from.sequence = (from.sequence + payload.length + ((flags & (SYN | FIN)) !== 0 ? 1 : 0)) >>> 0;
    const packet = this.#packet;
    packet.number += 1;
    packet.seconds = Math.floor(this.micros / 1e6);
    packet.nanoseconds = (this.micros % 1e6) * 1000;
    packet.end = packet.wireLength = length;
    this.#push();
  }
}

/** One end of a connection. @typedef {{ address: number, port: number, sequence: number }} End */

class Connection {
  #wire;
  /** @type {End} */
  #client;
  /** @type {End} */
  #server;

  /** @param {Wire} wire @param {number} session @param {number} port */
  constructor(wire, session, port) {
    const device = session % DEVICES;
    this.#wire = wire;
    this.#client = {
      address: 0x0a010001 + (device % 50),
      port,
      sequence: Math.imul(session, 0x9e3779b1) >>> 0,
    };
    this.#server = {
      address: 0x0a020001 + device,
      port: DVRIP_PORT,
      sequence: Math.imul(session, 0x85ebca6b) >>> 0,
    };
  }

  /** A SYN that nobody answers. */
  knock() {
    this.#wire.send(this.#client, this.#server, SYN, NO_BYTES);
  }

  open() {
    this.knock();
    this.#wire.send(this.#server, this.#client, SYN | ACK, NO_BYTES);
  }

  /** A message whole. @param {Side} from @param {Buffer} message */
  say(from, message) {
    const [sender, receiver] =
      from === 'client' ? [this.#client, this.#server] : [this.#server, this.#client];
    this.#wire.send(sender, receiver, ACK, message);
    this.#wire.messages += 1;
  }

  close() {
    this.#wire.send(this.#client, this.#server, FIN | ACK, NO_BYTES);
    this.#wire.send(this.#server, this.#client, FIN | ACK, NO_BYTES);
  }

  reset() {
    this.#wire.send(this.#client, this.#server, RST | ACK, NO_BYTES);
  }
}

/** One session, from its login to its end or without one. */
class Visit {
  #wire;
  #session;
  #id;
  #sequence = 0;

  /** @param {Wire} wire @param {number} session */
  constructor(wire, session) {
    this.#wire = wire;
    this.#session = session;
    this.#id = 0x100 + session;
  }

  /** @param {number} messages */
  run(messages) {
    const wire = this.#wire;
    const session = this.#session;
    const manner = ['refused', 'silent', 'reset', 'nameless', 'closed', 'closed', 'closed'][session % 7];
    const port = 20_000 + (session % CLIENT_PORTS);
    const until = wire.messages + messages;
    new Connection(wire, session, 10_000 + (session % CLIENT_PORTS)).knock();
    const control = new Connection(wire, session, port);
    control.open();
    this.#say(control, 'client', 1000, { LoginType: 'DVRIP-Web', PassWord: 'x', UserName: 'admin' }, 0);
    if (manner === 'refused') {
      this.#say(control, 'server', 1001, { Ret: 203, SessionID: '0x00000000' }, 0);
      control.close();
      return;
    }
    this.#say(control, 'server', 1001, { AliveInterval: 21, ChannelNum: 16, DeviceType: 'DVR', Ret: 100 });
    const data = this.#watch(control, port + 2 * CLIENT_PORTS);
    const picture = mediaMessage(manner === 'nameless' ? 0 : this.#id, session % 16);
    for (let n = 0; wire.messages < until; n++) {
      wire.micros += 40_000;
      picture.writeUInt32LE(n, 8);
      data.say('server', picture);
      if (n % 25 === 24) this.#ask(control, 1006, { Name: 'KeepAlive' });
    }
    if (manner === 'reset') {
      control.reset();
      data.reset();
    } else if (manner !== 'silent') {
      this.#ask(control, 1002, { Name: '' });
      data.close();
      control.close();
    }
  }

  /** Claims a data socket and starts monitoring. @param {Connection} control @param {number} port */
  #watch(control, port) {
    const data = new Connection(this.#wire, this.#session, port);
    const Parameter = {
      Channel: this.#session % 16,
      CombinMode: 'NONE',
      StreamType: 'Main',
      TransMode: 'TCP',
    };
    data.open();
    this.#ask(data, 1413, { Name: 'OPMonitor', OPMonitor: { Action: 'Claim', Parameter } });
    this.#ask(control, 1410, { Name: 'OPMonitor', OPMonitor: { Action: 'Start', Parameter } });
    return data;
  }

  /** A request and its answer. @param {Connection} on @param {number} id @param {{ Name: string }} body */
  #ask(on, id, body) {
    this.#say(on, 'client', id, body);
    this.#say(on, 'server', id + 1, { Name: body.Name, Ret: 100 });
  }

  /** @param {Connection} on @param {Side} from @param {number} id @param {object} body */
  #say(on, from, id, body, sessionId = this.#id) {
    const named = { SessionID: sessionIdText(sessionId), ...body };
    on.say(from, controlMessage(from, sessionId, this.#sequence++, id, named));
  }
}

/** A message with one inter frame, all of it. @param {number} sessionId @param {number} channel */
function mediaMessage(sessionId, channel) {
  const bytes = Buffer.alloc(HEADER_BYTES + 8 + MEDIA_BODY);
  writeHeader(bytes, 0, { from: 'server', sessionId, sequence: 0, id: 1412, length: 8 + MEDIA_BODY });
  bytes[12] = channel;
  bytes.writeUInt32BE(0x1fd, HEADER_BYTES);
  bytes.writeUInt32LE(MEDIA_BODY, HEADER_BYTES + 4);
  bytes.writeUInt32BE(1, HEADER_BYTES + 8);
  bytes[HEADER_BYTES + 12] = 0x41;
  return bytes;
}
