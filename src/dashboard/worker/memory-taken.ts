import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Bytes of memory that the process takes: what is resident, without the pages that V8 holds free, which it gives back when
 * it finds the time.
 */
export function memoryTaken(): number {
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  return rss - heapTotal + heapUsed;
}

/**
 * Bytes that this thread alone holds: its heap, and its buffers. What is resident tells little of a process of several threads:
 * it is not given back when it is let go.
 */
export function memoryOfThread(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * Collects all garbage now. V8 lets it grow as it thinks fit for the machine, and knows nothing of a ceiling. It stops the
 * process for some hundredths of a second.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}

/**
 * Keeps the room for young objects of this thread as it is. V8 lets it grow to 32 MB where there is as much garbage as painting makes,
 * and a process with a ceiling has a better use for them: measured, the screen then takes 25 MB less and no more time.
 */
export function keepYoungFew(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
