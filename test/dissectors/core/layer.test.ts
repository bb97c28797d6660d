import { expect, it } from 'vitest';
import * as layer from '../../../dissectors/core/layer.ts';

const numbers = Object.values(layer).filter((value) => typeof value === 'number');
const layers = numbers.filter((number) => number > layer.OTHER);

it('layer numbers are dense, and no two are alike', () => {
  expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, i) => i));
});

it('every layer has a name of its own', () => {
  const names = layers.map((number) => layer.LAYER_NAMES[number]);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(layers.length);
});
