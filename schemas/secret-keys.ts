/** A key that is longer is none of ours; what is read of a key is bounded by this. */
export const LONGEST_KEY = 64;

/**
 * Keys whose values are secrets: password hashes (as good as the password, field notes §5) and passwords of any
 * service, session keys, tokens, Wi-Fi and DDNS keys. The words are looked for anywhere, since firmware makes new keys
 * out of them (`PassWordV2`, `AdminToken`, `ARSPKey`); a public key is none. Some say nothing by their names: `acme`
 * (password of a telephone's account), `NoMD5` and `ChangeRandomUser` (accounts under keys of any name), `Info` of
 * GetRandomUser (an account behind the serial number, which everybody is told; the lines of fVideo.OSDInfo share its name).
 */
const SECRET_WORDS =
  /passw|passphrase|pwd|token|secret|credential|answer$|psk|(?<!public)keys?$|^(?:acme|nomd5|changerandomuser|info)$/;

/** Compared without case and blanks, since devices pad and misspell keys; `\u0050` in a key is read as the letter. */
export function isSecretKey(key: string): boolean {
  if (key.length > LONGEST_KEY) return false;
  const letters = key.includes('\\') ? withoutEscapes(key) : key;
  return SECRET_WORDS.test(letters.replace(/[\s_-]/g, '').toLowerCase());
}

function withoutEscapes(key: string): string {
  return key
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replaceAll('\\', '');
}
