import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';
import {
  type FlowRecord,
  type MessageRecord,
  RECORD_SCHEMAS,
  type SessionRecord,
  type SummaryRecord,
} from '../../src/report/records/schemas.ts';
import { type Conditions, dvrscope, type Ended, lines } from './dvrscope.ts';

type Kind = keyof typeof RECORD_SCHEMAS;

/** The JSON Schema that is published for a kind of record. */
export function jsonSchema(kind: Kind): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(RECORD_SCHEMAS[kind]);
}

const ajv = new Ajv2020({ allErrors: true, strict: true });
const validators = new Map<string, ValidateFunction>();
for (const kind of ['flow', 'message', 'session', 'summary'] as const) {
  validators.set(`dvrscope.${kind}/1`, ajv.compile(jsonSchema(kind)));
}

/** Parses a record and holds it against the schema that it names. */
export function parseRecord(text: string): unknown {
  const record: unknown = JSON.parse(text);
  const named = z.looseObject({ schema: z.string() }).parse(record).schema;
  const validate = validators.get(named);
  if (validate === undefined) throw new Error(`no schema is called ${named}`);
  if (!validate(record)) throw new Error(`${ajv.errorsText(validate.errors)} in ${text.slice(0, 2000)}`);
  return record;
}

export interface Recorded<R> extends Ended {
  readonly records: readonly R[];
}

/** `messages --json`: every record validated. */
export function messageRecords(
  args: readonly string[],
  conditions: Conditions = {},
): Recorded<MessageRecord> {
  const ended = dvrscope(['messages', '--json', ...args], conditions);
  const records = lines(ended.stdout).map((line) => {
    parseRecord(line);
    return RECORD_SCHEMAS.message.parse(JSON.parse(line));
  });
  return { ...ended, records };
}

/** `flows --json`: every record validated. */
export function flowRecords(args: readonly string[], conditions: Conditions = {}): Recorded<FlowRecord> {
  const ended = dvrscope(['flows', '--json', ...args], conditions);
  const records = lines(ended.stdout).map((line) => {
    parseRecord(line);
    return RECORD_SCHEMAS.flow.parse(JSON.parse(line));
  });
  return { ...ended, records };
}

/** `sessions --json`: every record validated. */
export function sessionRecords(
  args: readonly string[],
  conditions: Conditions = {},
): Recorded<SessionRecord> {
  const ended = dvrscope(['sessions', '--json', ...args], conditions);
  const records = lines(ended.stdout).map((line) => {
    parseRecord(line);
    return RECORD_SCHEMAS.session.parse(JSON.parse(line));
  });
  return { ...ended, records };
}

/** `summary --json`: the document, validated. */
export function summaryRecord(
  args: readonly string[],
  conditions: Conditions = {},
): Ended & { readonly record: SummaryRecord } {
  const ended = dvrscope(['summary', '--json', ...args], conditions);
  parseRecord(ended.stdout);
  return { ...ended, record: RECORD_SCHEMAS.summary.parse(JSON.parse(ended.stdout)) };
}
