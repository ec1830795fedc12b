import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRANULARITIES } from '../contract/grouping.ts';
import { hdbscan } from '../numeric/numeric.ts';
import { densityLevels } from './density-levels.ts';

const points = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 8 })), {
    minLength: 12,
    maxLength: 90,
  })
  .map((pairs) => Float32Array.from(pairs.flatMap(([x, y]) => [x * x, y + (x % 5) / 9])));

test('each cluster lies inside a cluster of the level before, and medium is HDBSCAN’s selection', () => {
  fc.assert(
    fc.property(points, fc.boolean(), (given, allowSingleCluster) => {
      const result = hdbscan(given, {
        dimensions: 2,
        minClusterSize: 3,
        minSamples: 2,
        allowSingleCluster,
      });
      const levels = densityLevels(result);
      for (const [label, { places, membership }] of levels.medium.entries()) {
        expect(places).toEqual([...result.labels.keys()].filter((i) => result.labels[i] === label));
        expect(membership).toEqual(places.map((place) => result.probabilities[place]));
      }
      expect(levels.medium.length).toBe(result.persistence.length);
      for (const [at, granularity] of GRANULARITIES.entries()) {
        const level = levels[granularity];
        const all = level.flatMap(({ places }) => places);
        expect(new Set(all).size).toBe(all.length);
        if (at === 0) continue;
        const before = levels[GRANULARITIES[at - 1]!];
        expect(level.length).toBeGreaterThanOrEqual(before.length);
        for (const { places } of level)
          expect(
            before.some((wider) => places.every((place) => wider.places.includes(place))),
          ).toBe(true);
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('persistence is between 0 and 1, and only HDBSCAN’s selection has it', () => {
  const line = Float32Array.from(
    { length: 120 },
    (_, i) => 10 * Math.floor(i / 30) + (i % 30) / 40,
  );
  const result = hdbscan(line, { dimensions: 1, minClusterSize: 5 });
  const levels = densityLevels(result);
  for (const { persistence } of levels.medium) {
    expect(persistence).toBeGreaterThanOrEqual(0);
    expect(persistence).toBeLessThanOrEqual(1);
  }
  const own = new Set(levels.medium.map(({ places }) => places.join()));
  for (const granularity of ['coarsest', 'coarse', 'fine', 'finest'] as const)
    for (const { places, persistence } of levels[granularity])
      expect(persistence === null).toBe(!own.has(places.join()));
});
