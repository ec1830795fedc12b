import { expect, test } from 'vitest';
import { KeptNames } from './kept-names.ts';

const counted = (names: readonly string[]): readonly (readonly [string, { count: number }])[] => {
  const kept = new KeptNames<{ count: number }>(10);
  for (const name of names) {
    const value = kept.of(name, () => ({ count: 0 }));
    if (value !== undefined) value.count++;
  }
  return kept.entries();
};

test('which names are kept does not depend on their order, and their counts are exact', () => {
  const names = Array.from({ length: 300 }, (_, index) => `tool_${index % 100}`);
  const kept = counted(names);
  expect(kept).toHaveLength(10);
  expect(kept.every(([, { count }]) => count === 3)).toBe(true);
  expect(counted(names.toReversed())).toEqual(kept);
});
