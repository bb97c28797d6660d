import { compileFilter } from '../../../filter/compile.ts';
import type { FieldTable } from '../../../filter/fields.ts';
import type { FilterLimits } from '../../../filter/limits.ts';
import type { FilterError } from '../../../filter/span.ts';
import type { Message } from '../../../session/message.ts';
import type { Scope, View } from '../contract.ts';
import type { MessageIndex } from '../index/message-index.ts';
import type { MessageMemory } from '../index/message-memory.ts';
import { FLAG } from '../index/message-page.ts';
import { ROWS_AT_ONCE } from '../limits.ts';
import { type Folding, GrowingList } from './growing-list.ts';

/** Fields of the display filter that the columns of the index do not hold. */
const BESIDE_COLUMNS = new Set(['dvrip.body', 'dvrip.finding', 'dvrip.severity']);
const IDS = 0x10000;

/** The list of messages that a view shows; or what is wrong with its filter. */
export function messageList(
  view: View,
  memory: MessageMemory,
  fields: FieldTable<Message>,
  limits: FilterLimits,
): GrowingList | FilterError {
  const filter = compileFilter(view.filter ?? '', fields, limits);
  if (filter.kind === 'error') return filter;
  const { index } = memory;
  const whole = filter.fields.some((field) => BESIDE_COLUMNS.has(field));
  const inScope = scopeTest(view.scope ?? { of: 'all' }, index);
  const hidden = hiddenTest(view.hiddenIds ?? [], index);
  const matches =
    filter.fields.length === 0
      ? undefined
      : (number: number) => filter.test(whole ? memory.whole(number) : memory.columns(number));
  // The cheap tests come first.
  const tests = [inScope, hidden, matches].filter((test) => test !== undefined);
  const accepts = tests.length === 0 ? undefined : (number: number) => tests.every((test) => test(number));
  return new GrowingList(index, {
    ...(accepts !== undefined && { accepts }),
    ...(view.fold === true && { folding: folding(index) }),
    atOnce: whole
      ? ROWS_AT_ONCE.bodies
      : matches === undefined
        ? ROWS_AT_ONCE.columns
        : ROWS_AT_ONCE.messages,
  });
}

function scopeTest(scope: Scope, index: MessageIndex): ((number: number) => boolean) | undefined {
  switch (scope.of) {
    case 'all':
      return undefined;
    case 'session':
      return (number) => index.page(number).session[index.rowOf(number)] === scope.session;
    case 'flow':
      return (number) => index.page(number).flow[index.rowOf(number)] === scope.flow;
    default:
      return assertNever(scope);
  }
}

function hiddenTest(ids: readonly number[], index: MessageIndex): ((number: number) => boolean) | undefined {
  if (ids.length === 0) return undefined;
  const hidden = new Uint8Array(IDS);
  for (const id of ids) hidden[id] = 1;
  return (number) => hidden[index.page(number).id[index.rowOf(number)] ?? 0] === 0;
}

/** As in the ladder: runs of one kind, one socket and one sender, until the session says something else. */
function folding(index: MessageIndex): Folding {
  return {
    group: (number) => index.page(number).session[index.rowOf(number)] ?? 0,
    key: (number) => {
      const page = index.page(number);
      const row = index.rowOf(number);
      const flags = page.flags[row] ?? 0;
      if ((flags & FLAG.repeats) === 0) return -1;
      const sender = (flags & FLAG.device) === 0 ? 0 : 1;
      return ((page.flow[row] ?? 0) * 2 + sender) * IDS + (page.id[row] ?? 0);
    },
    bytes: (number) => index.page(number).length[index.rowOf(number)] ?? 0,
  };
}

/** Keys that messages can be sorted by, beside their number: whole numbers 0 … 2^32 - 1. */
export function messageKey(by: string, index: MessageIndex): ((number: number) => number) | undefined {
  switch (by) {
    case 'id':
      return (number) => index.page(number).id[index.rowOf(number)] ?? 0;
    case 'length':
      return (number) => index.page(number).length[index.rowOf(number)] ?? 0;
    case 'flow':
      return (number) => index.page(number).flow[index.rowOf(number)] ?? 0;
    case 'session':
      return (number) => index.page(number).session[index.rowOf(number)] ?? 0;
    case 'ret':
      return (number) => counted(index.page(number).ret[index.rowOf(number)], 1);
    case 'response':
      return (number) => counted(index.page(number).response[index.rowOf(number)], 1e6);
    default:
      return undefined;
  }
}

/** Absent values first, then those below 0, then the others in `parts` of one. */
function counted(value: number | undefined, parts: number): number {
  if (value === undefined || Number.isNaN(value)) return 0;
  return value < 0 ? 1 : Math.min(2 + Math.round(value * parts), 0xffff_ffff);
}

function assertNever(scope: never): never {
  throw new Error(`no such scope: ${JSON.stringify(scope)}`);
}
