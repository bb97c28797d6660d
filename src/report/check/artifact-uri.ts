/**
 * The path of an input as an RFC 3986 reference: relative as it was given, so that a code host finds it in the
 * checkout, `file:` where it was absolute. Whatever is no unreserved character is percent-encoded.
 */
export function artifactUri(path: string): string {
  if (path === '-') return 'standard-input';
  // Half a surrogate pair has no UTF-8; Buffer writes U+FFFD for it.
  const text = Buffer.from(path).toString();
  const drive = /^[A-Za-z]:[\\/]/.test(text);
  const parts = (drive ? text.replaceAll('\\', '/') : text).split('/');
  const encoded = parts.map((part, at) => (drive && at === 0 ? part : encodeURIComponent(part))).join('/');
  if (drive) return `file:///${encoded}`;
  // More than one leading slash would name a host.
  return encoded.startsWith('/') ? `file:///${encoded.replace(/^\/+/, '')}` : encoded;
}
