import { expect, test } from 'vitest';
import { codeGroups } from './axial-coding.ts';

const category = (id: string, name: string, definition = '') => ({
  ...{ id, name, definition, parent: null, severity: 3, layer: 'prompt' as const, fixCost: 1 },
  ...{ examples: [], crosswalk: {} },
});
const categories = [
  category('search', 'Search missed'),
  category('loop', 'Loop', 'It calls no tool twice with equal arguments'),
];
let next = 0;
const labels = (times: number, of: string | null, ...codes: string[]) =>
  Array.from({ length: times }, () => ({
    ...{ id: `l-${next++}`, category: of },
    codes: codes.map((code) => ({ code })),
  }));

test('codes that say the same are one group, which is split off where it is a kind of its own', () => {
  const [first] = codeGroups(
    [
      ...labels(3, 'search', 'ignores the hit'),
      ...labels(2, 'search', 'Ignored hits'),
      ...labels(9, 'search'),
    ],
    categories,
  );
  expect(first).toMatchObject({
    ...{ codes: ['ignores the hit', 'Ignored hits'], category: 'search', inCategory: 5 },
    ...{ suggestion: 'split', target: null },
  });
  expect(first?.labels).toHaveLength(5);
});

test('a code that another category defines moves there; one that is its category fits', () => {
  const groups = codeGroups(
    [...labels(4, 'search', 'equal arguments'), ...labels(3, 'loop', 'stuck in retries')],
    categories,
  );
  expect(groups.map(({ suggestion, target }) => [suggestion, target])).toEqual([
    ['move', 'loop'],
    ['fits', null],
  ]);
});

test('a code that people labeled in many ways is spread', () => {
  const all = ['search', 'loop', 'tone'].flatMap((of) => [
    ...labels(2, of, 'odd tone'),
    ...labels(9, of),
  ]);
  expect(codeGroups(all, categories)[0]).toMatchObject({ suggestion: 'spread', inCategory: 2 });
});

test('under three labels, and without categories, nothing is suggested', () => {
  const few = codeGroups([...labels(2, 'search', 'odd tone'), ...labels(20, 'search')], categories);
  expect(few[0]?.suggestion).toBe('wait');
  expect(codeGroups(labels(5, null, 'odd tone'), categories)[0]?.suggestion).toBe('fits');
  expect(codeGroups([], categories)).toEqual([]);
});
