import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { DEFAULT_CEILING_MIB } from '../../analysis/memory-ceiling.ts';
import { LEAST_DASHBOARD_MIB } from '../../dashboard/model/limits.ts';
import { openModel } from '../../dashboard/worker/open-model.ts';
import { configuredLimits, loadLimitChanges } from '../config/run-limits.ts';
import { ENGINE_PLACES } from '../engine-places.ts';
import { usageError } from '../failure.ts';
import { canPaint, controllingTerminal, showDashboard } from '../show-dashboard.ts';
import { captureOptions, engineFor } from './capture-options.ts';
import { displayFilter } from './display-filter.ts';
import type { LiveCommandOptions } from './live-options.ts';
import { planRing } from './open-ring.ts';

const MiB = 1024 * 1024;

/** Whether the dashboard is what is wanted: on a terminal, unless something is asked for that only lines have. */
export function wantsDashboard(options: LiveCommandOptions): boolean {
  const { json, lines, quiet, body, lineBuffered } = options;
  const asked = [json, lines, quiet, body, lineBuffered];
  if (asked.some((option) => option !== undefined) || !canPaint()) return false;
  if (options.interface?.includes('-') !== true) return process.stdin.isTTY === true;
  const keys = controllingTerminal();
  keys?.destroy();
  return keys !== undefined;
}

/** The dashboard on live traffic. @throws Failure where no engine may capture, or the ring has no place */
export async function showLive(options: LiveCommandOptions): Promise<void> {
  const changes = await loadLimitChanges();
  const limits = configuredLimits(changes);
  const capturing = captureOptions(options, limits);
  const { maxMemory = DEFAULT_CEILING_MIB } = options;
  if (maxMemory < LEAST_DASHBOARD_MIB) {
    throw usageError(
      `--max-memory ${maxMemory}: the dashboard takes ${LEAST_DASHBOARD_MIB} at least; --lines does with less`,
    );
  }
  displayFilter(options, { seconds: 0, nanoseconds: 0 }, limits.filter);
  const engine = await engineFor(options.engine, capturing);
  const ring = planRing(options, limits.ring);
  // However the process ends: the thread that writes the ring may be gone by then.
  const leave = () => {
    if (ring?.plan.temporary === true) ring.place.leave();
  };
  process.on('exit', leave);
  const { duration } = options.autostop ?? {};
  const model = openModel({
    paths: [],
    ...(changes !== undefined && { limits: changes }),
    live: {
      engine,
      options: capturing,
      places: ENGINE_PLACES,
      ...(ring !== undefined && { ring: ring.plan }),
      ceilingBytes: maxMemory * MiB,
      ...(duration !== undefined && { durationSeconds: duration }),
    },
    temporaryFolder: tmpdir(),
    seed: randomInt(0x7fff_ffff),
    dialect: options.dialect,
    ...(options.key !== undefined && { key: options.key }),
    ...(options.decodeAs !== undefined && { ports: options.decodeAs }),
    ...(options.showSecrets !== undefined && { showSecrets: options.showSecrets }),
  });
  const { interfaces: names } = capturing;
  const filter = options.displayFilter ?? '';
  await showDashboard({ model, names, inputIsTaken: names.includes('-'), filter }, options);
  leave();
  process.off('exit', leave);
}
