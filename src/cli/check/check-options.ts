import type { LiveCommandOptions } from '../live/live-options.ts';
import type { Format } from './targets.ts';

/** What commander parses from the command line of `check`. */
export interface CheckCommandOptions extends Omit<LiveCommandOptions, 'output'> {
  /** Judge what `-i` captures instead of files. */
  readonly live?: boolean;
  readonly format?: readonly Format[];
  readonly output?: readonly string[];
  readonly failOn?: 'error' | 'warning' | 'note' | 'never';
  readonly requireComplete?: boolean;
  readonly requireCoverage?: string;
  readonly config?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly expect?: string;
  readonly verbose?: boolean;
  /** `--dialect` was given, and not left at its default. */
  readonly dialectGiven: boolean;
}
