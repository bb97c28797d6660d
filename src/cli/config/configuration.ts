import type { Severity } from '../../rules/rule.ts';
import { CONFIG_FILE } from './config-file.ts';
import type { Config } from './config-schema.ts';
import { type ConfigDocument, type Problem, refusal } from './document.ts';
import { messageNamed, type NamedMessage } from './message-words.ts';
import { rulesNamed } from './rule-words.ts';
import { readTextFile } from './text-file.ts';
import type { ResolvedWaiver } from './waivers.ts';

export { CONFIG_FILE };

/** A configuration in which every name has been found. */
export interface Configuration {
  readonly config: Config;
  /** By rule id. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly requireCoverage: readonly NamedMessage[];
  readonly waivers: readonly ResolvedWaiver[];
}

const EMPTY: Configuration = { config: {}, severities: new Map(), requireCoverage: [], waivers: [] };

/**
 * The configuration in a file; without one, that in the working directory, if there is any.
 *
 * @throws Failure (exit code 2) that names file, line and column of what is wrong
 */
export async function loadConfiguration(path: string | undefined): Promise<Configuration> {
  const text = readTextFile(path ?? CONFIG_FILE, '--config', path === undefined);
  if (text === undefined) return EMPTY;
  // Most runs have no configuration, and need not load what checks one.
  const { parseConfig } = await import('./config-document.ts');
  const { document, config } = parseConfig(path ?? CONFIG_FILE, text);
  const problems: Problem[] = [];
  const configuration: Configuration = {
    config,
    severities: severities(document, config, problems),
    requireCoverage: requiredMessages(document, config, problems),
    waivers: resolvedWaivers(document, config, problems),
  };
  if (problems.length > 0) throw refusal(document.path, problems);
  return configuration;
}

function severities(
  document: ConfigDocument,
  { rules = {} }: Config,
  problems: Problem[],
): ReadonlyMap<string, Severity | 'off'> {
  const found = new Map<string, Severity | 'off'>();
  // Areas first, so that what is said of one rule wins over what is said of its area.
  const words = Object.entries(rules).sort(([a], [b]) => Number(b.endsWith('/*')) - Number(a.endsWith('/*')));
  for (const [word, severity] of words) {
    const ids = rulesNamed(word);
    if (typeof ids === 'string') {
      problems.push({ place: document.place(['rules', word], 'key'), text: ids });
    } else for (const id of ids) found.set(id, severity);
  }
  return found;
}

function requiredMessages(
  document: ConfigDocument,
  { requireCoverage = [] }: Config,
  problems: Problem[],
): readonly NamedMessage[] {
  return requireCoverage.flatMap((word, i) => {
    const named = messageNamed(word);
    if (typeof named !== 'string') return [named];
    problems.push({ place: document.place(['requireCoverage', i], 'value'), text: named });
    return [];
  });
}

function resolvedWaivers(
  document: ConfigDocument,
  { waivers = [] }: Config,
  problems: Problem[],
): readonly ResolvedWaiver[] {
  return waivers.flatMap((waiver, i) => {
    const rules = rulesNamed(waiver.rule);
    const message = waiver.message === undefined ? undefined : messageNamed(waiver.message);
    if (typeof rules === 'string') {
      problems.push({ place: document.place(['waivers', i, 'rule'], 'value'), text: rules });
    }
    if (typeof message === 'string') {
      problems.push({ place: document.place(['waivers', i, 'message'], 'value'), text: message });
    }
    return typeof rules === 'string' || typeof message === 'string' ? [] : [{ waiver, rules, message }];
  });
}
