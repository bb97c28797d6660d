import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { openModel } from '../../dashboard/worker/open-model.ts';
import { ENGINE_PLACES } from '../engine-places.ts';
import { canPaint, controllingTerminal, showDashboard } from '../show-dashboard.ts';
import { captureOptions, engineFor } from './capture-options.ts';
import type { LiveCommandOptions } from './live-options.ts';

/**
 * Whether the dashboard is what is wanted: on a terminal, unless something is asked for that only the lines do.
 */
export function wantsDashboard(options: LiveCommandOptions): boolean {
  const { json, lines, quiet, displayFilter, body, lineBuffered, write, ringBuffer, autostop, maxMemory } =
    options;
  const asked = [
    json,
    lines,
    quiet,
    displayFilter,
    body,
    lineBuffered,
    write,
    ringBuffer,
    autostop,
    maxMemory,
  ];
  if (asked.some((option) => option !== undefined) || !canPaint()) return false;
  if (options.interface?.includes('-') !== true) return process.stdin.isTTY === true;
  const keys = controllingTerminal();
  keys?.destroy();
  return keys !== undefined;
}

/** The dashboard on live traffic. */
export async function showLive(options: LiveCommandOptions): Promise<void> {
  const capturing = captureOptions(options);
  const engine = await engineFor(options.engine, capturing);
  const model = openModel({
    paths: [],
    live: { engine, options: capturing, places: ENGINE_PLACES },
    temporaryFolder: tmpdir(),
    seed: randomInt(0x7fff_ffff),
    dialect: options.dialect,
    ...(options.key !== undefined && { key: options.key }),
    ...(options.decodeAs !== undefined && { ports: options.decodeAs }),
    ...(options.showSecrets !== undefined && { showSecrets: options.showSecrets }),
  });
  const names = capturing.interfaces;
  await showDashboard({ model, names, inputIsTaken: names.includes('-') }, options);
}
