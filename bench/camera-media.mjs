import { HEADER_BYTES, writeHeader } from './dvrip-message.mjs';
import { Random } from './random.mjs';

const MONITOR_DATA = 1412;
/** Devices cut a chunk into slices of this size; the last one is shorter. */
const SLICE_BYTES = 8192;
const POOL_BYTES = 4 << 20;
const STAGE_BYTES = 256 << 10;
const FRAMES_PER_SECOND = 10;
const FRAMES_PER_GROUP = 40;
const AUDIO_MICROS = 40_000;
const AUDIO_BYTES = 320;
// VPS, SPS and PPS of a 3840 x 2160 picture at 10 frames/s by x265, and the head of its IDR slice
const KEY_FRAME_START = Buffer.from(
  '0000000140010c01ffff01600000030090000003000003009695940900000001420101016000000300900000030000030096a0' +
    '01e020021c5965654a4c2f0168080000030008000003005040000000014401c073c189000000012801',
  'hex',
);
const INTER_FRAME_START = Buffer.from('000000010201', 'hex');

/** What frames are filled with. No byte of it is 0, so it holds no start code and no chunk header by chance. */
export function makePayloadPool() {
  const pool = Buffer.alloc(POOL_BYTES);
  const random = new Random(0x5eed);
  for (let at = 0; at < pool.length; at++) pool[at] = 1 + random.below(255);
  return pool;
}

/**
 * The stream of 1412 messages one camera sends: H.265 at 10 frames/s and about 4 Mbit/s, G.711 where it has a microphone.
 * Bytes wait in `stage[start, end)`; the caller takes them from the front and asks for the next frame when they run low.
 */
export class CameraMedia {
  #pool;
  #random;
  #sessionId;
  #hasAudio;
  #frame = 0;
  #audioChunks = 0;
  #sequence = 0;
  stage = Buffer.alloc(STAGE_BYTES);
  start = 0;
  end = 0;
  counts = { messages: 0, videoFrames: 0, audioFrames: 0 };

  /** @param {number} index @param {number} sessionId @param {Buffer} pool from `makePayloadPool` */
  constructor(index, sessionId, pool) {
    this.#pool = pool;
    this.#random = new Random(index + 1);
    this.#sessionId = sessionId;
    this.#hasAudio = index % 4 === 0;
    // Cameras started together would otherwise send all their key frames at once.
    this.#frame = (index * 7) % FRAMES_PER_GROUP;
    if (this.#frame > 0) this.#frame -= FRAMES_PER_GROUP;
  }

  /**
   * Adds one picture and the sound due with it. A monitor stream begins with a key frame, wherever the group stands.
   * @param {number} micros capture time, for the date in a key frame
   * @returns {number} microseconds until the next one
   */
  addFrame(micros) {
    this.stage.copy(this.stage, 0, this.start, this.end);
    this.end -= this.start;
    this.start = 0;
    const isKey = this.counts.videoFrames === 0 || this.#frame % FRAMES_PER_GROUP === 0;
    this.#frame++;
    if (isKey) this.#addKeyFrame(micros);
    else this.#addInterFrame();
    this.counts.videoFrames++;
    const audioDue = (this.counts.videoFrames * 1e6) / FRAMES_PER_SECOND / AUDIO_MICROS;
    while (this.#hasAudio && this.#audioChunks < Math.floor(audioDue)) this.#addAudio();
    return 1e6 / FRAMES_PER_SECOND;
  }

  /**
   *     +0 00 00 01 FC · +4 codec 3 and bits 8-9 of width and height · +5 frames/s · +6 width/8 · +7 height/8
   *     +8 date u32 · +12 length u32
   *
   * @param {number} micros
   */
  #addKeyFrame(micros) {
    const length = 130_000 + this.#random.below(60_000);
    const header = Buffer.from([0, 0, 1, 0xfc, 0x53, FRAMES_PER_SECOND, 0xe0, 0x0e, 0, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32LE(packDate(new Date(micros / 1000)), 8);
    header.writeUInt32LE(length, 12);
    this.#addChunk(header, KEY_FRAME_START, length);
  }

  /** `+0 00 00 01 FD · +4 length u32` */
  #addInterFrame() {
    const length = 36_000 + this.#random.below(22_000);
    const header = Buffer.from([0, 0, 1, 0xfd, 0, 0, 0, 0]);
    header.writeUInt32LE(length, 4);
    this.#addChunk(header, INTER_FRAME_START, length);
  }

  /** `+0 00 00 01 FA · +4 codec 14 (G.711 A) · +5 rate 2 (8000 Hz) · +6 length u16` */
  #addAudio() {
    const header = Buffer.from([0, 0, 1, 0xfa, 14, 2, AUDIO_BYTES & 0xff, AUDIO_BYTES >> 8]);
    this.#addChunk(header, Buffer.alloc(0), AUDIO_BYTES);
    this.#audioChunks++;
    this.counts.audioFrames++;
  }

  /** @param {Buffer} header @param {Buffer} opening first bytes of the payload @param {number} length of the payload */
  #addChunk(header, opening, length) {
    const head = Buffer.concat([header, opening]);
    const total = header.length + length;
    const poolAt = this.#random.below(POOL_BYTES - total);
    for (let sent = 0; sent < total; ) {
      const slice = Math.min(SLICE_BYTES, total - sent);
      const sequence = this.#sequence++;
      const message = { sessionId: this.#sessionId, sequence, id: MONITOR_DATA, length: slice };
      writeHeader(this.stage, this.end, { from: 'server', ...message });
      const body = this.end + HEADER_BYTES;
      this.#pool.copy(this.stage, body, poolAt + sent, poolAt + sent + slice);
      if (sent === 0) head.copy(this.stage, body);
      this.end = body + slice;
      sent += slice;
      this.counts.messages++;
    }
  }
}

/** seconds 6 bits · minutes 6 · hours 5 · day 5 · month 4 · years since 2000 6, from the lowest. @param {Date} date */
function packDate(date) {
  const day = date.getUTCDate() | ((date.getUTCMonth() + 1) << 5) | ((date.getUTCFullYear() - 2000) << 9);
  const time = date.getUTCSeconds() | (date.getUTCMinutes() << 6) | (date.getUTCHours() << 12);
  return ((day << 17) | time) >>> 0;
}
