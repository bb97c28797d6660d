import type { Each, FieldType, Source } from './fields.ts';
import { writeTime } from './kinds/time.ts';

interface FilterFunction {
  readonly help: string;
  /** The types its operand may have. */
  readonly takes: readonly FieldType[];
  readonly apply: <S>(source: Source<S>, name: string) => Source<S> | undefined;
}

function mapped<S, A, B>(each: Each<S, A>, change: (value: A) => B): Each<S, B> {
  return (subject, visit) => each(subject, (value) => visit(change(value)));
}

function changeText(change: (text: string) => string): FilterFunction['apply'] {
  return (source, name) =>
    source.type === 'string' ? { name, type: 'string', each: mapped(source.each, change) } : undefined;
}

/** The functions of wireshark-filter(4), «Functions», that make sense here. An absent operand makes them absent. */
export const FUNCTIONS: ReadonlyMap<string, FilterFunction> = new Map<string, FilterFunction>([
  ['upper', { help: 'text in capitals', takes: ['string'], apply: changeText((text) => text.toUpperCase()) }],
  [
    'lower',
    { help: 'text in small letters', takes: ['string'], apply: changeText((text) => text.toLowerCase()) },
  ],
  ['len', { help: 'length in bytes (text as UTF-8)', takes: ['string', 'bytes'], apply: lengthOf }],
  [
    'count',
    {
      help: 'how many values a field has',
      takes: ['number', 'string', 'address', 'boolean', 'time', 'bytes'],
      apply: countOf,
    },
  ],
  ['string', { help: 'a value as text', takes: ['number', 'address', 'boolean', 'time'], apply: textOf }],
]);

function lengthOf<S>(source: Source<S>, name: string): Source<S> | undefined {
  switch (source.type) {
    case 'string':
      return { name, type: 'number', each: mapped(source.each, (text) => Buffer.byteLength(text, 'utf8')) };
    case 'bytes':
      return { name, type: 'number', each: mapped(source.each, (bytes) => bytes.length) };
    default:
      return undefined;
  }
}

function countOf<S>(source: Source<S>, name: string): Source<S> {
  return {
    name,
    type: 'number',
    each: (subject, visit) => {
      let count = 0;
      source.each(subject, () => {
        count++;
        return false;
      });
      return count > 0 && visit(count);
    },
  };
}

function textOf<S>(source: Source<S>, name: string): Source<S> | undefined {
  switch (source.type) {
    case 'number':
      return { name, type: 'string', each: mapped(source.each, String) };
    case 'boolean':
      return { name, type: 'string', each: mapped(source.each, String) };
    case 'address':
      return { name, type: 'string', each: source.each };
    case 'time':
      return { name, type: 'string', each: mapped(source.each, writeTime) };
    default:
      return undefined;
  }
}
