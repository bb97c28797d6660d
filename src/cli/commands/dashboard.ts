import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openModel } from '../../dashboard/worker/open-model.ts';
import { type CommandOptions, inputPaths } from '../command.ts';
import { loadLimitChanges } from '../config/run-limits.ts';
import { canPaint, controllingTerminal, showDashboard } from '../show-dashboard.ts';

/**
 * Whether the dashboard can be shown for these arguments: a terminal that can be painted, keys, and files that
 * are there. Where it cannot, the summary says what there is to say.
 */
export function canShowDashboard(files: readonly string[], options: CommandOptions): boolean {
  const paths = inputPaths(files, options);
  if (paths.length === 0 || !canPaint()) return false;
  if (!paths.every((path) => path === '-' || existsSync(path))) return false;
  if (!paths.includes('-')) return process.stdin.isTTY === true;
  const keys = controllingTerminal();
  keys?.destroy();
  return keys !== undefined;
}

/** The dashboard on capture files, or on standard input. */
export async function dashboard(files: readonly string[], options: CommandOptions): Promise<void> {
  const paths = inputPaths(files, options);
  const limits = await loadLimitChanges();
  const model = openModel({
    paths,
    ...(limits !== undefined && { limits }),
    temporaryFolder: tmpdir(),
    seed: randomInt(0x7fff_ffff),
    dialect: options.dialect,
    ...(options.key !== undefined && { key: options.key }),
    ...(options.decodeAs !== undefined && { ports: options.decodeAs }),
    ...(options.showSecrets !== undefined && { showSecrets: options.showSecrets }),
    ...(options.count !== undefined && { maxPackets: options.count }),
  });
  await showDashboard({ model, names: paths, inputIsTaken: paths.includes('-') }, options);
}
