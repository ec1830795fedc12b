import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fnv1a, fnv1aOf, hash53, hexHash, samplingKey } from './hash.ts';

describe('FNV-1a', () => {
  // Published vectors: draft-eastlake-fnv, appendix C; test_fnv.c of the reference implementation.
  test.each([
    ['', '811c9dc5'],
    ['a', 'e40c292c'],
    ['b', 'e70c2de5'],
    ['foobar', 'bf9cf968'],
    ['hello', '4f9f2cab'],
  ])('of %j is %s', (text, hex) => {
    expect(hexHash(text)).toBe(hex);
    expect(fnv1aOf(new TextEncoder().encode(text))).toBe(Number.parseInt(hex, 16));
  });

  test('of a part is that of the slice', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), fc.nat(20), (text, start, length) => {
        const end = Math.min(text.length, start + length);
        expect(fnv1a(text, undefined, start, end)).toBe(fnv1a(text.slice(start, end)));
      }),
      { seed: 1 },
    );
  });
});

describe('sampling keys', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) =>
    createHash('md5').update(String(index)).digest('hex'),
  );

  test('lie in [0, 1), spread evenly, and differ by seed', () => {
    const keys = ids.map((id) => samplingKey(id, 7));
    for (const key of keys) expect(key >= 0 && key < 1).toBe(true);
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = keys.filter((key) => Math.floor(key * 10) === tenth).length;
      // Binomial(5000, 0.1) has standard deviation 21; five of them either side.
      expect(Math.abs(inside - 500)).toBeLessThan(106);
    }
    expect(samplingKey(ids[0] as string, 8)).not.toBe(keys[0]);
  });

  test('stay what they were, so that a seed draws the same sample in every version', () => {
    expect(samplingKey('trace-1', 42)).toBe(0.4826547560366582);
    expect(hash53('search · v2')).toBe(4089115831891976);
  });
});
