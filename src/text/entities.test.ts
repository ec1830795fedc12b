import { expect, test } from 'vitest';
import { entities } from './entities.ts';

test('names are runs of capitals that do not just open a sentence', () => {
  expect(
    entities('The bridge of John Bradfield stands in Sydney. Engineers like it.').map(
      ({ text }) => text,
    ),
  ).toEqual(['John Bradfield', 'Sydney']);
});
