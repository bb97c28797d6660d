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

const SECRET_MEMBER = new RegExp(
  `("\\s*(?:${[...SECRET_KEYS].join('|')})\\s*"\\s*:\\s*")((?:[^"\\\\]|\\\\.)+)("?)`,
  'gi',
);

/** The same for text that is no JSON value, or not wholly: each secret member's string is replaced. */
export function redactText(text: string): string {
  return text.replace(SECRET_MEMBER, `$1${REDACTED}$3`);
}
