import { expect, test } from 'vitest';
import { listPrice, modelCost } from './model-price.ts';

test.each([
  ['gpt-4o-mini', { input: 0.15, output: 0.6 }],
  ['gpt-4o-mini-2024-07-18', { input: 0.15, output: 0.6 }],
  ['openai/gpt-4o-mini', { input: 0.15, output: 0.6 }],
  ['llama3.2', null],
  ['constructor', null],
])('the list price of %s', (model, price) => {
  expect(listPrice(model)).toEqual(price);
});

test('a million tokens in and half a million out', () => {
  expect(modelCost({ input: 2, output: 8 }, 1e6, 5e5)).toBe(6);
  expect(modelCost({ input: 2, output: 8 }, null, 1)).toBeNull();
  expect(modelCost(null, 1, 1)).toBeNull();
});
