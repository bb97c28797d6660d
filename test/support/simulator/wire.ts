/**
 * The simulator's own writer and reader of DVRIP messages. It shares nothing with the dissectors on purpose: what
 * the captures expect must not come from the code that is tested against them.
 */

const MAGIC = 0xff;
export const HEADER_BYTES = 20;

/** More than any message of the simulator; a peer that announces more is cut off. */
const BODY_LIMIT = 1 << 20;

export const VERSION_CLIENT = 0;
export const VERSION_DEVICE = 1;

/** Media bodies travel in slices of this size, the last one shorter (field notes 6.1). */
export const MEDIA_SLICE_BYTES = 8192;

/** Firmware travels in blocks of this size (field notes 7.5). */
export const UPGRADE_BLOCK_BYTES = 32768;

export const ID = {
  login: 1000,
  logout: 1002,
  forceLogout: 1004,
  keepAlive: 1006,
  systemInfo: 1020,
  configSet: 1040,
  configGet: 1042,
  defaultConfigGet: 1044,
  channelTitleSet: 1046,
  channelTitleGet: 1048,
  abilityGet: 1360,
  ptz: 1400,
  monitor: 1410,
  monitorData: 1412,
  monitorClaim: 1413,
  avTalk: 1415,
  avTalkClaim: 1417,
  avTalkData: 1419,
  play: 1420,
  playData: 1422,
  playClaim: 1424,
  downloadData: 1426,
  talk: 1430,
  talkUp: 1432,
  talkDown: 1433,
  talkClaim: 1434,
  fileQuery: 1440,
  logQuery: 1442,
  systemManager: 1450,
  timeQuery: 1452,
  users: 1472,
  guard: 1500,
  unguard: 1502,
  alarm: 1504,
  netAlarm: 1506,
  upgrade: 1520,
  upgradeData: 1522,
  upgradeProgress: 1524,
  upgradeInfo: 1525,
  discover: 1530,
  ipSet: 1532,
  configImport: 1540,
  configExport: 1542,
  logExport: 1544,
  snapshot: 1560,
} as const;

/** The ids whose body is media, firmware or a picture (specification 3.2); all others carry text. */
export const MEDIA_IDS: ReadonlySet<number> = new Set([
  ID.monitorData,
  ID.avTalkData,
  ID.playData,
  ID.downloadData,
  ID.talkUp,
  ID.talkDown,
  ID.upgradeData,
]);

/** One message as it goes on the wire. Octets are named by their place, for their meaning depends on the id. */
export interface Message {
  readonly id: number;
  readonly version: number;
  /** 1 on packets of the Extra stream, 0xFE in IP_SET requests. */
  readonly octet2: number;
  /** 0x80 on packets that carry audio. */
  readonly octet3: number;
  readonly sessionId: number;
  readonly sequence: number;
  /** Total packets of a control message, or the channel of a media message. */
  readonly octet12: number;
  /** Number of this packet of a control message, or the end flag of a media message. */
  readonly octet13: number;
  readonly body: Buffer;
}

/*
 *  0      1       2      3      4           8         12      13      14    16
 * +------+-------+------+------+-----------+---------+-------+-------+-----+--------+
 * | 0xFF | vers. | res1 | res2 | session   | sequence| total | cur   | id  | length |  all little-endian
 * +------+-------+------+------+-----------+---------+-------+-------+-----+--------+
 */
export function writeMessage(message: Message): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = MAGIC;
  header[1] = message.version;
  header[2] = message.octet2;
  header[3] = message.octet3;
  header.writeUInt32LE(message.sessionId, 4);
  header.writeUInt32LE(message.sequence, 8);
  header[12] = message.octet12;
  header[13] = message.octet13;
  header.writeUInt16LE(message.id, 14);
  header.writeUInt32LE(message.body.length, 16);
  return Buffer.concat([header, message.body]);
}

/** Cuts what a socket delivers into messages. Throws on bytes that are no message: the simulator's peers are its own. */
export class MessageReader {
  #held: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): readonly Message[] {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const messages: Message[] = [];
    for (;;) {
      const held = this.#held;
      if (held.length < HEADER_BYTES) return messages;
      const length = held.readUInt32LE(16);
      if (held[0] !== MAGIC || length > BODY_LIMIT) throw new Error('the peer sent no DVRIP message');
      if (held.length < HEADER_BYTES + length) return messages;
      messages.push({
        id: held.readUInt16LE(14),
        version: held.readUInt8(1),
        octet2: held.readUInt8(2),
        octet3: held.readUInt8(3),
        sessionId: held.readUInt32LE(4),
        sequence: held.readUInt32LE(8),
        octet12: held.readUInt8(12),
        octet13: held.readUInt8(13),
        body: Buffer.from(held.subarray(HEADER_BYTES, HEADER_BYTES + length)),
      });
      this.#held = held.subarray(HEADER_BYTES + length);
    }
  }
}
