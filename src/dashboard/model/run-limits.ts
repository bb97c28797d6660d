import { type LimitChanges, withChanges } from '../../analysis/limit-changes.ts';
import { DEFAULT_LIMITS, type Limits } from '../../analysis/limits.ts';
import { CAPTURE_LIMITS, type CaptureLimits } from '../../capture/limits.ts';
import { LIVE_LIMITS, type LiveLimits } from '../../capture/live/limits.ts';
import { EXTRACT_LIMITS, type ExtractLimits } from '../../extract/limits.ts';
import { FILTER_LIMITS, type FilterLimits } from '../../filter/limits.ts';
import { REPORT_LIMITS, type ReportLimits } from '../../report/check/limits.ts';
import { MODEL_LIMITS, type ModelLimits } from './limits.ts';

/** All that bounds what a model does: reading and analysing, keeping and showing, and writing files. */
export interface ModelRunLimits extends Limits {
  readonly extract: ExtractLimits;
  readonly capture: CaptureLimits;
  readonly filter: FilterLimits;
  readonly report: ReportLimits;
  readonly dashboard: ModelLimits;
  readonly live: LiveLimits;
}

export const MODEL_RUN_LIMITS: ModelRunLimits = {
  ...DEFAULT_LIMITS,
  extract: EXTRACT_LIMITS,
  capture: CAPTURE_LIMITS,
  filter: FILTER_LIMITS,
  report: REPORT_LIMITS,
  dashboard: MODEL_LIMITS,
  live: LIVE_LIMITS,
};

/** The limits of a model that reads files, with what is wished otherwise. */
export function modelRunLimits(changes: LimitChanges<ModelRunLimits> | undefined): ModelRunLimits {
  return changes === undefined ? MODEL_RUN_LIMITS : withChanges(MODEL_RUN_LIMITS, changes);
}
