/**
 * A filter of words over a row's text: each word must be in it, `-word` must not; upper and lower case are the same.
 * Undefined where there are no words.
 */
export function wordFilter(filter: string | undefined): ((text: string) => boolean) | undefined {
  const words = (filter ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-');
  if (words.length === 0) return undefined;
  return (text) => {
    const whole = text.toLowerCase();
    return words.every((word) =>
      word.startsWith('-') ? !whole.includes(word.slice(1)) : whole.includes(word),
    );
  };
}
