/** A key as blessed reports it. */
export interface RawKey {
  readonly name?: string | undefined;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
  readonly sequence?: string;
}

const NAMES: Readonly<Record<string, string>> = { return: 'enter', linefeed: 'C-j' };

/**
 * Name of a key in the keymap's spelling: what it types where that is visible (`G`, `/`), else its name with `C-`,
 * `M-` and `S-` before it (`C-f`, `S-tab`); undefined for the second report that blessed makes of Enter.
 */
export function keyName(typed: string | undefined, key: RawKey | undefined): string | undefined {
  const name = key?.name;
  if (key === undefined || name === undefined || name === '') return typed === undefined ? undefined : typed;
  if (name === 'enter' && key.sequence === '\r') return undefined;
  const plain = key.ctrl !== true && key.meta !== true;
  if (plain && typed !== undefined && typed.length === 1 && typed > ' ' && typed !== '\x7f') return typed;
  const prefix = `${key.ctrl === true ? 'C-' : ''}${key.meta === true ? 'M-' : ''}${key.shift === true ? 'S-' : ''}`;
  return `${prefix}${NAMES[name] ?? name}`;
}

/**
 * The key of `M-x` without Alt; undefined for other keys. Esc and a key soon after it look like that key with Alt, in
 * particular through a slow connection.
 */
export function withoutAlt(name: string): string | undefined {
  const [, shift, plain] = /^M-(S-)?(.+)$/.exec(name) ?? [];
  if (plain === undefined) return undefined;
  return shift === undefined ? plain : /^[a-z]$/.test(plain) ? plain.toUpperCase() : `S-${plain}`;
}

const HIGH_SURROGATE = /^[\ud800-\udbff]$/;
const LOW_SURROGATE = /^[\udc00-\udfff]$/;

/** Puts characters beyond U+FFFF together again: blessed reports each as two keys. */
export class TypedText {
  #high = '';

  /** What the key types: a character, nothing yet, or nothing at all. */
  next(typed: string | undefined, key: RawKey | undefined): string {
    if (typed === undefined || key?.ctrl === true || key?.meta === true) return '';
    if (HIGH_SURROGATE.test(typed)) {
      this.#high = typed;
      return '';
    }
    const text = LOW_SURROGATE.test(typed) ? this.#high + typed : typed;
    this.#high = '';
    return text < ' ' || text === '\x7f' || LOW_SURROGATE.test(text) ? '' : text;
  }
}
