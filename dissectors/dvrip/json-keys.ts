import type { JsonLimits } from './json-limits.ts';
import { JsonTree } from './json-tree.ts';

const QUOTE = 0x22;
const BLANK = 0x20;

/**
 * Whether an object has a key twice; `value` is what JSON.parse made of `text`, where the second has replaced the first.
 *
 * Called for every control body, so it only counts: a key is a colon behind a quote, and `indexOf` finds colons
 * faster than JSON.parse reads. When there are more of them than keys in the value, the tree tells whether
 * a key is twice there or a string looks like one. Costs a fifth of JSON.parse on bodies as devices send them.
 */
export function hasDuplicateKeys(text: string, value: unknown, limits?: JsonLimits): boolean {
  return countKeyColons(text) > countKeys(value) && new JsonTree(text, limits).duplicateKeys().length > 0;
}

function countKeyColons(text: string): number {
  let count = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (before >= 0 && text.charCodeAt(before) <= BLANK) before -= 1;
    if (text.charCodeAt(before) === QUOTE) count += 1;
  }
  return count;
}

/** As deep as a body may nest (json-limits.ts). `for in` makes no list of the keys; JSON.parse gives own keys only. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countKeys(item);
    return count;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const key in members) {
    count += 1;
    const member = members[key];
    if (typeof member === 'object') count += countKeys(member);
  }
  return count;
}
