import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctRows } from './distinct-rows.ts';

test('rows share a place if and only if their vectors are equal', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), {
        maxLength: 40,
      }),
      (pairs) => {
        const vectors = Float32Array.from(pairs.flat());
        const rows = [...pairs.keys()];
        const distinct = distinctRows({ vectors, dimensions: 2, causes: null }, rows);
        for (const a of rows)
          for (const b of rows)
            expect(distinct.places[a] === distinct.places[b]).toBe(
              pairs[a]!.join() === pairs[b]!.join(),
            );
        for (const row of rows)
          expect(pairs[distinct.rows[distinct.places[row]!]!]).toEqual(pairs[row]);
      },
    ),
    { seed: 2, numRuns: 100 },
  );
});
