import type { Action } from '../keymap.ts';

/** The cursor and the scrolled place of something short enough to be there whole. */
export class LineCursor {
  cursor = 0;
  top = 0;
  #height = 1;

  /** Makes the cursor visible among `total` lines in a space of so many; answers the first line to paint. */
  settle(total: number, height: number): number {
    this.#height = Math.max(1, height);
    this.cursor = Math.max(0, Math.min(total - 1, this.cursor));
    if (this.cursor < this.top) this.top = this.cursor;
    if (this.cursor >= this.top + this.#height) this.top = this.cursor - this.#height + 1;
    this.top = Math.max(0, Math.min(this.top, total - this.#height));
    return this.top;
  }

  /** Answers whether it was an action that moves. */
  act(action: Action, total: number): boolean {
    const page = Math.max(1, this.#height - 1);
    const steps: Partial<Record<Action, number>> = {
      up: -1,
      down: 1,
      'page-up': -page,
      'page-down': page,
      'half-up': -Math.ceil(page / 2),
      'half-down': Math.ceil(page / 2),
      top: -total,
      bottom: total,
    };
    const step = steps[action];
    if (step === undefined) return false;
    this.cursor = Math.max(0, Math.min(total - 1, this.cursor + step));
    return true;
  }
}
