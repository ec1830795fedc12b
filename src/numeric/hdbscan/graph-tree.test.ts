import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRandIndex, hdbscan } from '../numeric.ts';
import { nextNormal, seedRandom } from '../random/random.ts';

describe('the tree grown on a neighbor graph', () => {
  it('is the exact tree when the graph is complete', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.nat(), (n, seed) => {
        const points = normals(n * 3, seed);
        const options = { dimensions: 3, minClusterSize: 3, minSamples: 2 };
        const grown = hdbscan(points, { ...options, exactUpTo: 0 });
        expect(grown).toEqual(hdbscan(points, options));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('joins groups that no neighbor connects, near ones at a lower distance', () => {
    const spots = [0, 10, 100, 112];
    const points = normals(2 * 160, 3).map((value, at) =>
      at % 2 === 0 ? value / 4 + spots[(at / 2) % 4]! : value / 4,
    );
    const options = { dimensions: 2, minClusterSize: 10 };
    const grown = hdbscan(points, { ...options, exactUpTo: 0 });
    const exact = hdbscan(points, options);
    expect(grown.hierarchy.linkage.size.at(-1)).toBe(160);
    expect(grown.labels).toEqual(exact.labels);
    const tops = [...grown.hierarchy.linkage.distance.slice(-3)];
    const best = [...exact.hierarchy.linkage.distance.slice(-3)];
    tops.forEach((distance, join) => {
      expect(distance).toBeGreaterThanOrEqual(best[join]!);
      expect(distance).toBeLessThan(best[join]! * 1.05);
    });
  });

  it('joins blocks of coinciding points', () => {
    const points = Float32Array.from({ length: 200 }, (_, i) => i % 4);
    const { labels } = hdbscan(points, { dimensions: 1, minClusterSize: 10, exactUpTo: 0 });
    expect([...labels.slice(0, 4)]).toEqual([0, 1, 2, 3]);
  });

  it('gives nearly the labels and the weight of the exact tree', () => {
    const points = normals(2000 * 6, 5).map(
      (v, at) => v + 5 * (Math.floor(at / 6) % 8 === at % 6 ? 1 : 0),
    );
    const options = { dimensions: 6, minClusterSize: 20, minSamples: 5 };
    const grown = hdbscan(points, { ...options, exactUpTo: 0 });
    const exact = hdbscan(points, options);
    const weight = (result: typeof exact) =>
      result.hierarchy.linkage.distance.reduce((sum, edge) => sum + edge, 0);
    expect(weight(grown) / weight(exact)).toBeGreaterThanOrEqual(1 - 1e-12);
    expect(weight(grown) / weight(exact)).toBeLessThan(1.005);
    expect(adjustedRandIndex(grown.labels, exact.labels)).toBeGreaterThan(0.9);
  });
});

function normals(count: number, seed: number): Float32Array {
  const random = seedRandom(seed);
  return Float32Array.from({ length: count }, () => nextNormal(random));
}
