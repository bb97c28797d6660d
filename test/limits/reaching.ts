import { it } from 'vitest';
import {
  configuredLimits,
  type LimitName,
  RUN_LIMITS,
  type RunLimitChanges,
  type RunLimits,
} from '../../src/cli/config/run-limits.ts';
import type { FIXED_LIMITS } from '../../src/cli/limits/fixed-limits.ts';

export type { LimitName };

/** A limit that cannot be set: `live.PIECE_BYTES`. */
export type FixedName = keyof typeof FIXED_LIMITS;

/** What a test is given: the limits of a run, one of them changed; and the file that says the same. */
export interface Given {
  readonly limits: RunLimits;
  /** The text of a `dvrscope.config.json`. */
  readonly config: string;
}

/**
 * A test that reaches a limit. Its body runs twice: with the limit set to `value` it must pass, and with the limit as it
 * usually is it must fail, which proves that it shows this limit and nothing else. `other` is what it is set to instead
 * the second time: more patience than usual, where a busy machine may be slow.
 */
export function reaches(
  limit: LimitName,
  value: number,
  sentence: string,
  body: (given: Given) => void | Promise<void>,
  other = usualValue(limit),
): void {
  it(`${limit}: ${sentence}`, async () => {
    await body(givenOf(limit, value));
    const failed = await outcome(() => body(givenOf(limit, other)));
    if (!failed) throw new Error(`the test passes without ${limit}: it does not show that limit`);
  });
}

/** A test that reaches a limit beyond which nothing is lost: with `value` all must be as it is without. Runs once. */
export function losesNothing(
  limit: LimitName,
  value: number,
  sentence: string,
  body: (given: Given) => void | Promise<void>,
): void {
  it(`${limit}: ${sentence}`, () => body(givenOf(limit, value)));
}

/** A test that reaches a limit that cannot be changed. */
export function reachesFixed(limit: FixedName, sentence: string, body: () => void | Promise<void>): void {
  it(`${limit}: ${sentence}`, body);
}

async function outcome(run: () => void | Promise<void>): Promise<boolean> {
  try {
    await run();
    return false;
  } catch {
    return true;
  }
}

function givenOf(limit: LimitName, value: number): Given {
  const keys: readonly string[] = limit.split('.');
  const changes: RunLimitChanges = keys.reduceRight<object | number>(
    (inner, key) => ({ [key]: inner }),
    value,
  ) as RunLimitChanges;
  return { limits: configuredLimits(changes), config: JSON.stringify({ limits: changes }) };
}

/** What a limit is unless somebody says otherwise. */
export function usualValue(limit: LimitName): number {
  const keys: readonly string[] = limit.split('.');
  const value = keys.reduce<unknown>(
    (group, key) => new Map(Object.entries(group ?? {})).get(key),
    RUN_LIMITS,
  );
  if (typeof value !== 'number') throw new Error(`${limit} is no limit`);
  return value;
}
