import { COLOURED, PLAIN, type Style } from '../report/format/style.ts';
import type { CommandOptions } from './command.ts';

/** Colours only on a terminal that wants them: NO_COLOR (no-color.org), TERM=dumb, --no-color. */
export function outputStyle(options: Pick<CommandOptions, 'color'>): Style {
  const { NO_COLOR, TERM, FORCE_COLOR } = process.env;
  if (!options.color || (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb') return PLAIN;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return COLOURED;
  return process.stdout.isTTY === true ? COLOURED : PLAIN;
}
