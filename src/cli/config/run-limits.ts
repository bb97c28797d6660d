import { DEFAULT_LIMITS, type Limits } from '../../analysis/limits.ts';
import { EXTRACT_LIMITS, type ExtractLimits } from '../../extract/limits.ts';
import { CONFIG_FILE } from './config-file.ts';
import { readTextFile } from './text-file.ts';

/** Every limit that a configuration may change, by the names that it has there. */
export interface RunLimits extends Limits {
  readonly extract: ExtractLimits;
}

export const RUN_LIMITS: RunLimits = { ...DEFAULT_LIMITS, extract: EXTRACT_LIMITS };

/**
 * The limits for a run that reads capture files: those of the configuration in the working directory, if there is any.
 *
 * @throws Failure (exit code 2) where that configuration is wrong
 */
export async function loadLimits(): Promise<RunLimits> {
  const text = readTextFile(CONFIG_FILE, '--config', true);
  if (text === undefined) return RUN_LIMITS;
  // Most runs have no configuration, and need not load what checks one.
  const { parseConfig } = await import('./config-document.ts');
  return configuredLimits(parseConfig(CONFIG_FILE, text).config.limits);
}

/** The defaults, with what a configuration says instead. */
export function configuredLimits(said: object | undefined): RunLimits {
  return said === undefined ? RUN_LIMITS : withChanges(RUN_LIMITS, said);
}

/** `changes` has been checked: it has the groups and numbers of the defaults, or some of them. */
function withChanges<T extends object>(defaults: T, changes: object): T {
  const said: ReadonlyMap<string, unknown> = new Map(Object.entries(changes));
  const all = Object.entries(defaults).map(([key, value]: [string, unknown]) => {
    const change = said.get(key);
    const isGroup =
      typeof value === 'object' && value !== null && typeof change === 'object' && change !== null;
    return [key, isGroup ? withChanges(value, change) : (change ?? value)];
  });
  return Object.fromEntries(all) as T;
}
