import type { Field, FieldTable } from '../../filter/fields.ts';
import { nearest } from '../../filter/suggest.ts';
import { safeLine } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { renderTable } from '../format/table.ts';
import { formatTime } from '../format/time.ts';

/** The fields that a list of names means, or one line that says which name is wrong. */
export function selectFields<S>(names: string, table: FieldTable<S>): readonly Field<S>[] | string {
  const fields: Field<S>[] = [];
  for (const name of names.split(',').map((part) => part.trim())) {
    const field = table.get(name);
    if (field === undefined) {
      const near = nearest(name, table.names);
      const hint = near === undefined ? '' : `; did you mean '${near}'?`;
      return `--fields: unknown field '${safeLine(name)}'${hint}`;
    }
    fields.push(field);
  }
  return fields;
}

/** All fields as a table: what may be asked for. */
export function fieldList<S>(table: FieldTable<S>, style: Style): string[] {
  const rows = table.all.map(({ name, type, help }) => [name, type, help]);
  return renderTable([{ title: 'Field' }, { title: 'Type' }, { title: 'Value' }], rows, style.faint);
}

/** The values of fields as one tab-separated line; several values of one field are joined by commas, as tshark does. */
export function fieldValues<S>(subject: S, fields: readonly Field<S>[]): string {
  return fields.map((field) => valuesOf(subject, field).map(safeLine).join(',')).join('\t');
}

function valuesOf<S>(subject: S, field: Field<S>): string[] {
  const values: string[] = [];
  switch (field.type) {
    case 'time':
      field.each(subject, ({ seconds, nanoseconds }) => {
        values.push(formatTime(seconds, nanoseconds) ?? '');
        return false;
      });
      break;
    case 'bytes':
      field.each(subject, (bytes) => {
        values.push(Buffer.from(bytes).toString('hex'));
        return false;
      });
      break;
    default:
      collect(field, subject, values);
  }
  return values;
}

function collect<S>(
  field: Extract<Field<S>, { type: 'number' | 'string' | 'address' | 'boolean' }>,
  subject: S,
  values: string[],
): void {
  const visit = (value: number | string | boolean): boolean => {
    values.push(String(value));
    return false;
  };
  field.each(subject, visit);
}
