import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HashSet } from './hash-set.ts';

test('holds the hashes that it was made of and no others, signed or unsigned', () => {
  const hash = fc.oneof(fc.integer(), fc.integer({ min: -3, max: 3 }));
  fc.assert(
    fc.property(fc.array(hash), hash, (hashes, other) => {
      const set = new HashSet(hashes);
      for (const each of hashes) expect(set.has(each >>> 0)).toBe(true);
      expect(set.has(other)).toBe(hashes.includes(other));
    }),
  );
});
