import { z } from 'zod';
import type { PublishedSchema } from '../../report/json-schemas.ts';
import { baselineSchema } from '../check/baseline.ts';
import { expectationsSchema } from '../check/expectation-schema.ts';
import { configSchema } from './config-schema.ts';

const INPUTS = {
  config: ['dvrscope.config.json', configSchema],
  baseline: ['what `check --baseline` reads and `check --write-baseline` writes', baselineSchema],
  expectations: ['the YAML file of `check --expect`', expectationsSchema],
} as const satisfies Readonly<Record<string, readonly [about: string, schema: z.ZodType]>>;

/** The JSON Schemas (2020-12) of the files that people write for dvrscope; editors complete and check by them. */
export function inputSchemas(): readonly PublishedSchema[] {
  return Object.entries(INPUTS).map(([name, [about, schema]]) => ({
    file: `inputs/dvrscope.${name}.json`,
    schema: {
      ...z.toJSONSchema(schema, { io: 'input' }),
      $id: `urn:dvrscope:inputs:dvrscope.${name}`,
      title: `dvrscope ${name}`,
      description: about,
    },
  }));
}
