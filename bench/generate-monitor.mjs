import { pathToFileURL } from 'node:url';
import { CameraMedia, makePayloadPool } from './camera-media.mjs';
import { CaptureWriter } from './capture-writer.mjs';
import { keepAlive, login, logout, monitor } from './control-bodies.mjs';
import { controlMessage, DVRIP_PORT } from './dvrip-message.mjs';
import { SEGMENT_BYTES, TcpConnection } from './tcp-connection.mjs';

/**
 * Something that happens in steps. Each `yield` gives the capture time of its next step in microseconds since 1970.
 * @typedef {Generator<number, void, void>} Actor
 */

const START_MICROS = Date.UTC(2026, 0, 15, 8) * 1000;
const CAMERAS = 64;
const KEEPALIVE_MICROS = 20e6;
/** Cameras have 100 Mbit/s ports: one full frame with preamble and gap takes so long. */
const SEGMENT_MICROS = 123;
const ROUND_TRIP_MICROS = 2000;

/**
 * Monitor traffic of 64 cameras and one client, as the mirror port of a switch gives it: for each camera a control
 * socket (login, start, keep-alives) and a data socket (claim, then media), all of them interleaved.
 * When the file has its size, every camera finishes its picture, is stopped, logged out and closed.
 * @param {string} path @param {number} targetBytes of the file, within 1 % from 500 MB on
 * @returns {import('./captures.mjs').Contents}
 */
export function generateMonitor(path, targetBytes = 1e9) {
  const writer = new CaptureWriter(path);
  const pool = makePayloadPool();
  const isOver = () => writer.bytes >= targetBytes;
  const cameras = Array.from({ length: CAMERAS }, (_, index) => new Camera(writer, index, pool, isOver));
  runInOrderOfTime(cameras.flatMap((camera) => [camera.monitor(), camera.keepAlives()]));
  writer.close();

  let control = 0;
  let media = 0;
  let videoFrames = 0;
  let audioFrames = 0;
  for (const camera of cameras) {
    control += camera.controlMessages;
    media += camera.media.counts.messages;
    videoFrames += camera.media.counts.videoFrames;
    audioFrames += camera.media.counts.audioFrames;
  }
  return {
    bytes: writer.bytes,
    packets: writer.packets,
    flows: 2 * CAMERAS,
    messages: { total: control + media, control, media },
    media: { videoFrames, audioFrames },
  };
}

class Camera {
  #index;
  #sessionId;
  #control;
  #data;
  #isOver;
  #controlSequence = 0;
  #isStopped = false;
  controlMessages = 0;
  media;

