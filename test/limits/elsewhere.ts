import type { FixedName, LimitName } from './reaching.ts';

/**
 * Limits that a test reaches which is not made by the functions of reaching.ts: its file, and the words with which its name
 * begins.
 */
export const ELSEWHERE: { readonly [Name in LimitName | FixedName]?: readonly [file: string, name: string] } =
  {
    'live.lookSeconds': [
      'test/capture/live/faults.test.ts',
      'an interface that goes down is said, and taken up again',
    ],
  };
