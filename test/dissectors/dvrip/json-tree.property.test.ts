import fc from 'fast-check';
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { hasDuplicateKeys } from '../../../dissectors/dvrip/json-keys.ts';
import { type JsonPath, JsonTree, readTolerantly } from '../../../dissectors/dvrip/json-tree.ts';
import { nearlyJson } from './nearly-json.ts';

/** JSON of an object or array, with blanks of all kinds between its tokens. */
function spacedJson(): fc.Arbitrary<string> {
  const value = fc.oneof(fc.object({ withNullPrototype: false }), fc.array(fc.jsonValue()));
  return fc.tuple(value, fc.constantFrom('', ' ', '\t', '\n', '   ')).map(([json, indent]) => {
    const text = JSON.stringify(json, (_, part) => (typeof part === 'bigint' ? 0 : part), indent);
    return indent === ' ' ? text.replaceAll('\n', '\r\n') : text;
  });
}

/** What else JSON.parse is given: an object with a few keys, so that some come twice. */
function withTwins(): fc.Arbitrary<string> {
  const { node } = fc.letrec<{ node: string; leaf: string }>((tie) => ({
    leaf: fc.constantFrom('1', '"a"', '":"', '"a : b"', '"\\":"', '" :"', 'null', '"12:00:00"'),
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.array(tie('node'), { maxLength: 3 }).map((items) => `[${items.join(' , ')}]`),
      fc
        .array(
          fc.tuple(fc.constantFrom('"a"', '"b"', '"\\u0061"', '"a:"', '""', '"__proto__"'), tie('node')),
          {
            maxLength: 4,
          },
        )
        .map((members) => `{ ${members.map((member) => member.join(' : ')).join(' , ')} }`),
    ),
  }));
  return node;
}

/** The paths to all values, by the parser of another house. */
function pathsOf(node: Node, path: JsonPath = []): JsonPath[] {
  const below = (node.children ?? []).flatMap((child, index) => {
    if (child.type !== 'property') return pathsOf(child, [...path, index]);
    const [key, value] = child.children ?? [];
    return key === undefined || value === undefined ? [] : pathsOf(value, [...path, String(key.value)]);
  });
  return [path, ...below];
}

describe('any JSON', () => {
  it('is read without slips and as JSON.parse reads it', () => {
    fc.assert(
      fc.property(spacedJson(), (text) => {
        expect(readTolerantly(text)).toEqual({ value: JSON.parse(text), slips: [] });
      }),
      { numRuns: 1000 },
    );
  });

  it('has its values and keys where jsonc-parser finds them', () => {
    fc.assert(
      fc.property(spacedJson(), (text) => {
        const theirs = parseTree(text);
        if (theirs === undefined) throw new Error('jsonc-parser reads no JSON');
        const ours = new JsonTree(text);
        for (const path of pathsOf(theirs)) {
          const node = findNodeAtLocation(theirs, [...path]);
          expect(ours.place(path, 'value')).toEqual({ at: node?.offset, length: node?.length });
          const key = node?.parent?.type === 'property' ? node.parent.children?.[0] : node;
          expect(ours.place(path, 'key')).toEqual({ at: key?.offset, length: key?.length });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has a key twice exactly when the value has fewer keys than the text', () => {
    let twins = 0;
    fc.assert(
      fc.property(withTwins(), (text) => {
        const found = hasDuplicateKeys(text, JSON.parse(text));
        expect(found).toBe(keysInText(parseTree(text)) > keysInValue(JSON.parse(text)));
        expect(new JsonTree(text).duplicateKeys().length > 0).toBe(found);
        if (found) twins += 1;
      }),
      { numRuns: 2000, seed: 7 },
    );
    expect(twins).toBeGreaterThan(100);
  });
});

describe('any text', () => {
  it('is read or given up, with slips in order and within the text, and places within the text', () => {
    const soup = fc
      .array(
        fc.constantFrom(
          ...'{}[]:,"\'“”：，',
          '\n',
          '\\',
          'a',
          '1',
          'true',
          '/*',
          '*/',
          '//',
          '\\u00',
          '"a":',
          ' ',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, nearlyJson(), fc.string()), (text) => {
        const read = readTolerantly(text);
        if (read === undefined) return;
        let before = 0;
        for (const { at, length } of read.slips) {
          expect(at).toBeGreaterThanOrEqual(before);
          expect(at + length).toBeLessThanOrEqual(text.length);
          before = at;
        }
        expect(read.slips.length === 0).toBe(isJson(text));
        // What was made of it is JSON, and every part of it stands somewhere.
        const tree = new JsonTree(text);
        for (const path of pathsOf(parseTree(JSON.stringify(read.value)) as Node)) {
          const place = tree.place(path, 'value');
          expect(place, path.join('/')).toBeDefined();
          expect((place?.at ?? 0) + (place?.length ?? 0)).toBeLessThanOrEqual(text.length);
          expect(place?.length).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function keysInText(node: Node | undefined): number {
  const below = (node?.children ?? []).reduce((sum, child) => sum + keysInText(child), 0);
  return below + (node?.type === 'property' ? 1 : 0);
}

function keysInValue(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  return members.reduce<number>(
    (sum, member) => sum + keysInValue(member),
    Array.isArray(value) ? 0 : members.length,
  );
}
