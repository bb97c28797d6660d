import { z } from 'zod';
import { fingerprintOf } from '../../report/check/fingerprint.ts';
import type { FindingGroup, Subject } from '../../rules/ledger.ts';
import { parseJsonDocument } from '../config/json-document.ts';
import { validated } from '../config/schema-problems.ts';
import { readTextFile } from '../config/text-file.ts';

/** `--write-baseline`: the kinds of findings that are known. Neither times nor counts, so that it changes with them only. */
export const baselineSchema = z.strictObject({
  schema: z.literal('dvrscope.baseline/1'),
  findings: z
    .array(
      z.strictObject({
        rule: z.string().max(100).meta({ description: 'for those who read it' }),
        fingerprint: z.string().regex(/^[0-9a-f]{32}$/, 'expected 32 hexadecimal digits'),
      }),
    )
    .meta({ description: 'sorted' }),
});

export type BaselineDocument = z.infer<typeof baselineSchema>;

/** What was known before a run, and what of it was seen again. */
export class Baseline {
  readonly #known: ReadonlySet<string>;

  /** @throws Failure (exit code 2) where it cannot be read, or is no baseline */
  constructor(path: string) {
    const document = parseJsonDocument(path, readTextFile(path, '--baseline') ?? '');
    const { findings } = validated(document, baselineSchema);
    this.#known = new Set(findings.map(({ fingerprint }) => fingerprint));
  }

  knows(subject: Subject): boolean {
    return this.#known.has(fingerprintOf(subject));
  }

  /** Kinds of findings that were seen again, and those that were not. */
  outcome(groups: Iterable<FindingGroup>): { readonly known: number; readonly fixed: number } {
    // What is waived for one device and not for another is listed twice.
    const seen = new Set([...groups].map(({ subject }) => fingerprintOf(subject)));
    const known = [...seen].filter((fingerprint) => this.#known.has(fingerprint)).length;
    return { known, fixed: this.#known.size - known };
  }
}
