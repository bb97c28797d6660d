import { quotedCharacters } from '../quoted-text.ts';
import { quoted } from '../span.ts';
import { type Kind, literal, refused } from './kind.ts';

/** true and false in any case, 1 and 0. False is less than true. */
export const BOOLEAN_KIND: Kind<boolean, boolean> = {
  read: (operand) => {
    const text = operand.kind === 'word' ? operand.text : quotedCharacters(operand);
    if (/^(?:true|1)$/i.test(text)) return literal(true);
    if (/^(?:false|0)$/i.test(text)) return literal(false);
    return refused(`${quoted(text)} is neither true nor false`);
  },
  equal: (value, right) => value === right,
  order: (value, right) => Number(value) - Number(right),
  literalOf: (value) => value,
  orderLiterals: (a, b) => Number(a) - Number(b),
};
