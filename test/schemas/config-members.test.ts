import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkValue } from '../../schemas/check.ts';
import type { Family } from '../../schemas/object.ts';
import { OBJECTS } from '../../schemas/objects.ts';
import { isSecretKey } from '../../schemas/secret-keys.ts';
import { exampleOf, isContainer, placesOf, valueAt, withValueAt } from '../support/schema-example.ts';

/** Of these families any member may be missing, and firmware adds others. */
const FAMILIES: ReadonlySet<Family> = new Set(['config', 'ability']);
const CONFIGURATION = OBJECTS.filter(({ family }) => FAMILIES.has(family));

describe.each(CONFIGURATION.map((definition) => ({ name: definition.name, definition })))(
  '$name',
  ({ definition }) => {
    const schema = definition.value();
    const full = exampleOf(schema, 'full');
    const places = placesOf(schema);
    const told = places.filter((place) => !(place.schema instanceof z.ZodUnknown));
    const verdict = (value: unknown) =>
      checkValue(schema, value).map(({ level, kind }) => `${level} ${kind}`);

    it('takes a body with every member, and a sparse one', () => {
      expect(verdict(full)).toEqual([]);
      expect(verdict(exampleOf(schema, 'minimal'))).toEqual([]);
      for (const { path, optional } of places) {
        if (optional) expect(verdict(withValueAt(full, path, undefined)), path.join('/')).toEqual([]);
      }
    });

    it('finds another type wrong, and null odd', () => {
      for (const { path, schema: at, nullable } of told) {
        const other = isContainer(at) ? true : { another: 'type' };
        expect(verdict(withValueAt(full, path, other)).join(), path.join('/')).toContain('wrong');
        if (nullable) continue;
        expect(verdict(withValueAt(full, path, null)), path.join('/')).toEqual(['odd null']);
      }
    });

    it('finds an unknown key odd, except among flags of which firmware makes new ones', () => {
      for (const { path, schema: at } of told) {
        if (!(at instanceof z.ZodObject)) continue;
        const spoilt = withValueAt(full, [...path, 'NewInThisFirmware'], 1);
        const expected = at.def.catchall instanceof z.ZodUnknown ? [] : ['odd unknown-key'];
        expect(verdict(spoilt), path.join('/')).toEqual(expected);
      }
    });

    it('finds no habit of devices wrong: numbers as text, 0 for false, values beyond the known', () => {
      for (const { path, schema: at } of told) {
        const habit = habitOf(at, valueAt(full, path));
        if (habit === undefined) continue;
        expect(verdict(withValueAt(full, path, habit)).join(), path.join('/')).not.toContain('wrong');
      }
    });

    it('says of every member what it is, and marks those secret whose keys say so', () => {
      for (const { path, schema: at } of places) {
        const key = path.at(-1);
        if (typeof key !== 'string') continue;
        expect(at.meta()?.description ?? '', path.join('/')).not.toBe('');
        if (!(at instanceof z.ZodString)) continue;
        expect(at.meta()?.['x-secret'] === true, path.join('/')).toBe(isSecretKey(key));
      }
    });
  },
);

/** The value as a device with odd habits would send it. */
function habitOf(schema: z.ZodType, value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (schema instanceof z.ZodEnum) return 'AnotherOfThisFirmware';
  if (typeof value === 'string') return '';
  return undefined;
}

it('any JSON under any of these names is judged without failing, in a bounded number of words', () => {
  const schemas = CONFIGURATION.map((definition) => definition.value());
  fc.assert(
    fc.property(fc.constantFrom(...schemas), fc.jsonValue(), (schema, value) => {
      const complaints = checkValue(schema, value);
      expect(complaints.length === 0).toBe(schema.safeParse(value).success);
      expect(complaints.length).toBeLessThanOrEqual(50);
      for (const { found } of complaints) expect(found.length).toBeLessThan(100);
    }),
    { numRuns: 600 },
  );
});
