/**
 * Hashes (field notes §5) of passwords that devices are sold with or that everybody tries first. They serve to warn of
 * them; which password it is, is told to nobody.
 */
const KNOWN: ReadonlySet<string> = new Set([
  '6QNMIQGe',
  'nTBCS19C',
  '6V0Y4HLF',
  'd2gNs1nj',
  '9kwf1kHJ',
  '4WzwxXxM',
  'sh15yfFM',
  'mF95aD4o',
  'Ny2SRZzv',
  '2qrCYynu',
  'dvaOha50',
  'OxhlwSG8',
  '78errMIP',
  'O8kf9LI9',
  '34547USn',
  'lu1oviEe',
  'vACtBCq3',
]);

/** Of the empty password. */
const BLANK = 'tlJwpbo6';

export type PasswordKind = 'blank' | 'well-known' | 'other';

/** What is known of the password behind the hash of a login; some clients send an empty text for an empty password. */
export function kindOfPassword(hash: string): PasswordKind {
  if (hash === '' || hash === BLANK) return 'blank';
  return KNOWN.has(hash) ? 'well-known' : 'other';
}
