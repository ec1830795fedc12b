import { expect, test } from 'vitest';
import { STARTERS } from './starters/starters.ts';
import { taxonomyWarnings } from './taxonomy-warnings.ts';

const category = (id: string, name: string, definition: string) => ({
  ...STARTERS.method.categories[0]!,
  ...{ id, name, definition, parent: null },
});

test.each([
  ['Bad answer', true],
  ['Wrong outputs', true],
  ['The agent failed', true],
  ['Other', true],
  ['Wrong tool', false],
  ['Answers in the wrong language', false],
])('%s: vague %s', (name, isVague) => {
  const kinds = taxonomyWarnings([category('a', name, 'A good run does this well enough.')]).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(isVague ? ['vague_name'] : []);
});

test('a category without a criterion', () => {
  expect(taxonomyWarnings([category('a', 'Missing refund', 'No refund.')])).toMatchObject([
    { kind: 'no_criterion', id: 'a' },
  ]);
});

test('near duplicates, in other inflections', () => {
  const found = taxonomyWarnings([
    category('a', 'Refund refused', 'A valid refund is paid out.'),
    category('b', 'Refuses refunds', 'Refunds that are due are paid.'),
    category('c', 'Loop', 'Each step brings new information.'),
  ]);
  expect(found).toMatchObject([{ kind: 'near_duplicate', id: 'a', other: 'b' }]);
});

test.each(Object.entries(STARTERS))('the starter %s has none', (_, { categories }) => {
  expect(taxonomyWarnings(categories)).toEqual([]);
});
