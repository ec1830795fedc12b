import { expect, it } from 'vitest';
import { hdbscan, nearestNeighbors } from '../numeric.ts';
import { hash32, nextFloat, seedRandom } from '../random/random.ts';

/** Recorded from this code: detects changed bytes, not wrong ones. A change needs a changelog entry. */
it('keeps the bytes of labels and graph for seed 42', () => {
  const random = seedRandom(42);
  const points = Float32Array.from(
    { length: 21_000 * 4 },
    (_, at) => (Math.floor(at / 4) % 11) + nextFloat(random),
  );
  const neighbors = nearestNeighbors(points, { dimensions: 4, k: 10, seed: 42 });
  const { labels } = hdbscan(points, {
    dimensions: 4,
    minClusterSize: 50,
    minSamples: 5,
    neighbors,
  });
  expect([hash(neighbors.indices), hash(labels)]).toMatchInlineSnapshot(`
    [
      -1870510680,
      -2143425156,
    ]
  `);
});

function hash(values: Int32Array): number {
  return values.reduce((sum, value) => hash32(sum, value), 0);
}
