import { expect, test } from 'vitest';
import { STARTERS } from '../../../annotation/annotation.ts';
import { categoryAt } from './CategoryList.tsx';

const categories = STARTERS.method.categories.map((category) => ({
  ...category,
  examples: [],
  crosswalk: {},
}));

test('a number chooses a top category, and again the next below it, in a circle', () => {
  const first = categoryAt(categories, 1, null);
  expect(first).toBe('groundedness_miss');
  const second = categoryAt(categories, 1, first);
  expect(second).toBe('unsupported_number');
  const third = categoryAt(categories, 1, second);
  expect(third).toBe('contradicts_source');
  expect(categoryAt(categories, 1, third)).toBe('groundedness_miss');
  expect(categoryAt(categories, 2, third)).toBe('hallucinated_entity');
});
