import { describe, expect, it } from 'vitest';
import { ACTION_IDS, ACTIONS, type Context, Keymap, keyLabel } from '../../src/dashboard/keymap.ts';
import { keysSchema } from '../../src/dashboard/keys-schema.ts';
import { keyName, TypedText, withoutAlt } from '../../src/dashboard/terminal/key-names.ts';

const PLACES: readonly Context[] = [
  'sessions',
  'flows',
  'findings',
  'messages',
  'streams',
  'stream',
  'session',
  'message',
  'compare',
  'help',
  'prompt',
  'form',
];

describe('the keymap', () => {
  it('names each action once, and gives each a key, a place and words for the help', () => {
    expect(new Set(ACTION_IDS).size).toBe(ACTIONS.length);
    for (const { keys, contexts, help } of ACTIONS) {
      expect(keys.length).toBeGreaterThan(0);
      expect(contexts.length).toBeGreaterThan(0);
      expect(help.length).toBeGreaterThan(1);
    }
  });

  it.each(PLACES)('no key has two meanings in %s', (place) => {
    const keys = new Keymap().of(place).flatMap((entry) => entry.keys);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it.each([
    ['enter', 'open'],
    ['escape', 'stop'],
    ['q', 'back'],
    ['tab', 'next-tab'],
    ['/', 'search'],
    ['s', 'save'],
    ['space', 'mark'],
    ['p', 'pause'],
    ['f7', 'filter'],
    ['f', 'filter'],
    ['h', 'left'],
    ['j', 'down'],
    ['k', 'up'],
    ['l', 'right'],
    ['C-f', 'page-down'],
    ['g', 'top'],
    ['G', 'bottom'],
    ['<', 'sort-left'],
    ['>', 'sort-right'],
    ['z', 'sort-reverse'],
    ['?', 'help'],
    ['f1', 'help'],
    ['f2', 'save'],
    ['f3', 'search'],
    ['f4', 'compare'],
    ['f5', 'clear'],
    ['f8', 'filter-form'],
    ['f9', 'kinds'],
    ['f10', 'quit'],
  ])('in a list of messages %s is %s, as sngrep and Wireshark users expect', (key, action) => {
    expect(new Keymap().action('messages', key)).toBe(action);
  });

  it('gives an action the keys of the configuration, and takes them from others of the same place', () => {
    const keymap = new Keymap({ 'show-flows': ['f'], quit: ['C-q'] });
    expect(keymap.action('messages', 'f')).toBe('show-flows');
    expect(keymap.action('messages', '2')).toBeUndefined();
    expect(keymap.action('messages', 'f7')).toBe('filter');
    expect(keymap.action('messages', 'C-q')).toBe('quit');
    expect(keymap.label('filter')).toBe('F7');
  });

  it('while one types, letters are letters', () => {
    const keys = new Keymap().of('prompt').flatMap((entry) => entry.keys);
    expect(keys.filter((key) => key.length === 1)).toEqual([]);
    expect(keys).toContain('f8');
  });

  it('writes keys as people do', () => {
    expect(['C-f', 'f10', 'space', 'S-tab', 'G', 'pageup'].map(keyLabel)).toEqual([
      'Ctrl-F',
      'F10',
      'Space',
      'Shift-Tab',
      'G',
      'PgUp',
    ]);
  });
});

describe('keys of the configuration', () => {
  it('are taken for actions that are there', () => {
    expect(keysSchema.parse({ save: ['S', 'C-s'], quit: ['f12'] })).toEqual({
      save: ['S', 'C-s'],
      quit: ['f12'],
    });
  });

  it.each([[{ sav: ['S'] }], [{ save: [] }], [{ save: ['Strg+S'] }], [{ save: 'S' }], [{ save: ['f13'] }]])(
    '%j is refused',
    (keys) => {
      expect(keysSchema.safeParse(keys).success).toBe(false);
    },
  );
});

describe('what blessed reports', () => {
  it('becomes a name of the keymap', () => {
    expect(keyName('\r', { name: 'return', sequence: '\r' })).toBe('enter');
    expect(keyName('\r', { name: 'enter', sequence: '\r' })).toBeUndefined();
    expect(keyName('G', { name: 'g', shift: true })).toBe('G');
    expect(keyName('/', undefined)).toBe('/');
    expect(keyName('\x06', { name: 'f', ctrl: true })).toBe('C-f');
    expect(keyName(undefined, { name: 'tab', shift: true })).toBe('S-tab');
    expect(keyName(' ', { name: 'space' })).toBe('space');
    expect(keyName('道', undefined)).toBe('道');
  });

  it('tells a key with Alt, which may be Esc and that key soon after it', () => {
    expect(['M-5', 'M-S-g', 'M-enter', 'G', 'C-f'].map(withoutAlt)).toEqual([
      '5',
      'G',
      'enter',
      undefined,
      undefined,
    ]);
  });

  it('puts the halves of a character beyond U+FFFF together, and types no control character', () => {
    const typed = new TypedText();
    expect(typed.next('\ud840', undefined)).toBe('');
    expect(typed.next('\udc00', undefined)).toBe('𠀀');
    expect(typed.next('\udc00', undefined)).toBe('');
    expect(typed.next('\x1b', { name: 'escape' })).toBe('');
    expect(typed.next('\x06', { name: 'f', ctrl: true })).toBe('');
    expect(typed.next(' ', { name: 'space' })).toBe(' ');
  });
});