  /** @param {CaptureWriter} writer @param {number} index @param {Buffer} pool @param {() => boolean} isOver */
  constructor(writer, index, pool, isOver) {
    this.#index = index;
    this.#isOver = isOver;
    this.#sessionId = 0x0b + index;
    const client = { mac: [2, 0, 0, 0, 0, 1], ip: [10, 10, 0, 2] };
    const device = { mac: [2, 0, 0, 0, 1, index], ip: [10, 10, 1, 1 + index], port: DVRIP_PORT };
    const port = 40_000 + 2 * index;
    this.#control = new TcpConnection(writer, { ...client, port }, device);
    this.#data = new TcpConnection(writer, { ...client, port: port + 1 }, device);
    this.media = new CameraMedia(index, this.#sessionId, pool);
  }

  /** From the first SYN to the last FIN. @returns {Actor} */
  *monitor() {
    let time = this.#startMicros();
    yield time;
    this.#control.open(time);
    time += ROUND_TRIP_MICROS;
    yield time;
    this.#exchange(this.#control, time, this.#nextSequence(), login(this.#sessionId));
    time += 2 * ROUND_TRIP_MICROS;
    yield time;
    this.#data.open(time);
    time += ROUND_TRIP_MICROS;
    yield time;
    this.#exchange(this.#data, time, 0, monitor(1413, this.#sessionId, 'Claim'));
    time += 2 * ROUND_TRIP_MICROS;
    yield time;
    this.#exchange(this.#control, time, this.#nextSequence(), monitor(1410, this.#sessionId, 'Start'));
    time += 2 * ROUND_TRIP_MICROS;
    yield time;

    time = yield* this.#sendMedia(time);

    this.#isStopped = true;
    time += ROUND_TRIP_MICROS;
    yield time;
    this.#exchange(this.#control, time, this.#nextSequence(), monitor(1410, this.#sessionId, 'Stop'));
    time += 2 * ROUND_TRIP_MICROS;
    yield time;
    this.#data.close(time);
    time += ROUND_TRIP_MICROS;
    yield time;
    this.#exchange(this.#control, time, this.#nextSequence(), logout(this.#sessionId));
    time += 2 * ROUND_TRIP_MICROS;
    yield time;
    this.#control.close(time);
  }

  /** @returns {Actor} */
  *keepAlives() {
    for (let time = this.#startMicros() + KEEPALIVE_MICROS; ; time += KEEPALIVE_MICROS) {
      yield time;
      if (this.#isStopped) return;
      this.#exchange(this.#control, time, this.#nextSequence(), keepAlive(this.#sessionId));
    }
  }

  /**
   * Full segments, wherever the messages end; what is left over waits for the next picture. The last segment is short.
   * @param {number} begin @returns {Generator<number, number, void>} the time after the last segment
   */
  *#sendMedia(begin) {
    const { media } = this;
    let time = begin;
    let frameDue = begin;
    let segments = 0;
    do {
      frameDue += media.addFrame(time);
      while (media.end - media.start >= SEGMENT_BYTES) {
        this.#sendSegment(time, SEGMENT_BYTES);
        if (++segments % 2 === 0) {
          yield time + SEGMENT_MICROS / 2;
          this.#data.acknowledge('client', time + SEGMENT_MICROS / 2);
        }
        time += SEGMENT_MICROS;
        yield time;
      }
      time = Math.max(time, frameDue);
      yield time;
    } while (!this.#isOver());
    if (media.end > media.start) {
      this.#sendSegment(time, media.end - media.start);
      this.#data.acknowledge('client', time + SEGMENT_MICROS);
    }
    return time + SEGMENT_MICROS;
  }

  /** @param {number} time @param {number} length */
  #sendSegment(time, length) {
    const { media } = this;
    this.#data.send('server', time, media.stage, media.start, media.start + length);
    media.start += length;
  }

  /**
   * A request and its reply, which the client acknowledges: nothing else follows at once.
   * @param {TcpConnection} socket @param {number} time @param {number} sequence
   * @param {import('./control-bodies.mjs').Exchange} exchange
   */
  #exchange(socket, time, sequence, { id, request, reply }) {
    const session = id === 1000 ? 0 : this.#sessionId;
    const asked = controlMessage('client', session, sequence, id, request);
    socket.send('client', time, asked, 0, asked.length);
    const answered = controlMessage('server', this.#sessionId, sequence, id + 1, reply);
    socket.send('server', time + 400, answered, 0, answered.length);
    socket.acknowledge('client', time + 450);
    this.controlMessages += 2;
  }

  #nextSequence() {
    return this.#controlSequence++;
  }

  #startMicros() {
    return START_MICROS + this.#index * 23_000;
  }
}

/** Takes one step of whoever comes first, until all have ended. @param {Actor[]} actors */
function runInOrderOfTime(actors) {
  const due = Float64Array.from(actors, (actor) => actor.next().value ?? Number.POSITIVE_INFINITY);
  for (;;) {
    let first = 0;
    for (let index = 1; index < due.length; index++) {
      if ((due[index] ?? 0) < (due[first] ?? 0)) first = index;
    }
    if (due[first] === Number.POSITIVE_INFINITY) return;
    due[first] = actors[first]?.next().value ?? Number.POSITIVE_INFINITY;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [path = 'monitor.pcap', bytes = '1e9'] = process.argv.slice(2);
  console.log(JSON.stringify(generateMonitor(path, Number(bytes))));
}
