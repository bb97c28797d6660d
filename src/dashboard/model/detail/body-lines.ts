import type { JsonLimits } from '../../../../dissectors/dvrip/json-limits.ts';
import { mend } from '../../../../dissectors/dvrip/json-mender.ts';
import type { JsonMember, JsonNode } from '../../../../dissectors/dvrip/json-node.ts';
import { jsonPointer } from '../../../../dissectors/dvrip/json-place.ts';
import type { JsonPath } from '../../../../dissectors/dvrip/json-tree.ts';
import type { BodyText } from '../../../../dissectors/dvrip/text.ts';
import type { FieldRow } from '../../../report/schema-fields.ts';
import type { BodyLine } from '../contract.ts';
import { BytePlaces } from './byte-places.ts';

type Line = Omit<BodyLine, 'findings'>;

export interface Lines {
  readonly lines: readonly Line[];
  readonly left: number;
}

/** GB18030 has to be gone through from its beginning for each place: of so many lines the bytes are told. */
const PLACED_GB18030_LINES = 500;

/**
 * Lays a JSON value out in lines, two blanks for each level, each with its place in the body and its meaning.
 *
 * @param value as it is to be shown: secrets replaced
 * @param body the text that it was read from
 * @param bytes the bytes of the body
 * @param limits what the body was read within
 */
export function jsonLines(
  value: unknown,
  body: BodyText,
  bytes: Uint8Array,
  meaning: (path: JsonPath) => FieldRow | undefined,
  most: number,
  limits?: JsonLimits,
): Lines {
  return new JsonLayout(body, bytes, meaning, most, limits).lay(value);
}

/** The lines of a text that is no JSON, as far as it is shown: `most` lines, `units` of each. */
export function textLines(text: string, most: number, units: number): Lines {
  const lines = text.split('\n', most).map((line) => ({
    text: line.length > units ? `${line.slice(0, units)}…` : line,
  }));
  let left = -lines.length;
  for (let at = 0; at !== -1; left++) {
    const next = text.indexOf('\n', at);
    at = next === -1 ? -1 : next + 1;
  }
  return { lines, left };
}

class JsonLayout {
  readonly #root: JsonNode | undefined;
  readonly #places: BytePlaces;
  readonly #meaning: (path: JsonPath) => FieldRow | undefined;
  readonly #most: number;
  readonly #placed: number;
  readonly #lines: Line[] = [];
  #left = 0;
  /** Where the layout stands; changed in place as it goes. */
  readonly #path: (string | number)[] = [];

  constructor(
    body: BodyText,
    bytes: Uint8Array,
    meaning: (path: JsonPath) => FieldRow | undefined,
    most: number,
    limits: JsonLimits | undefined,
  ) {
    this.#root = mend(body.text, limits)?.root;
    this.#places = new BytePlaces(bytes, body);
    this.#meaning = meaning;
    this.#most = most;
    this.#placed = body.encoding === 'gb18030' ? PLACED_GB18030_LINES : most;
  }

  lay(value: unknown): Lines {
    this.#value(value, { node: this.#root, keyStart: undefined }, '', '');
    return { lines: this.#lines, left: this.#left };
  }

  /** `place` is where the value stands, `before` its key with the colon, `behind` the comma. */
  #value(value: unknown, place: Place, before: string, behind: string): void {
    if (typeof value !== 'object' || value === null) {
      this.#begin(`${before}${JSON.stringify(value)}${behind}`, place);
      return;
    }
    const list = Array.isArray(value);
    const members: readonly (readonly [string | number, unknown])[] = list
      ? value.map((item: unknown, i) => [i, item])
      : Object.entries(value);
    const [open, close] = list ? ['[', ']'] : ['{', '}'];
    if (members.length === 0) {
      this.#begin(`${before}${open}${close}${behind}`, place);
      return;
    }
    this.#begin(`${before}${open}`, place);
    const placeOf = placesIn(place.node);
    for (const [at, [key, member]] of members.entries()) {
      this.#path.push(key);
      const label = typeof key === 'number' ? '' : `${JSON.stringify(key)}: `;
      this.#value(member, placeOf(key), label, at === members.length - 1 ? '' : ',');
      this.#path.pop();
    }
    this.#add({ text: `${this.#indent()}${close}${behind}` });
  }

  /** A line on which a value begins. */
  #begin(text: string, place: Place): void {
    const path = this.#path;
    if (this.#lines.length >= this.#most) {
      this.#left += 1;
      return;
    }
    const field = this.#meaning(path);
    this.#add({
      text: `${this.#indent()}${text}`,
      pointer: jsonPointer(path),
      ...(this.#lines.length < this.#placed && this.#range(place)),
      ...(field !== undefined && { type: field.type }),
      ...(field !== undefined && field.meaning !== '' && { meaning: field.meaning }),
    });
  }

  #add(line: Line): void {
    if (this.#lines.length < this.#most) this.#lines.push(line);
    else this.#left += 1;
  }

  #indent(): string {
    return '  '.repeat(this.#path.length);
  }

  #range({ node, keyStart }: Place): { readonly offset: number; readonly length: number } | undefined {
    if (node === undefined) return undefined;
    const offset = this.#places.at(keyStart ?? node.start);
    return { offset, length: this.#places.at(node.end) - offset };
  }
}

/** Where a value stands in the text, and where its key begins. */
interface Place {
  readonly node: JsonNode | undefined;
  readonly keyStart: number | undefined;
}

const NOWHERE: Place = { node: undefined, keyStart: undefined };

/** Finds the places of what an object or array holds; of keys that come twice the last, as JSON.parse has it. */
function placesIn(node: JsonNode | undefined): (key: string | number) => Place {
  if (node?.kind !== 'object') {
    return (key) => (typeof key === 'number' ? { node: node?.items[key], keyStart: undefined } : NOWHERE);
  }
  const members = new Map<string | number, JsonMember>(node.members.map((member) => [member.key, member]));
  return (key) => {
    const member = members.get(key);
    return member === undefined ? NOWHERE : { node: member.value, keyStart: member.keyStart };
  };
}
