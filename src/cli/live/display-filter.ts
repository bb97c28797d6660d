import { compileFilter } from '../../filter/compile.ts';
import type { FilterLimits } from '../../filter/limits.ts';
import { messageFields, type TimeOrigin } from '../../report/message-fields.ts';
import { renderFilterError } from '../../report/text/filter-error.ts';
import { type CommandOptions, dialectOf } from '../command.ts';
import { usageError } from '../failure.ts';

/** What `-Y` lets through; times count from `origin`. @throws Failure where it makes no sense */
export function displayFilter(options: CommandOptions, origin: TimeOrigin, limits: FilterLimits) {
  const shown = { dialect: dialectOf(options), showSecrets: options.showSecrets === true };
  const text = options.displayFilter ?? '';
  const filter = compileFilter(text, messageFields(origin, shown), limits);
  if (filter.kind === 'error') throw usageError(`filter: ${renderFilterError(text, filter)}`);
  return filter;
}
