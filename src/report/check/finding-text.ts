import { isSecretKey } from '../../../schemas/secret-keys.ts';
import { REDACTED, redactText } from '../redact.ts';
import { clipped, REPORT_LIMITS } from './limits.ts';

/**
 * A finding in words, as a report may show it: short, and without secrets. A schema never tells the value of a secret
 * that it knows; of a member that is secret by its name only, every value in the words is hidden, but for its keys.
 *
 * @param pointer RFC 6901, where the finding is
 * @param most UTF-16 units of it
 */
export function shownText(
  text: string,
  pointer: string | undefined,
  showSecrets: boolean,
  most = REPORT_LIMITS.textUnits,
): string {
  const shown = showSecrets ? text : withoutSecrets(text, pointer);
  return clipped(shown, most);
}

function withoutSecrets(text: string, pointer: string | undefined): string {
  const keys = keysOf(pointer);
  return keys.some(isSecretKey) ? hideValues(text, keys) : redactText(text);
}

function keysOf(pointer: string | undefined): readonly string[] {
  if (pointer === undefined) return [];
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** JSON text, which may be cut, or a number. */
const VALUE = /"(?:[^"\\]|\\.)*(?:"|\\?$)|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gs;

function hideValues(text: string, keys: readonly string[]): string {
  const known = new Set(keys.map(plain));
  return text.replace(VALUE, (value) => (known.has(plain(value)) ? value : REDACTED));
}

/** Findings about how a key is written name it as it is and as it should be. */
function plain(key: string): string {
  return key.replaceAll('"', '').trim().toLowerCase();
}
