import type { LadderWindow } from '../contract.ts';
import type { MessageMemory } from '../index/message-memory.ts';
import { type ModelLists, searching } from '../lists/model-lists.ts';
import { LadderFlows, ladderStart, rungAt } from './ladder-window.ts';

/** The ladders of sessions, a window at a time; the sockets of the session shown last are remembered. */
export class Ladders {
  readonly #lists: ModelLists;
  readonly #memory: MessageMemory;
  #flows: LadderFlows | undefined = undefined;

  constructor(lists: ModelLists, memory: MessageMemory) {
    this.#lists = lists;
    this.#memory = memory;
  }

  clear(): void {
    this.#flows = undefined;
  }

  window(session: number, version: number, start: number, count: number): LadderWindow {
    const list = this.#lists.growing('messages', { scope: { of: 'session', session }, fold: true });
    if ('kind' in list) throw new Error('a list without a filter has no fault in it');
    list.advance();
    if (this.#flows?.session !== session) this.#flows = new LadderFlows(session);
    const flows = this.#flows.of(list, this.#memory);
    const { total } = list;
    const begin = ladderStart(list, this.#memory);
    const from = Math.min(Math.max(0, Math.floor(start)), total);
    const length = Math.max(0, Math.min(Math.floor(count), total - from));
    const rungs = Array.from({ length }, (_, i) => rungAt(list, from + i, this.#memory, begin));
    return { version, session, flows, total, start: from, rungs, ...searching(list) };
  }
}
