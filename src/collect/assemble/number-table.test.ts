import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberTable } from './number-table.ts';

const keys = fc.oneof(
  fc.nat(20),
  fc.nat(2 ** 30),
  fc.maxSafeNat().map((key) => key - (key % 2)),
);

test('holds what a Map holds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(keys, fc.integer()), { maxLength: 3000, size: 'max' }),
      (entries) => {
        const table = new NumberTable();
        for (const [key, value] of entries) table.set(key, value);
        const map = new Map(entries);
        for (const [key, value] of map) expect(table.get(key)).toBe(value);
        expect(table.get(21)).toBe(map.get(21));
      },
    ),
    { seed: 4, numRuns: 50 },
  );
});
