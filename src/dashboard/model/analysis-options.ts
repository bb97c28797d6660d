import type { AnalysisOptions } from '../../analysis/analysis.ts';
import type { ModelOptions } from './contract.ts';
import { modelRunLimits } from './run-limits.ts';

/** What every reading of the captures is analysed with, the first as the later ones: numbers must come out the same. */
export function analysisOptions({ dialect, key, ports, seed, limits }: ModelOptions): AnalysisOptions {
  return {
    limits: modelRunLimits(limits),
    ...(dialect !== undefined && { dialect }),
    ...(key !== undefined && { key }),
    ...(ports !== undefined && { ports }),
    ...(seed !== undefined && { seed }),
  };
}
