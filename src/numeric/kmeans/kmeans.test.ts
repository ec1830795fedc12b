import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import {
  kernelPool,
  kmeans,
  kmeansBySilhouette,
  kmeansBySilhouetteSteps,
  kmeansOnPool,
  kmeansSteps,
  type Steps,
  silhouette,
} from '../numeric.ts';
import { NumericError } from '../numeric-error.ts';
import { answer, type KernelRequest } from '../parallel/kernel-protocol.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { testKernel } from '../testing/test-kernel.ts';
import { placeCentroids } from '../wasm/placed-centroids.ts';
import { assignRange, placeCentres } from './assign.ts';
import { emptySums, updateCentroids } from './update.ts';

testKernel({
  name: 'kmeans',
  run: (points, dimensions) => kmeans(points, { dimensions, k: 4, seed: 1 }),
  plain: ({ labels, centroids, inertia }) => ({
    labels: [...labels],
    centroids: [...centroids],
    inertia,
  }),
  invariant: ({ labels, centroids, inertia }, points, dimensions) => {
    const k = centroids.length / dimensions;
    expect(k).toBe(Math.min(4, points.length / dimensions));
    expect(centroids.every(Number.isFinite)).toBe(true);
    let sum = 0;
    for (let point = 0; point < labels.length; point++) {
      const distances = Array.from({ length: k }, (_, centroid) =>
        squaredEuclidean(points, point, centroids, centroid, dimensions),
      );
      const own = distances[labels[point]!]!;
      sum += own;
      // Oracle: every point is with its nearest centroid; two may be equally near but for rounding.
      expect(own).toBeLessThanOrEqual(Math.min(...distances) + 1e-9);
    }
    expect(inertia).toBeCloseTo(sum, 9);
  },
});

const blobs = (seed: number, centers: number[][], each: number, spread = 0.5): Float32Array => {
  const state = seedRandom(seed);
  return Float32Array.from(
    centers
      .flatMap((center) =>
        Array.from({ length: each }, () => center.map((at) => at + spread * nextNormal(state))),
      )
      .flat(),
  );
};

/** Workers that answer at once in this thread. */
const poolInPlace = (size: number) =>
  kernelPool(() => {
    let reply: (message: unknown) => void = () => {};
    return {
      post: (message) => reply(answer(message as KernelRequest)),
      listen: (onMessage) => {
        reply = onMessage;
      },
      close: async () => {},
    };
  }, size);

const CORNERS = [
  [0, 0],
  [10, 0],
  [0, 10],
  [10, 10],
];

