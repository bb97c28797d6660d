import type { Sample } from '../../rules/ledger.ts';

/**
 * The `-Y` expression that selects exactly the messages of these samples; of those that belong to no message, the flow.
 * Undefined where there is neither.
 */
export function readyFilter(samples: readonly Sample[]): string | undefined {
  const messages = numbers(samples.map(({ message }) => message));
  if (messages.length > 0) return oneOf('dvrip.number', messages);
  const flows = numbers(samples.map(({ flow }) => flow));
  return flows.length > 0 ? oneOf('dvrip.flow', flows) : undefined;
}

function numbers(all: readonly number[]): readonly number[] {
  return [...new Set(all)].filter((number) => number > 0).sort((a, b) => a - b);
}

function oneOf(field: string, values: readonly number[]): string {
  return values.length === 1 ? `${field} == ${values[0]}` : `${field} in {${values.join(', ')}}`;
}
