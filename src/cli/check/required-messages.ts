import { existsSync, statSync } from 'node:fs';
import { type Problem, refusal } from '../config/document.ts';
import { messageNamed, type NamedMessage } from '../config/message-words.ts';
import { readTextFile } from '../config/text-file.ts';
import { usageError } from '../failure.ts';

/**
 * `--require-coverage FILE|LIST`: ids and names of messages, in a file one a line or several with commas, `#` begins a
 * comment; or on the command line with commas between them.
 *
 * @throws Failure (exit code 2) where it names no file and something that is no message
 */
export function requiredMessages(fileOrList: string): readonly NamedMessage[] {
  if (existsSync(fileOrList) && !statSync(fileOrList).isDirectory()) return inFile(fileOrList);
  const words = wordsOf(fileOrList);
  if (words.length === 0) throw usageError('--require-coverage: names no message');
  return words.map(({ word }) => {
    const named = messageNamed(word);
    if (typeof named !== 'string') return named;
    throw usageError(
      `--require-coverage: ${named}${words.length === 1 ? ', and no such file is there' : ''}`,
    );
  });
}

function inFile(path: string): readonly NamedMessage[] {
  const problems: Problem[] = [];
  const lines = (readTextFile(path, '--require-coverage') ?? '').split(/\r?\n/);
  const found = lines.flatMap((text, i) =>
    wordsOf(text.replace(/#.*$/, '')).flatMap(({ word, at }) => {
      const named = messageNamed(word);
      if (typeof named !== 'string') return [named];
      problems.push({ place: { line: i + 1, column: at + 1 }, text: named });
      return [];
    }),
  );
  if (problems.length > 0) throw refusal(path, problems);
  if (found.length === 0) throw usageError(`--require-coverage: ${path} names no message`);
  return found;
}

function wordsOf(text: string): { readonly word: string; readonly at: number }[] {
  return [...text.matchAll(/[^\s,]+/g)].map(({ 0: word, index }) => ({ word, at: index }));
}
