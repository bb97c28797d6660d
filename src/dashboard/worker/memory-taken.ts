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

/** A heap may grow by so many hundredths before V8 looks for garbage in it again; on a large machine it is three hundred. */
const HEAP_GROWTH = 15;

/**
 * Makes V8 hold less garbage, in every thread of the process: its heaps grow in small steps, and the room for young objects
 * stays as it is. It then collects more often, but in passing, which stops a thread for a hundredth of a second and not, as
 * {@link collectGarbage} does, for up to a tenth.
 */
export function keepHeapsSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  setFlagsFromString('--semi-space-growth-factor=1');
}
