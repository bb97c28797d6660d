/** A value and where it stands: `[start, end)` in UTF-16 units of the text. Slips may have left an end out. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'scalar';
  readonly start: number;
  end: number;
  /** What a scalar says. */
  readonly value: unknown;
  /** Members of an object in the order of the text, keys that come twice included. */
  readonly members: readonly JsonMember[];
  readonly items: readonly JsonNode[];
}

export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
}

/** The value as JSON.parse would make it: of keys that come twice the last counts, `__proto__` is a key like others. */
export function nodeValue(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(nodeValue);
  const value: Record<string, unknown> = {};
  for (const member of node.members) {
    const made = nodeValue(member.value);
    if (member.key !== '__proto__') value[member.key] = made;
    else
      Object.defineProperty(value, member.key, {
        value: made,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return value;
}
