import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The eight characters that a client sends for a password: sums of MD5 byte pairs, modulo 62 (field notes 5). */
export function sofiaHash(password: string): string {
  const digest = createHash('md5').update(password, 'utf8').digest();
  let text = '';
  for (let at = 0; at < 16; at += 2) {
    text += ALPHABET.charAt((digest.readUInt8(at) + digest.readUInt8(at + 1)) % ALPHABET.length);
  }
  return text;
}
