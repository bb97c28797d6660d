import { createDecipheriv } from 'node:crypto';
import { looksEncrypted } from './text.ts';

/**
 * The envelope of newer firmware (field notes §8): the body, closed with NULs to whole blocks, through AES-128-CBC with an
 * initialisation vector of zeros, then base64, then one NUL.
 *
 * The login request (1000) and the negotiation reply (1414) of mobile clients, marked by 0x63 in byte 12, use a
 * key that is the same in every device and published; so the outer layer of every such login can be
 * read. What is secret in it lies in a second, asymmetric layer, which stays closed.
 */
export const BOOTSTRAP_KEY: Uint8Array = Buffer.from('dashoiahfarqdasr', 'latin1');

const KEY_LENGTH = 16;
const BLOCK = 16;
const NO_VECTOR = Buffer.alloc(BLOCK);
const BRACE = 0x7b;
const NUL = 0;

/**
 * The plain body of `bytes[start … end)`, without the NULs that filled the last block; undefined where it is no
 * envelope, or the key is another one (the plain text of every body begins with a brace).
 */
export function openEnvelope(
  bytes: Uint8Array,
  start: number,
  end: number,
  key: Uint8Array,
): Uint8Array | undefined {
  if (key.length !== KEY_LENGTH || !looksEncrypted(bytes, start, end)) return undefined;
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  const closed = Buffer.from(base64, 'base64');
  if (closed.length === 0 || closed.length % BLOCK !== 0) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', key, NO_VECTOR).setAutoPadding(false);
  const open = Buffer.concat([decipher.update(closed), decipher.final()]);
  if (open[0] !== BRACE) return undefined;
  let length = open.length;
  while (length > 0 && open[length - 1] === NUL) length -= 1;
  return open.subarray(0, length);
}

/** A key as it is typed: 16 characters, or 32 hexadecimal digits; undefined for anything else. */
export function readKey(text: string): Uint8Array | undefined {
  if (/^[0-9a-fA-F]{32}$/.test(text)) return Buffer.from(text, 'hex');
  const key = Buffer.from(text, 'utf8');
  return key.length === KEY_LENGTH ? key : undefined;
}
