import { z } from 'zod';
import { bare } from './schema-example.ts';

/** One member of an object, as tables and `explain` show it. */
export interface FieldRow {
  /** `Server.Port`; `[]` for each element of a list, `*` for any key of a map, empty for the value itself. */
  readonly path: string;
  /** `integer`, `text`, `list of object`, several joined by «or». */
  readonly type: string;
  readonly required: boolean;
  /** In words: what it is, its values, its range, its unit. */
  readonly meaning: string;
}

/** Every member of a schema, depth first, in the order in which it is written; branches of a union are merged. */
export function fieldRows(schema: z.ZodType): readonly FieldRow[] {
  const rows = new Map<string, FieldRow>();
  collect(schema, '', true, rows);
  return [...rows.values()];
}

function collect(schema: z.ZodType, path: string, required: boolean, rows: Map<string, FieldRow>): void {
  const inner = bare(schema);
  if (path !== '' || !isObject(inner)) {
    const row = { path, type: typeName(inner), required: required && path !== '', meaning: meaningOf(inner) };
    // A second branch of a union tells of the same member again.
    if (!rows.has(path)) rows.set(path, row);
  }
  below(inner, path, rows);
}

function below(schema: z.ZodType, path: string, rows: Map<string, FieldRow>): void {
  if (schema instanceof z.ZodObject) {
    for (const [key, member] of Object.entries(schema.shape)) {
      const required = !(member instanceof z.ZodOptional);
      collect(member as z.ZodType, path === '' ? key : `${path}.${key}`, required, rows);
    }
  } else if (schema instanceof z.ZodArray) element(schema.element as z.ZodType, `${path}[]`, rows);
  else if (schema instanceof z.ZodRecord) element(schema.valueType as z.ZodType, `${path}.*`, rows);
  else if (schema instanceof z.ZodTuple) {
    for (const [i, place] of schema.def.items.entries()) {
      collect(place as z.ZodType, `${path}[${i}]`, true, rows);
    }
  } else if (schema instanceof z.ZodUnion) {
    for (const option of branches(schema)) below(option, path, rows);
  }
}

/** The branches of a union, without those that only say that a list of one may be given without the list. */
function branches(schema: z.ZodUnion): z.ZodType[] {
  const options = schema.options.map((option) => bare(option as z.ZodType));
  const elements = options.map((option) => (option instanceof z.ZodArray ? option.element : undefined));
  return options.filter((option) => !elements.includes(option));
}

/** An element has a row of its own only where there is something to say of it: not «one channel», an object. */
function element(schema: z.ZodType, path: string, rows: Map<string, FieldRow>): void {
  const inner = bare(schema);
  if (isObject(inner)) below(inner, path, rows);
  else collect(inner, path, true, rows);
}

function isObject(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject;
}

/** What kind of value it is, in a word or two. */
function typeName(schema: z.ZodType): string {
  const inner = bare(schema);
  if (inner instanceof z.ZodUnion) {
    return [...new Set(inner.options.map((option) => typeName(option as z.ZodType)))].join(' or ');
  }
  if (inner instanceof z.ZodObject) return 'object';
  if (inner instanceof z.ZodArray) return `list of ${typeName(inner.element as z.ZodType)}`;
  if (inner instanceof z.ZodTuple) return `list of ${inner.def.items.length}`;
  if (inner instanceof z.ZodRecord) return `map of ${typeName(inner.valueType as z.ZodType)}`;
  if (inner instanceof z.ZodBoolean) return 'flag';
  if (inner instanceof z.ZodEnum) return 'text';
  if (inner instanceof z.ZodLiteral) return 'integer';
  if (inner instanceof z.ZodNumber) return inner.isInt ? 'integer' : 'number';
  if (inner instanceof z.ZodString) return textName(inner);
  return 'any';
}

/** The form of a text, told by what it takes. */
function textName(schema: z.ZodString): string {
  if (schema.meta()?.['x-secret'] === true) return 'secret text';
  const takes = (text: string) => schema.safeParse(text).success;
  if (takes('text')) return 'text';
  if (takes('0x0000000B')) return 'hex text';
  if (takes('2026-11-22 10:00:00')) return 'date and time';
  return takes('1 00:00:00-24:00:00') ? 'time section' : 'text';
}

function meaningOf(schema: z.ZodType): string {
  const meta = schema.meta() ?? {};
  const unit = meta['x-unit'];
  const parts = [meta.description ?? '', valuesOf(schema, meta['x-values'], meta['x-open'] === true)];
  if (schema instanceof z.ZodNumber) parts.push(rangeOf(schema));
  if (typeof unit === 'string') parts.push(`in ${unit}`);
  return parts.filter((part) => part !== '').join('; ');
}

function valuesOf(schema: z.ZodType, meanings: unknown, open: boolean): string {
  if (!(schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral)) return '';
  const values = schema instanceof z.ZodEnum ? schema.options : [...schema.values];
  const told = (meanings ?? {}) as Readonly<Record<string, string>>;
  const words = values.map((value) => {
    const meaning = told[String(value)];
    return meaning === undefined || meaning === '' ? String(value) : `${String(value)} (${meaning})`;
  });
  return `${words.join(', ')}${open ? ', …' : ''}`;
}

function rangeOf(schema: z.ZodNumber): string {
  const { minValue, maxValue } = schema;
  const low = minValue === null || minValue <= Number.MIN_SAFE_INTEGER ? undefined : minValue;
  const high = maxValue === null || maxValue >= Number.MAX_SAFE_INTEGER ? undefined : maxValue;
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  if (low !== undefined) return `${low} or more`;
  return high === undefined ? '' : `at most ${high}`;
}
