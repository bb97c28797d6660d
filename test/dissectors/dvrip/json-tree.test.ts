import { describe, expect, it } from 'vitest';
import { JSON_LIMITS } from '../../../dissectors/dvrip/json-limits.ts';
import { jsonPointer, lineAndColumn } from '../../../dissectors/dvrip/json-place.ts';
import { JsonTree, readTolerantly } from '../../../dissectors/dvrip/json-tree.ts';

describe('a text that is not quite JSON', () => {
  it.each([
    ['a comma behind the last member', '{"a":1,}', { a: 1 }, 'trailing-comma 6+1'],
    ['a comma behind the last element', '[1,2,]', [1, 2], 'trailing-comma 4+1'],
    ['a comma too many', '[1,,2]', [1, 2], 'extra-comma 3+1'],
    ['a comma before the first member', '{,"a":1}', { a: 1 }, 'extra-comma 1+1'],
    ['a comma forgotten', '{"a":""\n"b":2}', { a: '', b: 2 }, 'missing-comma 7+0'],
    ['a colon forgotten', '{"a" 1}', { a: 1 }, 'missing-colon 4+0'],
    ['a value forgotten', '{"a":1,"b":,"c":3}', { a: 1, b: null, c: 3 }, 'missing-value 10+0'],
    ['a key forgotten', '{"a":1,{"b":2}}', { a: 1, '': { b: 2 } }, 'missing-key 7+0'],
    ['a key without quotes', '{Name:"","Ret":100}', { Name: '', Ret: 100 }, 'unquoted-key 1+4'],
    ['a value without quotes', '{"a":Main,"b":1}', { a: 'Main', b: 1 }, 'unquoted-value 5+4'],
    ['an opening quote forgotten', '{"Ret":100,\nID":"0x2"}', { Ret: 100, ID: '0x2' }, 'missing-quote 12+0'],
    ['a closing quote forgotten', '{"a":"x,\n"b":2}', { a: 'x', b: 2 }, 'missing-quote 7+0'],
    ['the end forgotten', '{"a":{"b":1}', { a: { b: 1 } }, 'missing-close 12+0'],
    ['an inner end forgotten', '[{"a":1]', [{ a: 1 }], 'missing-close 7+0'],
    [
      'two inner ends forgotten',
      '{"a":[{"b":[1}',
      { a: [{ b: [1] }] },
      'missing-close 13+0, missing-close 14+0',
    ],
    ['the wrong end', '{"a":1]', { a: 1 }, 'wrong-close 6+1'],
    ['an end too many', '{"a":1}}', { a: 1 }, 'text-after-end 7+1'],
    ['bytes of anything behind the end', '{"a":1}\n\0\x01{“', { a: 1 }, 'text-after-end 8+4'],
    ['a stray backslash behind the end', '{"a":1} \\', { a: 1 }, 'text-after-end 8+1'],
    ['single quotes', "{'a':'it's'}", { a: "it's" }, 'single-quote 1+1 3+1 5+1 10+1'],
    ['full-width marks', '｛"a"：1，"b"：2}', { a: 1, b: 2 }, 'full-width-punctuation 0+1 4+1 6+1 10+1'],
    ['a raw tab in a string', '{"a":"x\ty"}', { a: 'x\ty' }, 'control-character 7+1'],
    ['a line broken in a string', '{"a":"x\ny","b":1}', { a: 'x\ny', b: 1 }, 'control-character 7+1'],
    ['an escape that is none', '{"a":"C:\\dir"}', { a: 'C:\\dir' }, 'bad-escape 8+2'],
    ['a short unicode escape', '{"a":"\\u12"}', { a: '\\u12' }, 'bad-escape 6+2'],
    ['numbers of other languages', '[0x1F,+1,01]', [31, 1, 1], 'bad-number 1+4 6+2 9+2'],
    ['literals of other languages', '[True,None]', [true, null], 'bad-literal 1+4 6+4'],
    ['comments', '{"a":1,//x\n"b":/**/2}', { a: 1, b: 2 }, 'comment 7+3 15+4'],
    [
      'characters that say nothing',
      '[{"a":1}, ...]',
      [{ a: 1 }],
      'trailing-comma 8+1, stray-characters 10+3',
    ],
    ['a blank of a typesetter', '{"a":\u00a01}', { a: 1 }, 'unusual-blank 5+1'],
  ])('is read with %s, and says so', (_, text, value, slips) => {
    const read = readTolerantly(text);
    expect(read?.value).toEqual(value);
    const expected = slips.split(', ').flatMap((group) => {
      const [slip, ...places] = group.split(' ');
      return places.map((place) => {
        const [at, length] = place.split('+').map(Number);
        return { slip, at, length };
      });
    });
    expect(read?.slips).toEqual(expected);
  });

  it('is read with curly quotes, alone or mixed with straight ones, and keeps those that belong to a text', () => {
    const read = readTolerantly('{“Name” : “General.General"\n"Memo":"a “b”, c",}');
    expect(read?.value).toEqual({ Name: 'General.General', Memo: 'a “b”, c' });
    expect(read?.slips.map(({ slip }) => slip)).toEqual([
      'curly-quote',
      'curly-quote',
      'curly-quote',
      'missing-comma',
      'trailing-comma',
    ]);
    expect(readTolerantly('{"a":"x”,\n"b":2}')?.value).toEqual({ a: 'x', b: 2 });
  });

  it('never gets another prototype from a key __proto__', () => {
    const read = readTolerantly('{"__proto__":{"admin":true},}');
    expect(Object.keys(Object(read?.value))).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(read?.value)).toBe(Object.prototype);
  });

  it.each([
    '',
    'Event.X=Text',
    '"text"',
    '12',
    '{',
    '{"a',
    '{"a":"b',
    '[tru',
    '{a}',
    '{a b c d}',
    '{\x88\x99\x01 garbage \x7f}',
    'PK\x03\x04{"a":1}',
  ])('is given up where reading it would be guessing: %j', (text) => {
    expect(readTolerantly(text)).toBeUndefined();
  });

  it('lists 50 slips at most, and is read all the same', () => {
    const read = readTolerantly(`[1${',,1'.repeat(1000)}]`);
    expect(read?.slips).toHaveLength(50);
    expect(read?.value).toHaveLength(1001);
  });

  it('is given up beyond the limits of length, depth and number of values, up to which it is read', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}1,${']'.repeat(depth)}`;
    expect(readTolerantly(nested(JSON_LIMITS.nesting))).toBeDefined();
    expect(readTolerantly(nested(JSON_LIMITS.nesting + 1))).toBeUndefined();
    const long = (length: number) => `["${'a'.repeat(length - 5)}",]`;
    expect(readTolerantly(long(JSON_LIMITS.mendedUnits))).toBeDefined();
    expect(readTolerantly(long(JSON_LIMITS.mendedUnits + 1))).toBeUndefined();
    expect(readTolerantly(`[${'1,'.repeat(JSON_LIMITS.nodes - 1)}]`)).toBeDefined();
    expect(readTolerantly(`[${'1,'.repeat(JSON_LIMITS.nodes)}]`)).toBeUndefined();
  });

  it('costs a time that grows with its length only, whatever it is made of', () => {
    const pieces = [
      ...['[', '{', ',', ':', '"', "'", '“', '\\', '\n', '.', 'a', '1', '/*', '\x01', '["', "['"],
      ...[
        '{"a":',
        '[}',
        '{]',
        '1,',
        '{},',
        "'a”,",
        'a”,',
        '“a,\n',
        '"a,\n',
        ',\n',
        ". '",
        'a ',
        "'   x",
        '\\u12',
      ],
    ];
    for (const opening of ['', '{', '[', '["', "['", '{"a":1']) {
      for (const piece of pieces) {
        const text = (length: number) => opening + piece.repeat(Math.ceil(length / piece.length));
        const begin = performance.now();
        readTolerantly(text(200_000));
        // The slowest takes 30 ms; one pass over the rest for each piece would take many seconds.
        expect(performance.now() - begin, opening + piece).toBeLessThan(2000);
      }
    }
  });
});

describe('a place in a text', () => {
  const text = '{ "Name" : "OPMonitor",\n  "OPMonitor" : { "List" : [ 1, { "a/b~" : [] } ] } }';

  it('is found by its path, of the value or of the key', () => {
    const tree = new JsonTree(text);
    const at = (path: (string | number)[], what: 'value' | 'key') => {
      const place = tree.place(path, what);
      return place && text.slice(place.at, place.at + place.length);
    };
    expect(at([], 'value')).toBe(text);
    expect(at(['Name'], 'value')).toBe('"OPMonitor"');
    expect(at(['Name'], 'key')).toBe('"Name"');
    expect(at(['OPMonitor', 'List', 0], 'value')).toBe('1');
    expect(at(['OPMonitor', 'List', 1], 'key')).toBe('{ "a/b~" : [] }');
    expect(at(['OPMonitor', 'List', 1, 'a/b~'], 'key')).toBe('"a/b~"');
    expect(at(['OPMonitor', 'List', 1, 'a/b~'], 'value')).toBe('[]');
  });

  it('is none where the path leads nowhere', () => {
    const tree = new JsonTree(text);
    for (const path of [
      ['name'],
      ['Name', 0],
      ['OPMonitor', 0],
      ['OPMonitor', 'List', '0'],
      ['toString'],
      [0],
    ]) {
      expect(tree.place(path, 'value'), path.join()).toBeUndefined();
    }
    expect(new JsonTree('').place([], 'value')).toBeUndefined();
  });

  it('is found in text with slips too', () => {
    const tree = new JsonTree('{“a” : [1, 2,], b : "x",');
    expect(tree.place(['a'], 'key')).toEqual({ at: 1, length: 3 });
    expect(tree.place(['a', 1], 'value')).toEqual({ at: 11, length: 1 });
    expect(tree.place(['b'], 'key')).toEqual({ at: 16, length: 1 });
    expect(tree.place(['b'], 'value')).toEqual({ at: 20, length: 3 });
  });

  it('of a key that comes twice is that of the last, which JSON.parse takes', () => {
    const tree = new JsonTree('{"a":1,"b":2,"a":3}');
    expect(tree.place(['a'], 'value')).toEqual({ at: 17, length: 1 });
    expect(tree.duplicateKeys()).toEqual([{ path: ['a'], at: 13, length: 3 }]);
  });

  it('of keys that come twice is told at any depth, for each time the key is there again', () => {
    const tree = new JsonTree('{"a":[{"x":1,"y":{"x":2},"\\u0078":3,"x":4}],"b":{}}');
    expect(tree.duplicateKeys()).toEqual([
      { path: ['a', 0, 'x'], at: 25, length: 8 },
      { path: ['a', 0, 'x'], at: 36, length: 3 },
    ]);
    expect(new JsonTree(`{${'"a":1,'.repeat(1000)}"b":1}`).duplicateKeys()).toHaveLength(50);
  });

  it('is written as a JSON pointer, and as line and column', () => {
    expect(jsonPointer([])).toBe('');
    expect(jsonPointer(['OPMonitor', 'List', 1, 'a/b~'])).toBe('/OPMonitor/List/1/a~1b~0');
    expect(jsonPointer([''])).toBe('/');
    expect(lineAndColumn(text, 0)).toEqual({ line: 1, column: 1 });
    expect(lineAndColumn(text, text.indexOf('\n'))).toEqual({ line: 1, column: 24 });
    expect(lineAndColumn(text, text.indexOf('\n') + 1)).toEqual({ line: 2, column: 1 });
    expect(lineAndColumn('\n\n', 2)).toEqual({ line: 3, column: 1 });
  });
});
