import type { LiveCommandOptions } from '../live/live-options.ts';

/** The dashboard on a terminal; else what happens on the wire, until it is ended, then the summary. */
export async function live(options: LiveCommandOptions): Promise<void> {
  if (options.listInterfaces === true) {
    const { interfaces } = await import('./interfaces.ts');
    return interfaces(options);
  }
  const { showLive, wantsDashboard } = await import('../live/show-live.ts');
  if (wantsDashboard(options)) return showLive(options);
  const { showLines } = await import('../live/show-lines.ts');
  return showLines(options);
}
