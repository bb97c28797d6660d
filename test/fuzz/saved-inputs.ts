import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^[0-9a-f]{16}\.bin$/;

/** What guidance keeps for one target, from one run to the next: a file an input, named after its content. */
export class SavedInputs {
  readonly #folder: string;
  readonly #there: Set<string>;
  readonly #names = new WeakMap<Buffer, string>();

  constructor(folder: string, target: string) {
    this.#folder = join(folder, target);
    mkdirSync(this.#folder, { recursive: true });
    this.#there = new Set(readdirSync(this.#folder).filter((name) => NAME.test(name)));
  }

  read(): readonly Buffer[] {
    return [...this.#there].sort().map((name) => readFileSync(join(this.#folder, name)));
  }

  /** Makes the folder hold these, and no others of its own. */
  write(inputs: readonly Buffer[]): void {
    const gone = new Set(this.#there);
    for (const input of inputs) {
      const name = this.#names.get(input) ?? nameOf(input);
      this.#names.set(input, name);
      gone.delete(name);
      if (this.#there.has(name)) continue;
      writeFileSync(join(this.#folder, name), input);
      this.#there.add(name);
    }
    for (const name of gone) {
      rmSync(join(this.#folder, name), { force: true });
      this.#there.delete(name);
    }
  }
}

function nameOf(input: Buffer): string {
  return `${createHash('sha256').update(input).digest('hex').slice(0, 16)}.bin`;
}
