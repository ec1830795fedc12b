import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSortedRows, insertSorted } from './sorted-rows.ts';

it.each([false, true])(
  'keeps the nearest, ties by index, in any order of coming (shared: %s)',
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
