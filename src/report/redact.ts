export const REDACTED = '‹redacted›';

/**
 * Keys whose values are secrets: password hashes (as good as the password, field notes §5), passwords,
 * session keys, tokens, Wi-Fi keys. Compared without case and blanks, since devices pad and misspell keys.
 */
const SECRET_KEYS: ReadonlySet<string> = new Set([
  'password',
  'passwordv2',
  'newpassword',
  'oldpassword',
  'pwd',
  'passwd',
  'communicatekey',
  'admintoken',
  'token',
  'keys',
  'ddnskey',
  'enablekey',
  'questionanswer',
  'privatekey',
  'presharedkey',
  'psk',
]);

export function isSecretKey(key: string): boolean {
  return SECRET_KEYS.has(key.trim().toLowerCase());
}

/** A copy of a JSON value in which the secrets are replaced. */
export function redact(value: unknown): unknown {
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

const KEYS = [...SECRET_KEYS].join('|');
const SECRET_MEMBER = new RegExp(`("\\s*(?:${KEYS})\\s*"\\s*:\\s*")((?:[^"\\\\]|\\\\.)+)("?)`, 'gi');
/** A secret member whose string is not closed before the text ends. */
const OPEN_SECRET = new RegExp(`"\\s*(?:${KEYS})\\s*"\\s*:\\s*"(?:[^"\\\\]|\\\\.)*\\\\?$`, 'i');
/** The end of a text that may be the beginning of a secret member. */
const MAYBE_SECRET = /"[^"]{0,64}(?:"\s*:?\s*)?$/;

/** The same for text that is no JSON value, or not wholly: each secret member's string is replaced. */
export function redactText(text: string): string {
  return text.replace(SECRET_MEMBER, `$1${REDACTED}$3`);
}

/** The byte ranges of secret values in a body, whatever its encoding: keys and quotes are ASCII in all of them. */
export function secretRanges(body: Uint8Array): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const match of Buffer.from(body).toString('latin1').matchAll(SECRET_MEMBER)) {
    const from = match.index + (match[1] ?? '').length;
    ranges.push([from, from + (match[2] ?? '').length]);
  }
  return ranges;
}

/** Redacts text that comes in pieces: a secret that lies across two pieces is found all the same. */
export class SecretMasker {
  #held = '';
  #inside = false;

  push(piece: string): string {
    let text = this.#held + piece;
    this.#held = '';
    if (this.#inside) {
      const close = /(?<!\\)"/.exec(text);
      if (close === null) return '';
      this.#inside = false;
      text = text.slice(close.index);
    }
    if (OPEN_SECRET.test(text)) {
      this.#inside = true;
      return redactText(text);
    }
    const open = MAYBE_SECRET.exec(text);
    if (open !== null) {
      this.#held = text.slice(open.index);
      text = text.slice(0, open.index);
    }
    return redactText(text);
  }

  end(): string {
    const rest = this.#held;
    this.#held = '';
    this.#inside = false;
    return redactText(rest);
  }
}
