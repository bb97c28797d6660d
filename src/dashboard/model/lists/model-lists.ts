import type { Analysis } from '../../../analysis/analysis.ts';
import type { FieldTable } from '../../../filter/fields.ts';
import type { FilterError } from '../../../filter/span.ts';
import type { Message } from '../../../session/message.ts';
import type { ListName, MessageKind, RowOf, Rows, Scope, View } from '../contract.ts';
import type { Recorder } from '../index/recorder.ts';
import { findingRow } from '../rows/finding-row.ts';
import { messageRow } from '../rows/message-row.ts';
import type { ModelRunLimits } from '../run-limits.ts';
import { findingKey, findingList } from './finding-list.ts';
import type { GrowingList, ListEntry } from './growing-list.ts';
import { KindCounts } from './kind-counts.ts';
import { messageKey, messageList } from './message-list.ts';
import { TableList } from './table-list.ts';
import { flowTable, ruleTable, sessionTable, streamTable } from './tables.ts';

/** Lists that go on being searched when nobody asks: those asked for last. */
const SEARCHED = 2;

interface KeptList {
  readonly list: GrowingList;
  /** Of messages or findings of a session: its number. */
  readonly session: number | undefined;
  readonly of: 'messages' | 'findings';
}

/** All lists of the model: makes them, keeps those in use up to date, answers their rows. */
export class ModelLists {
  readonly #recorder: Recorder;
  readonly #fields: FieldTable<Message>;
  readonly #limits: ModelRunLimits;
  /** The longest unused first. */
  readonly #kept = new Map<string, KeptList>();
  readonly #sessions: TableList<RowOf['sessions']>;
  readonly #flows: TableList<RowOf['flows']>;
  readonly #streams: TableList<RowOf['streams']>;
  readonly #rules: TableList<RowOf['rules']>;
  #kinds: KindCounts | undefined = undefined;

  constructor(
    analysis: () => Analysis,
    recorder: Recorder,
    fields: FieldTable<Message>,
    limits: ModelRunLimits,
  ) {
    this.#limits = limits;
    this.#recorder = recorder;
    this.#fields = fields;
    this.#sessions = new TableList(sessionTable(analysis, recorder));
    this.#flows = new TableList(flowTable(analysis, recorder));
    this.#streams = new TableList(streamTable(recorder));
    this.#rules = new TableList(ruleTable(recorder));
    recorder.adopted = (session, first) => this.#adopted(session, first);
  }

  rows<L extends ListName>(
    name: L,
    view: View,
    version: number,
    start: number,
    count: number,
  ): Rows<RowOf[L]>;
  rows(name: ListName, view: View, version: number, start: number, count: number): Rows<RowOf[ListName]> {
    const from = Math.max(0, Math.floor(start));
    const most = Math.min(Math.max(0, Math.floor(count)), this.#limits.dashboard.rows);
    const table = this.#table(name);
    if (table !== undefined) {
      const total = table.total(view, version);
      const at = Math.min(from, total);
      return { version, total, start: at, rows: table.rows(view, version, at, most) };
    }
    const list = this.growing(name === 'messages' ? 'messages' : 'findings', view);
    if ('kind' in list) return { version, total: 0, start: 0, rows: [], error: list };
    list.advance();
    const total = list.total;
    const at = Math.min(from, total);
    const rows: RowOf[ListName][] = [];
    for (let place = at; place < Math.min(at + most, total); place++) {
      rows.push(this.#row(name, this.entryAt(name, list, view, place)));
    }
    return { version, total, start: at, rows, ...searching(list) };
  }

  /** Where the thing of a number stands in a list, or what comes before it. */
  position(name: ListName, view: View, version: number, number: number): number | undefined {
    const table = this.#table(name);
    if (table !== undefined) return table.placeOf(view, version, number);
    const list = this.growing(name === 'messages' ? 'messages' : 'findings', view);
    if ('kind' in list) return undefined;
    list.advance();
    const place = list.placeOf(number);
    if (place < 0) return undefined;
    const order = this.#order(name, list, view);
    const at = order === undefined ? place : order.indexOf(place);
    return view.descending === true ? list.total - 1 - at : at;
  }

  /** The row at a place of a list as its view sorts it. */
  entryAt(name: ListName, list: GrowingList, view: View, place: number): ListEntry {
    const at = view.descending === true ? list.total - 1 - place : place;
    return list.entry(this.#order(name, list, view)?.[at] ?? at);
  }

  /** The list of a view, made if need be; or what is wrong with its filter. */
  growing(of: 'messages' | 'findings', view: View): GrowingList | FilterError {
    const { scope, filter, hiddenIds, fold } = view;
    const key = JSON.stringify([of, scope, filter, hiddenIds, fold]);
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.list;
    }
    const { memory, findings, messages } = this.#recorder;
    const list =
      of === 'messages'
        ? messageList(view, memory, this.#fields, this.#limits.filter)
        : findingList(view, findings, messages);
    if ('kind' in list) return list;
    this.#kept.set(key, { list, session: scope?.of === 'session' ? scope.session : undefined, of });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#limits.dashboard.lists && oldest !== undefined) this.#kept.delete(oldest);
    return list;
  }

  /** The message ids of a scope. */
  kinds(scope: Scope): readonly MessageKind[] {
    const list = this.growing('messages', { scope });
    if ('kind' in list) throw new Error('a list without a filter has no fault in it');
    list.advance();
    const kinds = this.#kinds?.list === list ? this.#kinds : new KindCounts(list, this.#recorder.memory);
    this.#kinds = kinds;
    return kinds.all();
  }

  /** Searches some more in the lists that were asked for last; answers whether there is more to do. */
  search(): boolean {
    let more = false;
    for (const { list } of [...this.#kept.values()].slice(-SEARCHED)) if (list.advance()) more = true;
    return more;
  }

  /** Everything was forgotten. */
  clear(): void {
    this.#kept.clear();
    this.#kinds = undefined;
  }

  #adopted(session: number, first: number): void {
    const { messages } = this.#recorder;
    for (const kept of this.#kept.values()) {
      if (kept.session !== session) continue;
      if (kept.of === 'findings' || kept.list.scanned > Math.max(first, messages.first)) kept.list.reset();
    }
  }

  #row(name: ListName, entry: ListEntry): RowOf['messages'] | RowOf['findings'] {
    const { memory, origin } = this.#recorder;
    return name === 'messages'
      ? messageRow(memory, entry, origin)
      : findingRow(this.#recorder, entry.number, origin);
  }

  #order(name: ListName, list: GrowingList, { sortBy }: View): Uint32Array | undefined {
    const by = sortBy ?? 'number';
    const { messages, findings } = this.#recorder;
    const key = name === 'messages' ? messageKey(by, messages) : findingKey(by, findings);
    return key === undefined ? undefined : list.order(by, key);
  }

  #table(name: ListName): TableList<RowOf[ListName]> | undefined {
    switch (name) {
      case 'sessions':
        return this.#sessions;
      case 'flows':
        return this.#flows;
      case 'streams':
        return this.#streams;
      case 'rules':
        return this.#rules;
      case 'messages':
      case 'findings':
        return undefined;
      default:
        return assertNever(name);
    }
  }
}

/** What the answer says of a list that is not complete. */
export function searching(list: GrowingList): Pick<Rows<unknown>, 'searching'> {
  const { behind, looked } = list;
  return behind === 0 ? {} : { searching: { done: looked, of: looked + behind } };
}

function assertNever(name: never): never {
  throw new Error(`no list is called ${JSON.stringify(name)}`);
}
