import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSortedRows, insertPair, insertSorted } from './sorted-rows.ts';

it.each([false, true])(
  'keeps the nearest, ties by index, in any order of insertion (shared: %s)',
  (isShared) => {
    const offers = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 4 })), { maxLength: 30 });
    fc.assert(
      fc.property(offers, fc.integer({ min: 1, max: 6 }), (pairs, k) => {
        const distanceOf = new Map(pairs);
        const rows = createSortedRows(2, k, isShared);
        for (const [index] of pairs) insertSorted(rows, 1, index, distanceOf.get(index)!);
        const expected = [...distanceOf].sort((x, y) => x[1] - y[1] || x[0] - y[0]).slice(0, k);
        const kept = Array.from({ length: expected.length }, (_, at) => [
          rows.indices[k + at],
          rows.distances[k + at],
        ]);
        expect(kept).toEqual(expected);
        const last = expected[k - 1]?.[1] ?? Number.POSITIVE_INFINITY;
        expect(rows.worst[1]).toBe(last);
        expect(rows.indices.slice(0, k)).toEqual(new Int32Array(k).fill(-1));
      }),
      { seed: 7, numRuns: 200 },
    );
  },
);

it('keeps a pair once in each row, however often it is offered', () => {
  const offers = fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 60 });
  fc.assert(
    fc.property(offers, fc.boolean(), (pairs, isShared) => {
      const rows = createSortedRows(8, 2, isShared);
      const distanceOf = (a: number, b: number) => (a * b) % 5;
      const loops = pairs.filter(([a, b]) => a !== b);
      for (const [a, b] of loops) insertPair(rows, a, b, distanceOf(a, b));
      for (let row = 0; row < 8; row++) {
        const others = new Set(loops.flatMap(([a, b]) => (a === row ? b : b === row ? a : [])));
        const nearest = [...others].sort(
          (x, y) => distanceOf(row, x) - distanceOf(row, y) || x - y,
        );
        const kept = [...rows.indices.slice(2 * row, 2 * row + 2)].filter((other) => other >= 0);
        expect(kept).toEqual(nearest.slice(0, 2));
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});
