/** How the two sides of a DVRIP conversation write their JSON bodies (field notes 2). */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const TRAILER_DEVICE = Buffer.from([0x0a, 0x00]);
export const TRAILER_CMS = Buffer.from([0x0a]);
export const TRAILER_NONE = Buffer.alloc(0);

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Text as jsoncpp's fast writer makes it: `{ "K" : v, "L" : [ 1, 2 ] }`, keys in order of their bytes. */
export function jsoncppText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) {
    return value.length === 0 ? '[]' : `[ ${value.map(jsoncppText).join(', ')} ]`;
  }
  const keys = Object.keys(value).sort(compareBytes);
  if (keys.length === 0) return '{}';
  return `{ ${keys.map((key) => `${JSON.stringify(key)} : ${jsoncppText(value[key] ?? null)}`).join(', ')} }`;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

/** The SessionID spellings seen in the field: padded and plain acknowledgements, structs, mobile clients. */
export const sessionText = {
  padded: (id: number): string => `0x${id.toString(16).toUpperCase().padStart(8, '0')}`,
  bare: (id: number): string => `0x${id.toString(16)}`,
  tenDigits: (id: number): string => `0x${id.toString(16).padStart(10, '0')}`,
} as const;

/** A GB 18030 encoder for the two-byte range (GBK), made by inverting the platform's decoder. */
export function encodeGb18030(text: string): Buffer {
  const codes = new Map<string, number>();
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const pair = Buffer.alloc(2);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      pair[0] = lead;
      pair[1] = trail;
      const character = decoder.decode(pair);
      if (!codes.has(character)) codes.set(character, (lead << 8) | trail);
    }
  }
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point < 0x80 ? point : codes.get(character);
    if (code === undefined) throw new Error(`no two-byte code for U+${point.toString(16)}`);
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Buffer.from(bytes);
}

/** Reads a body of either side: the trailer goes, the rest is JSON. An empty body is an empty object. */
export function parseBody(body: Buffer): JsonObject {
  const text = body.toString('utf8').replace(/[\n\0]+$/, '');
  if (text === '') return {};
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new Error('the body is no JSON object');
  return value;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys, or undefined where the path leaves the objects. */
export function jsonAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const key of path) {
    if (!isJsonObject(at)) return undefined;
    at = at[key];
  }
  return at;
}

export function textAt(value: Json | undefined, ...path: readonly string[]): string {
  const found = jsonAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function numberAt(value: Json | undefined, ...path: readonly string[]): number {
  const found = jsonAt(value, ...path);
  return typeof found === 'number' ? found : 0;
}
