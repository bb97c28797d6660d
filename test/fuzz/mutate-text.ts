import type { Random } from './random.ts';

/** Words of JSON, YAML and of the filter language, and characters that are hard on readers of text. */
const WORDS: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    "'",
    '\\',
    '/',
    '\\u0000',
    '\\ud800',
    '\\u202e',
    '\n',
    '\r\n',
    '\t',
    '\0',
    ' ',
  ],
  ...[
    'null',
    'true',
    'false',
    '0',
    '-0',
    '-1',
    '1e308',
    '1e-400',
    '99999999999999999999',
    '0x0000000B',
    '4294967296',
    '.5',
  ],
  ...[
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '"Name"',
    '"Ret"',
    '"SessionID"',
    '"PassWord"',
    '"": ',
    '“',
    '”',
    '，',
    '：',
  ],
  ...[
    '==',
    '!=',
    '===',
    '!==',
    '~=',
    '<',
    '>',
    '<=',
    '>=',
    '&&',
    '||',
    '!',
    'and',
    'or',
    'xor',
    'not',
    'in {',
    '..',
    '&',
  ],
  ...[
    'contains',
    'matches',
    '(a+)+$',
    '(?i)',
    '[[:alpha:]]',
    '(',
    ')',
    'any',
    'all',
    'len(',
    'lower(',
    'count(',
    'string(',
  ],
  ...[
    'dvrip.id',
    'dvrip.body',
    'dvrip.ret',
    'frame.time',
    'ip.src',
    'tcp.port',
    'dvrip.name',
    'dvrip.sequence',
    '10.0.0.0/8',
  ],
  ...[
    '::1',
    '"2026-01-01"',
    'aa:bb',
    '@',
    '- ',
    '? ',
    '! ',
    '!!js/function ',
    '&a ',
    '*a',
    '<<: ',
    '|',
    '>-',
    '---\n',
    '%TAG',
    '# ',
  ],
  ...['\u202e', '\u200b', '\ufeff', '\ud800', '\u0085', '\u001b[31m', '𝕏', '中文', 'é', '\uffff', '\u2028'],
];

type Mutation = (random: Random, text: string, other: string) => string;

const MUTATIONS: readonly Mutation[] = [
  (random, text) => insert(random, text, random.pick(WORDS) ?? ''),
  (random, text) => insert(random, text, random.pick(WORDS) ?? ''),
  (random, text) => {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + random.few(12));
  },
  (random, text) => {
    const at = random.below(text.length);
    const part = text.slice(at, at + random.few(40));
    return text.slice(0, at) + part.repeat(1 + random.few(random.chance(20) ? 2000 : 8)) + text.slice(at);
  },
  (random, text, other) => {
    const from = random.below(other.length);
    return insert(random, text, other.slice(from, from + random.few(120)));
  },
  (random, text) => {
    const words = text.split(/\b/);
    const at = random.below(words.length);
    words[at] = random.pick(random.chance(2) ? WORDS : words) ?? '';
    return words.join('');
  },
  (random, text) => {
    const open = random.pick(['[', '{"a":', '(', '!', 'not ', '- ']) ?? '';
    return open.repeat(random.few(random.chance(8) ? 5000 : 40)) + text;
  },
  (random, text) => text.slice(0, random.below(text.length + 1)),
  (random, text) =>
    text.replace(/\d+/, () => random.pick(['0', '-1', '65536', '1e999', String(random.next())]) ?? ''),
];

function insert(random: Random, text: string, part: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + part + text.slice(at);
}

/** Text changed in one way; `other` lends a part. Lone surrogates do not outlive the way to bytes and back. */
export function mutateText(random: Random, bytes: Buffer, other: Buffer): Buffer {
  const text = random.pick(MUTATIONS)?.(random, bytes.toString(), other.toString()) ?? '';
  return Buffer.from(text);
}

/** Any JSON, small as a rule, with the habits of devices. */
export function makeJson(random: Random, depth = 0): string {
  const choice = random.below(depth > 6 ? 5 : 9);
  const blank = random.pick(['', '', '', ' ', '\n']) ?? '';
  if (choice === 0) return random.pick(['null', 'true', 'false', 'NaN', 'undefined', '']) ?? '';
  if (choice <= 2) return String(random.pick([0, 1, 100, -5, 1.5, random.next()]));
  if (choice <= 4)
    return `"${random.pick(['', 'a', '0x0B', '2026-01-01 00:00:00', '中', '\\n', 'ÿ', random.pick(WORDS) ?? ''])}"`;
  const items = Array.from({ length: random.few(5) }, () => {
    const value = makeJson(random, depth + 1);
    return choice > 6
      ? `${blank}"${random.pick(['Name', 'Ret', 'a', 'SessionID', 'Status', '__proto__'])}"${blank}:${value}`
      : value;
  });
  return choice > 6 ? `{${items.join(',')}}` : `[${items.join(`,${blank}`)}]`;
}
