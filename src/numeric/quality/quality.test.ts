import { describe, expect, it } from 'vitest';
import {
  adjustedRandIndex,
  bootstrapStability,
  densityValidity,
  exactNeighbors,
  hdbscan,
  neighborRecall,
  silhouette,
  trustworthiness,
} from '../numeric.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { bestJaccard } from './bootstrap.ts';

describe('silhouette', () => {
  it('is (b − a) / max(a, b) by hand on a line', () => {
    const { perPoint, perCluster, mean } = silhouette(
      Float32Array.of(0, 2, 10, 12, 6),
      Int32Array.of(0, 0, 1, 1, -1),
      { dimensions: 1 },
    );
    expect([...perPoint.slice(0, 2)]).toEqual([Math.fround(9 / 11), Math.fround(7 / 9)]);
    expect(perPoint[4]).toBeNaN();
    expect(perCluster[0]).toBeCloseTo((9 / 11 + 7 / 9) / 2, 6);
    expect(mean).toBeCloseTo((9 / 11 + 7 / 9) / 2, 6);
  });

  it('stays close on a sample, and is the same for the same seed', () => {
    const { points, labels } = blobs(3000, 4);
    const exact = silhouette(points, labels, { dimensions: 4 });
    const sampled = silhouette(points, labels, { dimensions: 4, sample: 600, seed: 3 });
    expect(sampled.perPoint.filter((score) => !Number.isNaN(score)).length).toBeLessThan(700);
    expect(Math.abs(sampled.mean - exact.mean)).toBeLessThan(0.02);
    expect(silhouette(points, labels, { dimensions: 4, sample: 600, seed: 3 })).toEqual(sampled);
  });

  it('samples very many clusters, up to three times the sample size', () => {
    // 3,000 clusters of three points in a row, 10 apart: a = 1 or 1.5 inside, b about 10.
    const labels = Int32Array.from({ length: 9000 }, (_, i) => Math.floor(i / 3));
    const points = Float32Array.from(labels, (label, i) => 10 * label + (i % 3));
    const { mean, perPoint, perCluster } = silhouette(points, labels, {
      dimensions: 1,
      sample: 400,
      seed: 2,
    });
    const looked = (values: Float32Array) => values.filter((value) => !Number.isNaN(value)).length;
    expect(looked(perCluster)).toBe(200);
    expect(looked(perPoint)).toBe(600);
    expect(mean).toBeGreaterThan(0.8);
    const validity = densityValidity(points, labels, { dimensions: 1, sample: 400, seed: 2 });
    expect(looked(validity.perCluster)).toBe(200);
    expect(validity.mean).toBeGreaterThan(0.5);
  });

  it.each([
    { title: 'no point', points: [], labels: [] },
    { title: 'noise only', points: [1, 2], labels: [-1, -1] },
    { title: 'one cluster', points: [1, 2], labels: [0, 0] },
  ])('is NaN for $title', ({ points, labels }) => {
    const { mean } = silhouette(Float32Array.from(points), Int32Array.from(labels), {
      dimensions: 1,
    });
    expect(mean).toBeNaN();
  });

  it('is 0 where everything coincides', () => {
    const { mean } = silhouette(new Float32Array(4), Int32Array.of(0, 0, 1, 1), { dimensions: 1 });
    expect(mean).toBe(0);
  });

  it('rejects labels of another length', () => {
    expect(() => silhouette(new Float32Array(4), new Int32Array(3), { dimensions: 1 })).toThrow(
      'labels has 3 entries and points has 4',
    );
  });
});

describe('densityValidity', () => {
  it('is high for separate groups, low for random groups, and finite in many dimensions', () => {
    const { points, labels } = blobs(300, 256, 80);
    const cut = labels.map((_, i) => Number(i % 2 === 0));
    const apart = densityValidity(points, labels, { dimensions: 256 }).mean;
    const mixed = densityValidity(points, cut, { dimensions: 256 }).mean;
    expect(apart).toBeGreaterThan(0.3);
    expect(mixed).toBeLessThan(0);
  });
});

