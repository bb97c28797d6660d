export const DVRIP_PORT = 34567;
export const HEADER_BYTES = 20;

/** @typedef {import('./tcp-connection.mjs').Side} Side */

/**
 *     +0 0xFF · +1 0 from the client, 1 from the device · +2 reserved u16 · +4 session u32 · +8 sequence u32
 *     +12 total · +13 current · +14 message id u16 · +16 body length u32; all little endian
 *
 * @param {Buffer} target @param {number} at
 * @param {{ from: Side, sessionId: number, sequence: number, id: number, length: number }} header
 */
export function writeHeader(target, at, { from, sessionId, sequence, id, length }) {
  target[at] = 0xff;
  target[at + 1] = from === 'client' ? 0 : 1;
  target.writeUInt16LE(0, at + 2);
  target.writeUInt32LE(sessionId, at + 4);
  target.writeUInt32LE(sequence, at + 8);
  target.writeUInt16LE(0, at + 12);
  target.writeUInt16LE(id, at + 14);
  target.writeUInt32LE(length, at + 16);
}

/**
 * A control message whole: header, JSON, and the trailer of who sends it (0A from the client, 0A 00 from the device).
 * @param {Side} from @param {number} sessionId @param {number} sequence @param {number} id @param {object} body
 */
export function controlMessage(from, sessionId, sequence, id, body) {
  const text = jsonText(body) + (from === 'client' ? '\n' : '\n\0');
  const length = Buffer.byteLength(text);
  const message = Buffer.alloc(HEADER_BYTES + length);
  writeHeader(message, 0, { from, sessionId, sequence, id, length });
  message.write(text, HEADER_BYTES);
  return message;
}

/** As the JSON bodies spell it: `"0x0000000B"`. @param {number} sessionId */
export function sessionIdText(sessionId) {
  return `0x${sessionId.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** JSON as devices print it: keys sorted, blanks around braces and colons. @param {unknown} value @returns {string} */
function jsonText(value) {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(jsonText).join(', ')} ]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)} : ${jsonText(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
