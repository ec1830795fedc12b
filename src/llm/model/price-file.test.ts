import { expect, test } from 'vitest';
import { CulpritError } from '../../contract/culprit-error.ts';
import { pricesIn } from './price-file.ts';

const YAML = `
asOf: 2026-11-30
models:
  openai:gpt-5-mini: { input: 0.25, output: 2 }
  mistral:mistral-embed: { input: 0.1 }
`;

test('reads dollars per million tokens by provider and model, as YAML or JSON', () => {
  const prices = pricesIn(YAML, '--prices p.yaml');
  expect(prices.asOf).toBe('2026-11-30');
  expect(prices.of({ provider: 'openai', model: 'gpt-5-mini' })).toEqual({
    input: 0.25,
    output: 2,
  });
  expect(prices.of({ provider: 'mistral', model: 'mistral-embed' })).toEqual({
    ...{ input: 0.1, output: 0 },
  });
  expect(prices.of({ provider: 'openai', model: 'gpt-5' })).toBe(null);
  const json = pricesIn('{"models":{"openai:m":{"input":1,"output":0}}}', 'x');
  expect([json.asOf, json.of({ provider: 'openai', model: 'm' })]).toEqual([
    null,
    { input: 1, output: 0 },
  ]);
});

test.each([
  ['', /Invalid input/],
  ['models: {a: [', /Flow/],
  ['models: { "openai:m": { input: -1 } }', /models → openai:m → input/],
  ['models: { "openai:m": { input: free } }', /models → openai:m → input/],
  ['models: { "openai:m": { input: 1, ouput: 2 } }', /ouput/],
  ['asOf: yesterday\nmodels: {}', /asOf/],
  ['x: &a [1]\nmodels: {y: *a}', /./],
])('%j is refused, and says where', (text, says) => {
  expect(() => pricesIn(text, '--prices p.yaml')).toThrow(CulpritError);
  expect(() => pricesIn(text, '--prices p.yaml')).toThrow(says);
  expect(() => pricesIn(text, '--prices p.yaml')).toThrow(/^--prices p\.yaml: /);
});

test('a model named like a property of every object has no price', () => {
  const prices = pricesIn('models: {}', 'x');
  expect(prices.of({ provider: '__proto__', model: 'x' })).toBe(null);
});
