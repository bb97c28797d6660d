import { compileFilter } from '../../filter/compile.ts';
import type { FieldTable } from '../../filter/fields.ts';
import type { FilterLimits } from '../../filter/limits.ts';
import type { CheckRecord } from '../../report/check/check-schema.ts';
import { plural } from '../../report/format/table.ts';
import type { Conformance } from '../../rules/conformance.ts';
import { type Verdict, verdictOf } from '../../rules/ledger.ts';
import type { Message } from '../../session/message.ts';
import { type ConfigDocument, type Place, type Problem, refusal } from '../config/document.ts';
import { isRule } from '../config/rule-words.ts';
import { validated } from '../config/schema-problems.ts';
import { expectationsSchema, type WrittenExpectation } from './expectation-schema.ts';

/** Numbers of messages that a missed expectation names. */
const NAMED = 5;

interface Bounds {
  readonly min: number;
  readonly max: number;
}

interface Expectation {
  readonly name: string;
  readonly place: Place;
  readonly wanted: Bounds | Verdict;
  /** Undefined where messages are counted. */
  readonly rule: string | undefined;
  readonly test: (message: Message) => boolean;
  count: number;
  /** Numbers of the first messages. */
  readonly messages: number[];
}

/** What somebody expects of a capture. Is told of each message, and afterwards says what was met. */
export class Expectations {
  readonly #path: string;
  readonly #all: readonly Expectation[];
  readonly #ofMessages: readonly Expectation[];

  /**
   * @param fields what filters may ask of a message
   * @throws Failure (exit code 2) with file, line and column of what makes no sense
   */
  constructor(document: ConfigDocument, fields: FieldTable<Message>, limits: FilterLimits) {
    const problems: Problem[] = [];
    this.#path = document.path;
    this.#all = validated(document, expectationsSchema).map((written, i) =>
      resolved(document, written, i, fields, limits, problems),
    );
    if (problems.length > 0) throw refusal(document.path, problems);
    this.#ofMessages = this.#all.filter(({ rule }) => rule === undefined);
  }

  message(message: Message): void {
    for (const expectation of this.#ofMessages) {
      if (!expectation.test(message)) continue;
      expectation.count += 1;
      if (expectation.messages.length < NAMED) expectation.messages.push(message.number);
    }
  }

  outcomes(conformance: Conformance): CheckRecord['expectations'] {
    const runs = new Set([
      ...conformance.runners.map(({ rule }) => rule.id),
      ...conformance.decoders.running.keys(),
    ]);
    return this.#all.map((expectation) => {
      const { name, place, rule } = expectation;
      const at = { name, file: this.#path, ...place };
      if (rule === undefined) return { ...at, ...judged(expectation, expectation.count) };
      if (!runs.has(rule)) return { ...at, met: false, detail: 'the rule is switched off' };
      const tally = conformance.ledger.tally(rule);
      const found = typeof expectation.wanted === 'string' ? verdictOf(tally) : tally.violations;
      return { ...at, ...judged(expectation, found) };
    });
  }
}

function judged(expectation: Expectation, found: number | Verdict): { met: boolean; detail: string } {
  const { wanted, rule } = expectation;
  const met =
    typeof wanted === 'string'
      ? found === wanted
      : typeof found === 'number' && found >= wanted.min && found <= wanted.max;
  const which = rule === undefined && !met ? messagesNamed(expectation) : '';
  return { met, detail: `expected ${wordsOf(wanted)}, found ${found}${which}` };
}

function resolved(
  document: ConfigDocument,
  written: WrittenExpectation,
  index: number,
  fields: FieldTable<Message>,
  limits: FilterLimits,
  problems: Problem[],
): Expectation {
  const { name, filter = '', rule, count, verdict } = written;
  const { min = 0, max = Number.POSITIVE_INFINITY } = typeof count === 'object' ? count : written;
  const compiled = compileFilter(filter, fields, limits);
  if (compiled.kind === 'error') {
    problems.push({ place: document.place([index, 'filter'], 'value'), text: `filter: ${compiled.message}` });
  }
  const known = rule === undefined ? true : isRule(rule);
  if (known !== true) problems.push({ place: document.place([index, 'rule'], 'value'), text: known });
  return {
    name: name ?? rule ?? (filter.trim() === '' ? 'all messages' : filter),
    place: document.place([index], 'value'),
    wanted: verdict ?? (typeof count === 'number' ? { min: count, max: count } : { min, max }),
    rule,
    test: compiled.kind === 'error' ? () => false : compiled.test,
    count: 0,
    messages: [],
  };
}

function wordsOf(wanted: Bounds | Verdict): string {
  if (typeof wanted === 'string') return wanted;
  const { min, max } = wanted;
  if (min === max) return `exactly ${min}`;
  if (max === Number.POSITIVE_INFINITY) return `at least ${min}`;
  return min === 0 ? `at most ${max}` : `${min} to ${max}`;
}

function messagesNamed({ count, messages }: Expectation): string {
  if (count === 0) return '';
  const more = count > messages.length ? `, and ${plural(count - messages.length, 'more', 'more')}` : '';
  return ` (${plural(messages.length, 'message')}: ${messages.join(', ')}${more})`;
}
