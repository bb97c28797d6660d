import type { CheckRecord } from '../../report/check/check-schema.ts';
import { EXIT } from '../failure.ts';

/**
 * What a check that read all of its input comes to (cli.md): a gate that was asked for comes before findings, since a
 * capture that is not good enough can neither acquit nor convict.
 */
export function checkExitCode({ gates }: CheckRecord): number {
  const unmet = gates.filter(({ met }) => !met).map(({ gate }) => gate);
  if (unmet.includes('complete') || unmet.includes('coverage')) return EXIT.gate;
  return unmet.length > 0 ? EXIT.findings : EXIT.done;
}
