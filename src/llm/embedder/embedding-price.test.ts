import { expect, test } from 'vitest';
import { costOf, estimateCost } from './embedding-price.ts';

test.each([
  { model: 'text-embedding-3-small', characters: 4_000_000, tokens: 1_000_000, cost: 0.02 },
  { model: 'text-embedding-3-large', characters: 4_000_000, tokens: 1_000_000, cost: 0.13 },
  { model: 'nomic-embed-text', characters: 10, tokens: 3, cost: null },
  { model: 'toString', characters: 0, tokens: 0, cost: null },
])('$characters characters for $model', ({ model, characters, tokens, cost }) => {
  expect(estimateCost(model, ['x'.repeat(characters)])).toEqual({ tokens, cost });
});

test('gives no cost without a token count', () => {
  expect(costOf('text-embedding-3-small', null)).toBeNull();
});