describe('k-means', () => {
  it('splits 0, 1, 10, 11 into the two pairs, inertia 1 by hand', () => {
    const { labels, centroids, inertia } = kmeans(Float32Array.of(0, 1, 10, 11), {
      dimensions: 1,
      k: 2,
      seed: 1,
    });
    expect(inertia).toBe(1);
    expect([...centroids].sort((left, right) => left - right)).toEqual([0.5, 10.5]);
    expect(labels[0]).toBe(labels[1]);
    expect(labels[2]).toBe(labels[3]);
    expect(labels[0]).not.toBe(labels[2]);
  });

  it.each([0, 16])('finds four corners, batches of %i', (batchSize) => {
    const points = blobs(2, CORNERS, 50);
    const { labels } = kmeans(points, { dimensions: 2, k: 4, seed: 3, batchSize });
    for (let corner = 0; corner < 4; corner++)
      expect(new Set(labels.subarray(corner * 50, corner * 50 + 50)).size).toBe(1);
    expect(new Set(labels).size).toBe(4);
  });

  it('leaves no cluster empty when enough points differ, whatever the start', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(), (k, seed) => {
        const points = blobs(seed, CORNERS, 5);
        const initial = new Float32Array(2 * k).fill(1e4);
        const { labels } = kmeans(points, { dimensions: 2, k, seed, initial });
        expect(new Set(labels).size).toBe(k);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('never gets worse with more restarts', () => {
    const points = blobs(5, CORNERS, 20, 3);
    const inertia = (restarts: number) =>
      kmeans(points, { dimensions: 2, k: 7, seed: 1, restarts }).inertia;
    expect(inertia(8)).toBeLessThanOrEqual(inertia(1));
  });

  it('does not modify a given start', () => {
    const initial = Float32Array.of(0, 0, 10, 10);
    kmeans(blobs(2, CORNERS, 20), { dimensions: 2, k: 2, seed: 1, initial, batchSize: 8 });
    expect([...initial]).toEqual([0, 0, 10, 10]);
  });

  it('finds four corners from a sample of many points', () => {
    const points = blobs(7, CORNERS, 6000);
    const { labels, inertia } = kmeans(points, { dimensions: 2, k: 4, seed: 3 });
    expect(new Set([0, 6000, 12_000, 18_000].map((first) => labels[first])).size).toBe(4);
    // Two coordinates of variance 0.25 for each of 24,000 points, within four standard errors.
    expect(Math.abs(inertia - 12_000)).toBeLessThan(4 * 0.25 * Math.sqrt(2 * 48_000));
  });

  it.each([
    { title: 'seeded on all', n: 401, restarts: 2, batchSize: 0 },
    { title: 'started from a sample', n: 20_402, restarts: 1, batchSize: 512 },
  ])('gives the same bytes divided between workers, $title', async ({ n, restarts, batchSize }) => {
    const points = blobs(9, CORNERS, Math.ceil(n / 4), 3).subarray(0, 2 * n);
    const options = { dimensions: 2, k: 7, seed: 3, restarts, batchSize };
    const own = kmeans(points, options);
    for (const size of [1, 3])
      expect(await kmeansOnPool(points, options, poolInPlace(size))).toEqual(own);
  });

  it('gives the same labels with and without bounds', () => {
    const points = blobs(8, CORNERS, 100, 4);
    const labels = (mostBounds: number): Int32Array => {
      const placed = placeCentroids(points, 400, 2, 9, 1, false, mostBounds);
      expect(placed.hasBounds).toBe(mostBounds > 0);
      placeCentres(placed, points.subarray(0, 18));
      const sums = emptySums(placed);
      for (let round = 0; round < 15; round++) {
        assignRange(placed, 0, 0, 400, round === 0);
        updateCentroids(placed, false, sums);
      }
      return placed.labels;
    };
    expect(labels(0)).toEqual(labels(1e6));
  });

  it('clusters by direction when spherical: length does not matter and centroids are unit', () => {
    const points = Float32Array.of(1, 0, 50, 1, 0, 1, 1, 80, 9, 0, 0, 3);
    const { labels, centroids } = kmeans(points, {
      dimensions: 2,
      k: 2,
      seed: 1,
      spherical: true,
    });
    expect([labels[1], labels[4]]).toEqual([labels[0], labels[0]]);
    expect([labels[3], labels[5]]).toEqual([labels[2], labels[2]]);
    expect(labels[0]).not.toBe(labels[2]);
    for (const at of [0, 2])
      expect(Math.hypot(centroids[at]!, centroids[at + 1]!)).toBeCloseTo(1, 6);
  });

  it.each([
    { title: 'k 0', options: { k: 0 } },
    { title: 'no restart', options: { restarts: 0 } },
    { title: 'a start of the wrong size', options: { initial: new Float32Array(3) } },
    { title: 'a start with NaN', options: { initial: new Float32Array(6).fill(Number.NaN) } },
    { title: 'a negative tolerance', options: { tolerance: -1 } },
  ])('rejects $title', ({ options }) => {
    const call = () => kmeans(blobs(1, CORNERS, 2), { dimensions: 2, k: 3, seed: 1, ...options });
    expect(call).toThrow(NumericError);
  });

  it('stops when aborted', () => {
    const options = { dimensions: 2, k: 3, seed: 1, signal: AbortSignal.abort() };
    expect(() => kmeans(blobs(1, CORNERS, 9), options)).toThrow(
      expect.objectContaining({ code: 'aborted' }),
    );
  });
});

describe('k by silhouette', () => {
  it('finds the number of corners; inertia decreases throughout', () => {
    const points = blobs(2, CORNERS, 40);
    const result = kmeansBySilhouette(points, { dimensions: 2, minK: 2, maxK: 8, seed: 1 });
    expect(result.k).toBe(4);
    expect(result.silhouettes.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    const inertias = result.silhouettes.map(({ inertia }) => inertia);
    expect(inertias).toEqual([...inertias].sort((left, right) => right - left));
  });

  it('reports the silhouette of the labels it returns', () => {
    const points = blobs(3, CORNERS, 25, 4);
    const { k, labels, silhouettes } = kmeansBySilhouette(points, {
      dimensions: 2,
      minK: 2,
      maxK: 6,
      seed: 1,
    });
    const { mean } = silhouette(points, labels, { dimensions: 2, seed: 1 });
    expect(silhouettes.find((tried) => tried.k === k)?.silhouette).toBeCloseTo(mean, 5);
  });

  it('finds the same k from a sample', () => {
    const points = blobs(4, CORNERS, 60);
    const options = { dimensions: 2, minK: 2, maxK: 7, seed: 1, sampleSize: 60 };
    expect(kmeansBySilhouette(points, options).k).toBe(4);
  });

  it.each([
    { n: 0, k: 0 },
    { n: 1, k: 1 },
    { n: 2, k: 1 },
    { n: 3, k: 2 },
  ])('gives $k clusters for $n points', ({ n, k }) => {
    const points = Float32Array.from({ length: n }, (_, i) => i * i);
    const result = kmeansBySilhouette(points, { dimensions: 1, minK: 2, maxK: 5, seed: 1 });
    expect(result.k).toBe(k);
    expect(result.labels).toHaveLength(n);
  });

  it.each([
    { minK: 1, maxK: 3 },
    { minK: 4, maxK: 3 },
  ])('rejects the range $minK to $maxK', (range) => {
    const call = () =>
      kmeansBySilhouette(new Float32Array(8), { dimensions: 1, seed: 1, ...range });
    expect(call).toThrow(NumericError);
  });
});

it('both give the same result in steps, with increasing shares', () => {
  const points = blobs(6, CORNERS, 30, 2);
  const options = { dimensions: 2, k: 5, seed: 1, restarts: 2 };
  expect(drain(kmeansSteps(points, options))).toEqual(kmeans(points, options));
  const range = { dimensions: 2, minK: 2, maxK: 5, seed: 1 };
  expect(drain(kmeansBySilhouetteSteps(points, range))).toEqual(kmeansBySilhouette(points, range));
});

function drain<Result>(steps: Steps<Result>): Result {
  let last = 0;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    expect(step.value).toBeGreaterThanOrEqual(last);
    last = step.value;
  }
}
