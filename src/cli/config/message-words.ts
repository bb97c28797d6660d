import { type Dialect, MESSAGES } from '../../../schemas/registry.ts';
import { nearest } from '../../filter/suggest.ts';
import { didYouMean } from './document.ts';

/** A message as somebody names it: by its id, or by its name, which the dialects give to different ids. */
export interface NamedMessage {
  readonly id: number | undefined;
  readonly name: string | undefined;
}

/** What a word names: an id, which need not be known, or a name in any letter case. Otherwise what is wrong with it. */
export function messageNamed(word: string | number): NamedMessage | string {
  if (typeof word === 'number' || /^\d{1,5}$/.test(word)) {
    const id = Number(word);
    return id <= 0xffff ? { id, name: undefined } : `a message id is at most 65535, not ${word}`;
  }
  const wanted = word.toUpperCase();
  const found = MESSAGES.find(({ name, alias }) => name === wanted || alias === wanted);
  if (found !== undefined) return { id: undefined, name: found.name };
  const meant = nearest(
    word,
    MESSAGES.map(({ name }) => name),
  );
  return `no message is called '${word}'${didYouMean(meant)}`;
}

export function isNamed(wanted: NamedMessage, id: number | undefined, name: string | undefined): boolean {
  return wanted.name === undefined ? wanted.id === id : wanted.name === name;
}

/**
 * The ids by which to ask whether messages were seen. A name stands for the id that it was seen with; unseen, for
 * that of the dialect, unless other messages were seen with that.
 */
export function requiredIds(
  wanted: readonly NamedMessage[],
  seen: readonly { readonly id: number; readonly name: string }[],
  dialect: Dialect,
): readonly number[] {
  const nameOf = new Map(seen.map(({ id, name }) => [id, name]));
  return wanted.flatMap(({ id, name }) => {
    if (id !== undefined) return [id];
    const own = seen.find((entry) => entry.name === name);
    if (own !== undefined) return [own.id];
    const all = MESSAGES.filter((message) => message.name === name && !nameOf.has(message.id));
    const best =
      all.find((message) => message.dialect === undefined || message.dialect === dialect) ?? all[0];
    return best === undefined ? [] : [best.id];
  });
}
