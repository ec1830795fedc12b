import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import { byKeys } from './by-keys.ts';

test('answers like the function itself, for any records in any order', () => {
  const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', '1', 'constructor'));
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 60 }), (rows) => {
      const remembered = byKeys((record) => Object.keys(record).join());
      for (const row of rows) {
        const record: JsonObject = Object.fromEntries(row.map((key, at) => [key, at]));
        expect(remembered(record)).toBe(Object.keys(record).join());
      }
    }),
  );
});

test('asks once for rows with the same keys, and again for another order', () => {
  let asked = 0;
  const remembered = byKeys(() => ++asked);
  expect(
    [
      { a: 1, b: 2 },
      { a: null, b: 'x' },
      { b: 1, a: 2 },
    ].map(remembered),
  ).toEqual([1, 1, 2]);
});
