import type { FieldValues } from './fields.ts';
import type { Literals } from './kinds/by-type.ts';

/** The types that `contains` and `matches` look into. */
export type Searchable = 'string' | 'bytes';

/** Whether a part occurs anywhere, case-sensitively. An empty part occurs nowhere, as in Wireshark. */
export const CONTAINS: {
  readonly [T in Searchable]: (whole: FieldValues[T], part: Literals[T]) => boolean;
} = {
  string: (whole, part) => part !== '' && whole.includes(part),
  bytes: (whole, part) => part.length > 0 && asBuffer(whole).includes(asBuffer(part)),
};

/** What a pattern sees of a value: its first units, or bytes as the characters 0 to 255. */
export const CHARACTERS: { readonly [T in Searchable]: (value: FieldValues[T], most: number) => string } = {
  string: (text, most) => text.slice(0, most),
  bytes: (bytes, most) => asBuffer(bytes.subarray(0, most)).toString('latin1'),
};

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
