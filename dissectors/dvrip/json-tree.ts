import { JSON_LIMITS, type JsonLimits } from './json-limits.ts';
import { mend } from './json-mender.ts';
import { type JsonMember, type JsonNode, nodeValue } from './json-node.ts';
import type { SlipAt } from './json-slip.ts';

export type { JsonSlip, SlipAt } from './json-slip.ts';

/** Keys and indices from the root of a JSON value. */
export type JsonPath = readonly (string | number)[];

/** A part of a text, in UTF-16 units. */
export interface TextRange {
  readonly at: number;
  readonly length: number;
}

/** A key that its object has already had. */
export interface DuplicateKey extends TextRange {
  readonly path: JsonPath;
}

/**
 * Reads text that is not quite JSON (trailing and missing commas, curly quotes, a forgotten bracket). The slips are
 * those that were mended, the first of them, in the order of the text.
 *
 * Undefined where it would be guessing: no object or array begins the text, more of it had to be mended than is
 * sound, or it is longer, deeper or fuller than the limits allow.
 */
export function readTolerantly(
  text: string,
  limits: JsonLimits = JSON_LIMITS,
): { readonly value: unknown; readonly slips: readonly SlipAt[] } | undefined {
  if (text.length > limits.mendedUnits) return undefined;
  const mended = mend(text, limits);
  if (mended === undefined || mended.root.kind === 'scalar') return undefined;
  if (mended.slips.heavy > mended.sound) return undefined;
  const slips = [...mended.slips.listed].sort((a, b) => a.at - b.at);
  return { value: nodeValue(mended.root), slips };
}

/** Where things stand in a text: JSON, or what {@link readTolerantly} takes for it. */
export class JsonTree {
  readonly #root: JsonNode | undefined;
  readonly #most: number;

  constructor(text: string, limits: JsonLimits = JSON_LIMITS) {
    this.#root = mend(text, limits)?.root;
    this.#most = limits.listed;
  }

  /** The place of a value, or of its key (of an element: the element). Of keys that come twice the last, as JSON.parse. */
  place(path: JsonPath, what: 'value' | 'key'): TextRange | undefined {
    let node = this.#root;
    let member: JsonMember | undefined;
    for (const part of path) {
      member = undefined;
      if (node?.kind === 'object') {
        member = node.members.findLast(({ key }) => key === part);
        node = member?.value;
      } else {
        node = typeof part === 'number' ? node?.items[part] : undefined;
      }
    }
    if (node === undefined) return undefined;
    if (what === 'key' && member !== undefined) {
      return { at: member.keyStart, length: member.keyEnd - member.keyStart };
    }
    return { at: node.start, length: node.end - node.start };
  }

  /** Each key that its object has had before, where it stands again; the first of them. */
  duplicateKeys(): readonly DuplicateKey[] {
    const found: DuplicateKey[] = [];
    if (this.#root !== undefined) collectDuplicates(this.#root, [], found, this.#most);
    return found;
  }
}

/** As deep as the text nests, which the mender bounds. `path` is where the node stands, and is left as it was. */
function collectDuplicates(
  node: JsonNode,
  path: (string | number)[],
  found: DuplicateKey[],
  most: number,
): void {
  const seen = new Set<string>();
  for (const { key, keyStart, keyEnd, value } of node.members) {
    if (found.length >= most) return;
    path.push(key);
    if (seen.has(key)) found.push({ path: [...path], at: keyStart, length: keyEnd - keyStart });
    seen.add(key);
    if (value.kind !== 'scalar') collectDuplicates(value, path, found, most);
    path.pop();
  }
  for (const [index, item] of node.items.entries()) {
    if (item.kind === 'scalar') continue;
    path.push(index);
    collectDuplicates(item, path, found, most);
    path.pop();
  }
}
