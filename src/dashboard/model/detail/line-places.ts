import type { Finding } from '../../../../dissectors/core/finding.ts';
import type { Lines } from './body-lines.ts';

/** Finds the lines of a body that findings are about. */
export class LinePlaces {
  readonly #lines: Lines['lines'];
  readonly #byPointer = new Map<string, number>();

  constructor(lines: Lines['lines']) {
    this.#lines = lines;
    for (const [at, { pointer }] of lines.entries())
      if (pointer !== undefined) this.#byPointer.set(pointer, at);
  }

  /** The line of the place that a finding names, or of what is around it where the place is not there. */
  of({ pointer, offset, line: textLine }: Pick<Finding, 'pointer' | 'offset' | 'line'>): number | undefined {
    for (let at = pointer; at !== undefined; at = parentOf(at)) {
      const line = this.#byPointer.get(at);
      if (line !== undefined) return line;
    }
    if (offset === undefined) return undefined;
    // Slips of the JSON have no pointer: the innermost value around the byte.
    const around = this.#lines.findLastIndex(
      (line) =>
        line.offset !== undefined && line.offset <= offset && offset < line.offset + (line.length ?? 0),
    );
    if (around !== -1) return around;
    const plain = this.#lines.length > 0 && this.#byPointer.size === 0;
    return plain && textLine !== undefined && textLine <= this.#lines.length ? textLine - 1 : undefined;
  }
}

function parentOf(pointer: string): string | undefined {
  return pointer === '' ? undefined : pointer.slice(0, pointer.lastIndexOf('/'));
}
