import type { Scenario } from '../scenario.ts';
import * as control from './control.ts';
import * as media from './media.ts';
import * as sessions from './sessions.ts';

/** Every sample capture, in the order of their recording. */
export const SCENARIOS: readonly Scenario[] = [
  ...Object.values(control),
  ...Object.values(media),
  ...Object.values(sessions),
];

export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found === undefined) {
    throw new Error(`no sample is called ${name}; there are: ${SCENARIOS.map((one) => one.name).join(', ')}`);
  }
  return found;
}
