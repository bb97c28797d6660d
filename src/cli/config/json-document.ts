import { findJsonFault, isDeeperThan } from '../../../dissectors/dvrip/json-fault.ts';
import { JSON_LIMITS } from '../../../dissectors/dvrip/json-limits.ts';
import { lineAndColumn } from '../../../dissectors/dvrip/json-place.ts';
import { JsonTree } from '../../../dissectors/dvrip/json-tree.ts';
import { describeJsonFault } from '../../rules/catalogue.ts';
import { type ConfigDocument, type DocumentPath, type Place, type Problem, refusal } from './document.ts';

/**
 * Reads a document of strict JSON in which no object has a key twice.
 *
 * @throws Failure (exit code 2) with file, line and column of each fault
 */
export function parseJsonDocument(path: string, text: string): ConfigDocument {
  const place = (at: number): Place => lineAndColumn(text, at);
  if (isDeeperThan(text, JSON_LIMITS.nesting)) {
    throw refusal(path, [{ place: place(0), text: `is no valid JSON: ${describeJsonFault('too-deep')}` }]);
  }
  const fault = findJsonFault(text);
  if (fault !== undefined) {
    throw refusal(path, [
      { place: place(fault.at), text: `is no valid JSON: ${describeJsonFault(fault.reason)}` },
    ]);
  }
  const tree = new JsonTree(text);
  const twice = tree.duplicateKeys().map(
    ({ path: keys, at }): Problem => ({
      place: place(at),
      text: `the key '${keys.at(-1)}' is there twice`,
    }),
  );
  if (twice.length > 0) throw refusal(path, twice);
  return {
    path,
    value: JSON.parse(text),
    place: (keys: DocumentPath, what) => {
      for (let length = keys.length; length >= 0; length--) {
        const range = tree.place(keys.slice(0, length), length === keys.length ? what : 'value');
        if (range !== undefined) return place(range.at);
      }
      return place(0);
    },
  };
}
