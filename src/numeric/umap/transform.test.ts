import { describe, expect, it } from 'vitest';
import { umap, umapTransform } from '../numeric.ts';
import { NumericError } from '../numeric-error.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { testKernel } from '../testing/test-kernel.ts';

/** `count` points about each of three centers 10 apart, in turn. */
const clouds = (seed: number, count: number): Float32Array => {
  const state = seedRandom(seed);
  return Float32Array.from(
    { length: 3 * count * 5 },
    (_, at) => nextNormal(state) + 10 * (Math.floor(at / 5) % 3),
  );
};
const known = clouds(1, 40);
const map = umap(known, { dimensions: 5, seed: 1 });

testKernel({
  name: 'umapTransform',
  run: (points, dimensions) => {
    const fitted = points.subarray(0, Math.ceil(points.length / dimensions / 2) * dimensions);
    if (fitted.length === 0)
      return umapTransform(points, { dimensions, points, map: points, seed: 1 });
    const options = { dimensions, seed: 1, epochs: 10 };
    return umapTransform(points, { ...options, points: fitted, map: umap(fitted, options) });
  },
  plain: (placed) => [...placed],
  invariant: (placed, points, dimensions) => {
    expect(placed).toHaveLength((2 * points.length) / dimensions);
    expect(placed.every(Number.isFinite)).toBe(true);
  },
});

describe('new points on a map', () => {
  it('land in their own cloud: the nearest known point on the map is of the same cloud', () => {
    const fresh = clouds(2, 20);
    const placed = umapTransform(fresh, { dimensions: 5, points: known, map, seed: 1 });
    for (let point = 0; point < 60; point++) {
      const distances = Array.from({ length: 120 }, (_, other) =>
        Math.hypot(
          placed[2 * point]! - map[2 * other]!,
          placed[2 * point + 1]! - map[2 * other + 1]!,
        ),
      );
      expect(distances.indexOf(Math.min(...distances)) % 3).toBe(point % 3);
    }
  });

  it('start on known points with the same coordinates', () => {
    const placed = umapTransform(known, { dimensions: 5, points: known, map, seed: 1, epochs: 0 });
    expect(placed).toEqual(map);
  });

  it('otherwise start at the mean of their neighbors weighted by membership', () => {
    const options = {
      dimensions: 1,
      points: Float32Array.of(0, 2),
      map: Float32Array.of(0, 0, 8, 4),
    };
    // Both neighbors at distance 1: equal membership.
    const placed = umapTransform(Float32Array.of(1), { ...options, seed: 1, epochs: 0 });
    expect([...placed]).toEqual([4, 2]);
  });

  it('do not depend on the other points of the batch', () => {
    const fresh = clouds(3, 4);
    const other = fresh.slice();
    other.fill(5, 0, 5);
    const options = { dimensions: 5, points: known, map, seed: 1 };
    expect(umapTransform(other, options).subarray(2)).toEqual(
      umapTransform(fresh, options).subarray(2),
    );
  });

  it.each([
    { title: 'a map of other points', options: { map: map.subarray(2) } },
    { title: 'a map with NaN', options: { map: map.map(() => Number.NaN) } },
    { title: 'an empty map', options: { map: map.subarray(0, 0), points: known.subarray(0, 0) } },
    { title: 'neighbors 0', options: { neighbors: 0 } },
  ])('rejects $title', ({ options }) => {
    const call = () =>
      umapTransform(known, { dimensions: 5, points: known, map, seed: 1, ...options });
    expect(call).toThrow(NumericError);
  });
});
