import fc from 'fast-check';

/** JSON in which one character was put in or replaced. */
export function nearlyJson(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom(...'{}[]",:\\\'“”：，ntf0-.eE1/ \n\t\0xé'))
    .map(([json, at, character]) => {
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + character + json.slice(cut + (at % 2));
    });
}
