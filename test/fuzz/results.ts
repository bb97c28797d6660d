import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from './outcome.ts';
import type { Count } from './shared.ts';

/** What all threads of a run came to: counts by target, and each kind of failure once, with a file of its input. */
export class Results {
  readonly #cases: string;
  readonly #counts = new Map<string, Count>();
  readonly #failures = new Set<string>();
  /** What was tried before the present thread. */
  #before = new Map<string, number>();

  /** @param cases folder for inputs that fail */
  constructor(cases: string) {
    this.#cases = cases;
  }

  get signatures(): readonly string[] {
    return [...this.#failures];
  }

  get failures(): number {
    return this.#failures.size;
  }

  get tried(): number {
    return [...this.#counts.values()].reduce((sum, { tried }) => sum + tried, 0);
  }

  begin(): void {
    this.#before = new Map([...this.#counts].map(([name, { tried }]) => [name, tried]));
  }

  count(target: string, { tried, places, kept, digest }: Count): void {
    const all = tried + (this.#before.get(target) ?? 0);
    this.#counts.set(target, { tried: all, places, kept, digest });
  }

  failed(failure: Failure, input: Buffer, from: number): void {
    if (this.#failures.has(failure.signature)) return;
    this.#failures.add(failure.signature);
    const hash = createHash('sha256').update(input).digest('hex').slice(0, 8);
    const file = join(this.#cases, `${failure.target}.${hash}.bin`);
    mkdirSync(this.#cases, { recursive: true });
    if (!existsSync(file)) writeFileSync(file, input);
    console.log(`FAILED ${failure.target}: ${failure.text}`);
    console.log(`       ${failure.signature}`);
    console.log(`       ${input.length} of ${from} bytes: ${file}`);
  }

  *lines(withDigests: boolean): Generator<string> {
    for (const [name, { tried, places, kept, digest }] of this.#counts) {
      const reached = places > 0 ? `, ${places} places reached, ${kept} kept` : '';
      const same = withDigests ? `, digest ${digest}` : '';
      yield `${name.padEnd(13)} ${String(tried).padStart(9)} inputs${reached}${same}`;
    }
  }
}