describe('adjustedRandIndex', () => {
  it('is 1 for the same grouping under other names and for no points', () => {
    expect(adjustedRandIndex(Int32Array.of(0, 0, 1), Int32Array.of(5, 5, -1))).toBe(1);
    expect(adjustedRandIndex(new Int32Array(0), new Int32Array(0))).toBe(1);
  });
});

describe('neighborRecall', () => {
  it('is the share of true neighbors found, whatever their order', () => {
    const graph = (...indices: number[]) => ({
      k: 2,
      indices: Int32Array.from(indices),
      distances: new Float32Array(indices.length),
    });
    expect(neighborRecall(graph(2, 1, 0, 3), graph(1, 2, 2, 3))).toBe(0.75);
  });
});

describe('trustworthiness', () => {
  it('is 1 for the points themselves and lower for a shuffled layout', () => {
    const { points } = blobs(200, 2);
    expect(trustworthiness(points, points, { dimensions: 2 })).toBe(1);
    const shuffled = blobs(200, 2, 0).points.toReversed();
    expect(trustworthiness(points, shuffled, { dimensions: 2 })).toBeLessThan(0.7);
  });

  it('needs k below half the points', () => {
    expect(() =>
      trustworthiness(new Float32Array(8), new Float32Array(8), { dimensions: 2, k: 2 }),
    ).toThrow('k is 2; it must be an integer, 1 to 1');
  });
});

describe('bootstrapStability', () => {
  it('is high for planted groups and low for a random split', () => {
    const { points, labels } = blobs(240, 3);
    const recluster = (subset: Float32Array) =>
      hdbscan(subset, { dimensions: 3, minClusterSize: 8 }).labels;
    const options = { dimensions: 3, seed: 1, rounds: 8 };
    const planted = bootstrapStability(points, labels, options, recluster);
    expect(Math.min(...planted)).toBeGreaterThan(0.9);
    const cut = labels.map((_, i) => Math.floor(i / 80));
    expect(Math.max(...bootstrapStability(points, cut, options, recluster))).toBeLessThan(0.5);
    expect(bootstrapStability(points, labels, options, recluster)).toEqual(planted);
  });

  it('never reclusters more than the bound', () => {
    const { points, labels } = blobs(500, 2);
    const sizes: number[] = [];
    bootstrapStability(
      points,
      labels,
      { dimensions: 2, seed: 1, rounds: 3, most: 100 },
      (subset) => {
        sizes.push(subset.length / 2);
        return new Int32Array(subset.length / 2);
      },
    );
    expect(sizes).toEqual([100, 100, 100]);
  });

  it('takes the best match of each cluster: |A ∩ B| / |A ∪ B| by hand', () => {
    const before = Int32Array.of(0, 0, 0, 1, 1, -1);
    const after = Int32Array.of(0, 0, 1, 1, -1, 1);
    expect([...bestJaccard(before, after, 3)]).toEqual([2 / 3, 1 / 4, Number.NaN]);
  });
});

/** Three groups, `gap` apart on the diagonal, unit spread. */
function blobs(
  n: number,
  dimensions: number,
  gap = 12,
): { points: Float32Array; labels: Int32Array } {
  const state = seedRandom(n);
  const labels = Int32Array.from({ length: n }, (_, i) => i % 3);
  const points = Float32Array.from(
    { length: n * dimensions },
    (_, i) => (gap * (Math.floor(i / dimensions) % 3)) / Math.sqrt(dimensions) + nextNormal(state),
  );
  return { points, labels };
}

it('the exact graph has recall 1 against itself', () => {
  const { points } = blobs(50, 2);
  const graph = exactNeighbors(points, { dimensions: 2, k: 5 });
  expect(neighborRecall(graph, graph)).toBe(1);
});
