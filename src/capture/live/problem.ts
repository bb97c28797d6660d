import type { EngineName, LiveProblem } from './engine.ts';

const WORDS: Record<LiveProblem['code'], string> = {
  'engine-missing': 'cannot be started',
  'not-permitted': 'capturing is not permitted',
  'no-such-interface': 'no such interface',
  'interface-down': 'the interface is down',
  'bad-filter': 'the capture filter is not understood',
  unsupported: 'not possible with this engine',
  'engine-died': 'the engine ended',
  damaged: 'what the engine wrote makes no sense',
};

const ADVICE: Partial<Record<LiveProblem['code'], string>> = {
  'engine-missing': '; dvrscope doctor says what is installed',
  'not-permitted': '; dvrscope doctor says what mends it',
  'no-such-interface': '; dvrscope interfaces lists them',
};

/** Words a problem: what, whose, in the engine's own words where there are any. `words` must be safe. */
export function problemOf(
  code: LiveProblem['code'],
  place: { readonly interface: string; readonly engine: EngineName },
  words: string,
): LiveProblem {
  const name = place.interface === '-' ? 'standard input' : place.interface;
  const own = words === '' ? '' : ` (${place.engine}: ${words})`;
  const message = `${name}: ${WORDS[code]}${own}${ADVICE[code] ?? ''}`;
  return { code, ...place, message };
}

/** The last words of an engine and how it ended, whichever there are. */
export function wordDeath(words: string, exit: string): string {
  return [words, exit].filter((part) => part !== '').join('; ');
}
