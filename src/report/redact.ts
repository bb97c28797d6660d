import { isSecretKey } from '../../schemas/secret-keys.ts';
import { SecretScanner } from './secret-scanner.ts';

export const REDACTED = '‹redacted›';

/** A copy of a JSON value in which the secrets are replaced, also those in JSON that a string holds. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('"') ? redactText(value) : value;
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const hidden = isSecretKey(key) && member !== '' && member !== null ? REDACTED : redact(member);
    // A key such as __proto__ must become a member, not the prototype.
    Object.defineProperty(copy, key, { value: hidden, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

/** The same for text that is no JSON value, or not wholly. */
export function redactText(text: string): string {
  return new SecretMasker().push(text);
}

/** Redacts text that comes in pieces: a secret that lies across two pieces is found all the same. */
export class SecretMasker {
  readonly #scanner = new SecretScanner();
  #hiding = false;

  push(piece: string): string {
    let shown = '';
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const secret = this.#scanner.push(piece.charCodeAt(at));
      if (secret === this.#hiding) continue;
      this.#hiding = secret;
      if (secret) shown += piece.slice(from, at) + REDACTED;
      else from = at;
    }
    return this.#hiding ? shown : shown + piece.slice(from);
  }
}

/** The byte ranges of secret values in a body, whatever its encoding: keys and quotes are ASCII in all of them. */
export function secretRanges(body: Uint8Array): readonly (readonly [number, number])[] {
  const scanner = new SecretScanner();
  const ranges: [number, number][] = [];
  let from = -1;
  for (const [at, byte] of body.entries()) {
    const secret = scanner.push(byte);
    if (secret && from === -1) from = at;
    if (secret || from === -1) continue;
    ranges.push([from, at]);
    from = -1;
  }
  if (from !== -1) ranges.push([from, body.length]);
  return ranges;
}
