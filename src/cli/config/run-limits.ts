import { type LimitChanges, withChanges } from '../../analysis/limit-changes.ts';
import { RING_LIMITS, type RingLimits } from '../../capture/ring/limits.ts';
import { MODEL_RUN_LIMITS, type ModelRunLimits } from '../../dashboard/model/run-limits.ts';
import { CONFIG_FILE } from './config-file.ts';
import { readTextFile } from './text-file.ts';

/** Every limit that a configuration may change, by the names that it has there. */
export interface RunLimits extends ModelRunLimits {
  readonly ring: RingLimits;
}

/** What a configuration says of limits. */
export type RunLimitChanges = LimitChanges<RunLimits>;

/** Names as errors and docs write them, dots between groups and numbers: `conversations.framing.longestBody`. */
type Names<T> = {
  readonly [Key in keyof T & string]: T[Key] extends number ? Key : `${Key}.${Names<T[Key]>}`;
}[keyof T & string];

export type LimitName = Names<RunLimits>;

export const RUN_LIMITS: RunLimits = { ...MODEL_RUN_LIMITS, ring: RING_LIMITS };

/**
 * What the configuration in the working directory says of limits, if there is any.
 *
 * @throws Failure (exit code 2) where that configuration is wrong
 */
export async function loadLimitChanges(): Promise<RunLimitChanges | undefined> {
  const text = readTextFile(CONFIG_FILE, '--config', true);
  if (text === undefined) return undefined;
  // Most runs have no configuration, and need not load what checks one.
  const { parseConfig } = await import('./config-document.ts');
  return parseConfig(CONFIG_FILE, text).config.limits;
}

/** The limits for a run that reads capture files. Throws as {@link loadLimitChanges}. */
export async function loadLimits(): Promise<RunLimits> {
  return configuredLimits(await loadLimitChanges());
}

/** The defaults, with what a configuration says instead. */
export function configuredLimits(said: RunLimitChanges | undefined): RunLimits {
  return said === undefined ? RUN_LIMITS : withChanges(RUN_LIMITS, said);
}
