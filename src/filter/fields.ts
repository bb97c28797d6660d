/** The types a field can have; they decide which literals and operators fit. */
export type FieldType = 'number' | 'string' | 'address' | 'boolean' | 'time' | 'bytes';

/** A moment: seconds since 1970-01-01T00:00:00Z (negative before) and 0…999,999,999 nanoseconds after that. */
export interface FilterTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** What a value of each field type is. An address is its text, IPv4 or IPv6 ("192.0.2.10", "2001:db8::1"). */
export interface FieldValues {
  readonly number: number;
  readonly string: string;
  readonly address: string;
  readonly boolean: boolean;
  readonly time: FilterTime;
  readonly bytes: Uint8Array;
}

/** Looks at one value; true means «enough, stop». */
export type Visit<V> = (value: V) => boolean;

/**
 * Shows every value of a field to `visit`, stops as soon as it answers true, and answers whether it did. An absent
 * field shows nothing and answers false. A field with two values is `visit(m.source) || visit(m.destination)`, an
 * optional one `m.ret !== undefined && visit(m.ret)`: nothing is allocated per subject.
 */
export type Each<S, V> = (subject: S, visit: Visit<V>) => boolean;

/** Something with values of one type: a field, or a function of one. */
export interface SourceOf<S, T extends FieldType> {
  readonly name: string;
  readonly type: T;
  readonly each: Each<S, FieldValues[T]>;
  /** Names that may stand for a number (`dvrip.msgid == LOGIN_REQ2`). Only read for number fields. */
  readonly enumeration?: ReadonlyMap<string, number>;
}

export type Source<S> = { readonly [T in FieldType]: SourceOf<S, T> }[FieldType];

interface Described {
  /** One line for the list of fields and for completion. */
  readonly help: string;
}

/** A field of the language: a name of letters, digits, `_`, `-` and dots, and where its values come from. */
export type Field<S> = Source<S> & Described;

/** The fields an expression may name. */
export class FieldTable<S> {
  readonly all: readonly Field<S>[];
  readonly #byName: ReadonlyMap<string, Field<S>>;

  /** Throws on a name given twice or one that cannot be typed: both are our own mistake. */
  constructor(fields: readonly Field<S>[]) {
    const byName = new Map<string, Field<S>>();
    for (const field of fields) {
      if (!/^[A-Za-z_][\w-]*(\.[\w-]+)*$/.test(field.name))
        throw new Error(`not a field name: ${field.name}`);
      if (byName.has(field.name)) throw new Error(`two fields are called ${field.name}`);
      byName.set(field.name, field);
    }
    this.all = [...fields];
    this.#byName = byName;
  }

  get(name: string): Field<S> | undefined {
    return this.#byName.get(name);
  }

  get names(): readonly string[] {
    return this.all.map((field) => field.name);
  }
}
