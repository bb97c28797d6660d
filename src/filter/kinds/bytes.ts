import { quotedBytes } from '../quoted-text.ts';
import { quoted } from '../span.ts';
import { type Kind, literal, refused } from './kind.ts';

const HEX_PAIRS = /^:?[0-9A-Fa-f]{2}(?:[:.-]?[0-9A-Fa-f]{2})*:?$/;

/** Pairs of hex digits, bare or joined by `:`, `-` or `.` (`ff:00`, `ff00`), or a quoted text as UTF-8. */
export const BYTES_KIND: Kind<Uint8Array, Uint8Array> = {
  read: (operand) => {
    if (operand.kind === 'text') return literal(quotedBytes(operand));
    if (!HEX_PAIRS.test(operand.text)) {
      return refused(`${quoted(operand.text)} is not a row of hex bytes`, 'write ff:00:01 or a quoted text');
    }
    return literal(Buffer.from(operand.text.replace(/[:.-]/g, ''), 'hex'));
  },
  equal: (value, right) => Buffer.compare(value, right) === 0,
  order: (value, right) => Buffer.compare(value, right),
  literalOf: (value) => value,
  orderLiterals: (a, b) => Buffer.compare(a, b),
};

/** Whether `part` occurs in `whole`; an empty part occurs nowhere, as in Wireshark. */
export function containsBytes(whole: Uint8Array, part: Uint8Array): boolean {
  if (part.length === 0 || part.length > whole.length) return false;
  const view = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
  return view.includes(Buffer.from(part.buffer, part.byteOffset, part.length));
}
