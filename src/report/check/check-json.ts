import { safeJson } from '../format/safe-text.ts';
import type { CheckRecord } from './check-schema.ts';

/** The record itself, one line for each rule and each kind of finding. */
export function* checkJson(record: CheckRecord): Generator<string> {
  yield '{';
  const members = Object.entries(record);
  for (const [at, [key, value]] of members.entries()) {
    const end = at === members.length - 1 ? '' : ',';
    if (!Array.isArray(value) || value.length === 0) {
      yield `  ${safeJson(key)}: ${safeJson(value)}${end}`;
      continue;
    }
    yield `  ${safeJson(key)}: [`;
    for (const [place, item] of value.entries()) {
      yield `    ${safeJson(item)}${place === value.length - 1 ? '' : ','}`;
    }
    yield `  ]${end}`;
  }
  yield '}';
}
