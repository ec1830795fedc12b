import { describe, expect, test } from 'vitest';
import type { Category } from '../contract/category.ts';
import type { Check } from '../contract/check.ts';
import { taxonomy } from './taxonomy.ts';

const category = (id: string, severity = 3): Category => ({
  id,
  name: id,
  definition: `No ${id}.`,
  severity,
  layer: 'prompt',
  fixCost: 1,
});
const check = (name: string, parts: Partial<Check> = {}): Check => ({
  name,
  text: 'The answer promises a refund',
  category: name,
  severity: 4,
  layer: 'tool',
  fixCost: 2,
  ...parts,
});
const ids = (categories: readonly Category[]): string[] => categories.map(({ id }) => id);

describe('the taxonomy', () => {
  test('holds the categories of detectors and checks in their order, and unexplained last', () => {
    const detectors = [{ categories: [category('a'), category('b')] }, { categories: [] }];
    expect(ids(taxonomy(detectors, [check('refund_promised')]))).toEqual([
      ...['a', 'b', 'refund_promised', 'unexplained'],
    ]);
  });

  test('has each category once, as defined by the first detector', () => {
    const detectors = [
      { categories: [category('a', 1)] },
      { categories: [category('a', 5), category('unexplained', 1)] },
    ];
    const found = taxonomy(detectors, [check('mine', { category: 'a' })]);
    expect(ids(found)).toEqual(['a', 'unexplained']);
    expect(found.map(({ severity }) => severity)).toEqual([1, 3]);
  });

  test('makes a category of a check from its name and text', () => {
    expect(taxonomy([], [check('refund_promised')])[0]).toEqual({
      id: 'refund_promised',
      name: 'Refund promised',
      definition: 'This does not happen: The answer promises a refund.',
      severity: 4,
      layer: 'tool',
      fixCost: 2,
    });
  });
});
