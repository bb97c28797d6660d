import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { RECORD_SCHEMAS } from '../../../src/report/records/schemas.ts';
import { lines } from '../dvrscope.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true });
const validators = new Map<string, ValidateFunction>();
for (const kind of ['event', 'finding', 'message', 'session', 'statistics', 'stream'] as const) {
  validators.set(`dvrscope.${kind}/1`, ajv.compile(z.toJSONSchema(RECORD_SCHEMAS[kind])));
}

const named = z.looseObject({ schema: z.string() });

/** The records of `live --json`, each held against the schema that it names. */
export class LiveRecords {
  readonly all: readonly z.infer<typeof named>[];

  constructor(stdout: string) {
    this.all = lines(stdout).map((line) => {
      const record = named.parse(JSON.parse(line));
      const validate = validators.get(record.schema);
      if (validate === undefined) throw new Error(`no schema is called ${record.schema}`);
      if (!validate(record)) throw new Error(`${ajv.errorsText(validate.errors)} in ${line.slice(0, 2000)}`);
      return record;
    });
  }

  messages() {
    return this.#of(RECORD_SCHEMAS.message);
  }

  sessions() {
    return this.#of(RECORD_SCHEMAS.session);
  }

  streams() {
    return this.#of(RECORD_SCHEMAS.stream);
  }

  findings() {
    return this.#of(RECORD_SCHEMAS.finding);
  }

  events() {
    return this.#of(RECORD_SCHEMAS.event);
  }

  statistics() {
    return this.#of(RECORD_SCHEMAS.statistics);
  }

  /** The last record of statistics, which is the final one. */
  final() {
    const last = this.statistics().at(-1);
    if (last === undefined) throw new Error('no statistics were printed');
    return last;
  }

  #of<S extends z.ZodType>(schema: S): z.infer<S>[] {
    return this.all.flatMap((record) => {
      const parsed = schema.safeParse(record);
      return parsed.success ? [parsed.data] : [];
    });
  }
}
