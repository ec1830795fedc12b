import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../contract/json.ts';
import { jsonTokens } from './json-tokens.ts';

const text = (value: Json): string =>
  jsonTokens(value, [])
    .map((token) => token.text)
    .join('');

test('prints the same as JSON.stringify with two spaces', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const same = JSON.parse(JSON.stringify(value)) as Json;
      expect(text(same)).toBe(JSON.stringify(same, null, 2));
    }),
  );
});

test('marks the quote only inside the string that the pointer names', () => {
  const tokens = jsonTokens({ order_id: 'ACC-9', account: 'ACC-9' }, [
    { number: 4, quote: 'ACC-9', keys: ['order_id'] },
  ]);
  expect(tokens.filter((token) => token.mark !== null)).toEqual([
    { kind: 'string', text: 'ACC-9', mark: 4 },
  ]);
  const at = tokens.findIndex((token) => token.mark === 4);
  expect(tokens.slice(0, at).some((token) => token.text === '"order_id"')).toBe(true);
  expect(tokens.slice(0, at).some((token) => token.text === '"account"')).toBe(false);
});

test.each<[Json, readonly string[], string, string]>([
  [{ n: 12.5 }, ['n'], '12.5', '12.5'],
  [{ a: { b: [1] } }, ['a'], '{"b":[1]}', '{"b": [1]}'],
  [['x', 'y'], ['1'], 'y', 'y'],
  [{ a: 'line\nbreak' }, ['a'], 'line\nbreak', 'line\\nbreak'],
])('marks values of any kind: %j at %j', (value, keys, quote, marked) => {
  const found = jsonTokens(value, [{ number: 0, quote, keys }])
    .filter((token) => token.mark === 0)
    .map((token) => token.text.replace(/\n\s*/g, ''))
    .join('');
  expect(found).toBe(marked);
});

test('ends a value that is too large or too deep with an ellipsis', () => {
  const wide = jsonTokens(
    Array.from({ length: 9000 }, (_, i) => i),
    [],
  );
  expect(wide.at(-1)?.text).toBe(' …');
  expect(wide.length).toBe(3001);
  let deep: Json = 1;
  for (let i = 0; i < 20_000; i += 1) deep = [deep];
  expect(text(deep)).toContain('…');
});
