import type { Each, FieldType, Source } from '../fields.ts';
import type { AddressKind } from './address.ts';
import { BOOLEAN_KIND } from './boolean.ts';
import { BYTES_KIND } from './bytes.ts';
import type { Kind } from './kind.ts';
import { numberKind } from './number.ts';
import { STRING_KIND } from './string.ts';
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

/** Runs `use` with the values of a source and the kind of its type, which fit each other. */
export function withKind<S, R>(
  source: Source<S>,
  addresses: AddressKind,
  use: <V, L>(each: Each<S, V>, kind: Kind<V, L>) => R,
): R {
  switch (source.type) {
    case 'number':
      return use(source.each, numberKind(source.enumeration));
    case 'string':
      return use(source.each, STRING_KIND);
    case 'address':
      return use(source.each, addresses);
    case 'boolean':
      return use(source.each, BOOLEAN_KIND);
    case 'time':
      return use(source.each, TIME_KIND);
    case 'bytes':
      return use(source.each, BYTES_KIND);
  }
}

/** The same with the values of two sources of one type; undefined when their types differ. */
export function withSharedKind<S, R>(
  left: Source<S>,
  right: Source<S>,
  addresses: AddressKind,
  use: <V, L>(left: Each<S, V>, right: Each<S, V>, kind: Kind<V, L>) => R,
): R | undefined {
  switch (left.type) {
    case 'number':
      return right.type === left.type ? use(left.each, right.each, numberKind(undefined)) : undefined;
    case 'string':
      return right.type === left.type ? use(left.each, right.each, STRING_KIND) : undefined;
    case 'address':
      return right.type === left.type ? use(left.each, right.each, addresses) : undefined;
    case 'boolean':
      return right.type === left.type ? use(left.each, right.each, BOOLEAN_KIND) : undefined;
    case 'time':
      return right.type === left.type ? use(left.each, right.each, TIME_KIND) : undefined;
    case 'bytes':
      return right.type === left.type ? use(left.each, right.each, BYTES_KIND) : undefined;
  }
}
