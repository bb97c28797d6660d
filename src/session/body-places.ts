import { JSON_LIMITS, type JsonLimits } from '../../dissectors/dvrip/json-limits.ts';
import { jsonPointer, lineAndColumn } from '../../dissectors/dvrip/json-place.ts';
import { type DuplicateKey, type JsonPath, JsonTree } from '../../dissectors/dvrip/json-tree.ts';
import { type BodyText, byteOffset } from '../../dissectors/dvrip/text.ts';

/** Where in a body something stands. */
export interface TextPlace {
  /** Byte offset in the body, from 0, and number of bytes. */
  readonly offset: number;
  readonly length: number;
  /** Line and column in the text, from 1. */
  readonly line: number;
  readonly column: number;
}

/** The same for a member or element; without a place in the text where the path leads to nothing that is there. */
export interface PathPlace extends Partial<TextPlace> {
  /** RFC 6901 JSON pointer. */
  readonly pointer: string;
}

/** Finds the places in one body that findings point to. Its text is read again for that, and only when first asked. */
export class BodyPlaces {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #body: BodyText;
  readonly #limits: JsonLimits;
  #tree: JsonTree | undefined;

  /** @param start of the body in `bytes` */
  constructor(bytes: Uint8Array, start: number, body: BodyText, limits: JsonLimits = JSON_LIMITS) {
    this.#bytes = bytes;
    this.#start = start;
    this.#body = body;
    this.#limits = limits;
  }

  /** The place of `length` UTF-16 units of the text. */
  ofText(at: number, length: number): TextPlace {
    const offset = byteOffset(this.#bytes, this.#start, this.#body, at);
    const end = byteOffset(this.#bytes, this.#start, this.#body, at + length);
    return { offset, length: end - offset, ...lineAndColumn(this.#body.text, at) };
  }

  /** The place of a value, or of its key. Of what is missing, the place is that of the object that lacks it. */
  ofPath(path: JsonPath, what: 'value' | 'key'): PathPlace {
    const range = this.#jsonTree().place(path, what) ?? this.#jsonTree().place(path.slice(0, -1), 'value');
    const pointer = jsonPointer(path);
    return range === undefined ? { pointer } : { pointer, ...this.ofText(range.at, range.length) };
  }

  duplicateKeys(): readonly DuplicateKey[] {
    return this.#jsonTree().duplicateKeys();
  }

  #jsonTree(): JsonTree {
    this.#tree ??= new JsonTree(this.#body.text, this.#limits);
    return this.#tree;
  }
}
