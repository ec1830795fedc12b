import { expect, test } from 'vitest';
import { categoryAt } from './CategoryList.tsx';

const category = (id: string, parent: string | null = null) => ({
  ...{ id, parent, name: id, definition: '', severity: 3, layer: 'prompt' as const },
  ...{ fixCost: 1, examples: [], crosswalk: {} },
});
const categories = [
  category('groundedness_miss'),
  category('unsupported_number', 'groundedness_miss'),
  category('contradicts_source', 'groundedness_miss'),
  category('hallucinated_entity'),
];

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
