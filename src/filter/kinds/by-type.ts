import type { FieldType, FieldValues } from '../fields.ts';
import type { FilterLimits } from '../limits.ts';
import { quotedBytes } from '../quoted-text.ts';
import { quoted } from '../span.ts';
import { addressKind, type Network } from './address.ts';
import { itself, type Kind, literal, literalText, refused } from './kind.ts';
import { NUMBER_KIND, readNumber } from './number.ts';
import { TIME_KIND } from './time.ts';

/** What a type is called in a message. */
export const TYPE_NOUNS: { readonly [type in FieldType]: string } = {
  number: 'a number',
  string: 'text',
  address: 'an address',
  boolean: 'true or false',
  time: 'a time',
  bytes: 'bytes',
};

/** What a typed value of each field type is. */
export interface Literals extends Omit<FieldValues, 'address'> {
  readonly address: Network;
}

export type Kinds = { readonly [T in FieldType]: Kind<FieldValues[T], Literals[T]> };

/** The kinds of one compiled filter, which remember the addresses it has parsed. */
export function kindsByType({ cachedAddresses }: FilterLimits): Kinds {
  return {
    number: NUMBER_KIND,
    string: STRING_KIND,
    address: addressKind(cachedAddresses),
    boolean: BOOLEAN_KIND,
    time: TIME_KIND,
    bytes: BYTES_KIND,
  };
}

/**
 * Text, compared unit by unit and case-sensitively. A plain word may stand without quotes, as in Wireshark, but a
 * number may not: who writes `dvrip.name > 5` has most likely taken the field for a numeric one.
 */
const STRING_KIND: Kind<string, string> = {
  read: (operand) => {
    const text = literalText(operand);
    if (operand.kind === 'text' || readNumber(text) === undefined) return literal(text);
    return refused(`text is expected, not the number ${quoted(text)}`, `quote it: "${text}"`);
  },
  literalOf: itself,
  order: (a, b) => (a === b ? 0 : a < b ? -1 : 1),
};

/** true and false in any case, 1 and 0. False is less than true. */
const BOOLEAN_KIND: Kind<boolean, boolean> = {
  read: (operand) => {
    const text = literalText(operand);
    if (/^(?:true|1)$/i.test(text)) return literal(true);
    if (/^(?:false|0)$/i.test(text)) return literal(false);
    return refused(`${quoted(text)} is neither true nor false`);
  },
  literalOf: itself,
  order: (a, b) => Number(a) - Number(b),
};

const HEX_PAIRS = /^:?[0-9A-Fa-f]{2}(?:[:.-]?[0-9A-Fa-f]{2})*:?$/;

/** Pairs of hex digits, bare or joined by `:`, `-` or `.` (`ff:00`, `ff00`), or a quoted text as UTF-8. */
const BYTES_KIND: Kind<Uint8Array, Uint8Array> = {
  read: (operand) => {
    if (operand.kind === 'text') return literal(quotedBytes(operand));
    if (!HEX_PAIRS.test(operand.text)) {
      return refused(`${quoted(operand.text)} is not a row of hex bytes`, 'write ff:00:01 or a quoted text');
    }
    return literal(Buffer.from(operand.text.replace(/[:.-]/g, ''), 'hex'));
  },
  literalOf: itself,
  order: Buffer.compare,
};
