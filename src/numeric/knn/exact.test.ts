import { describe, expect, it } from 'vitest';
import { exactNeighbors } from '../numeric.ts';
import { expectClose } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';
import { testKernel } from '../testing/test-kernel.ts';

interface Golden {
  readonly cases: {
    readonly metric: 'euclidean' | 'cosine';
    readonly k: number;
    readonly dimensions: number;
    readonly points: number[];
    readonly indices: number[];
    readonly distances: number[];
  }[];
}

describe('exactNeighbors against scikit-learn', () => {
  it.each(readGolden<Golden>('knn', 'neighbors').cases)(
    'finds the $k nearest by $metric in $dimensions dimensions',
    ({ metric, k, dimensions, points, indices, distances }) => {
      const found = exactNeighbors(Float32Array.from(points), { dimensions, k, metric });
      expect([...found.indices]).toEqual(indices);
      expectClose(found.distances, distances, 1e-6);
    },
  );
});

testKernel({
  name: 'exactNeighbors',
  run: (points, dimensions) => ({
    n: points.length / dimensions,
    ...exactNeighbors(points, { dimensions, k: 4 }),
  }),
  plain: ({ k, n, indices }) => rows(indices, k, n),
  oracle: bySorting,
  permuted: (plain, order) => {
    const newRow = new Map([...order].map((row, at) => [row, at]));
    return [...order].map((row) => (plain as number[][])[row]?.map((j) => newRow.get(j)));
  },
  invariant: ({ k, n, indices, distances }) => {
    expect(k).toBe(Math.min(4, Math.max(n - 1, 0)));
    for (const [row, neighbors] of rows(indices, k, n).entries()) {
      expect(new Set([...neighbors, row]).size).toBe(k + 1);
      const own = [...distances.slice(row * k, (row + 1) * k)];
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
  },
});

function bySorting(points: Float32Array, dimensions: number): number[][] {
  const n = points.length / dimensions;
  const squared = (i: number, j: number) =>
    Array.from(
      { length: dimensions },
      (_, c) => (points[i * dimensions + c]! - points[j * dimensions + c]!) ** 2,
    ).reduce((a, b) => a + b, 0);
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => j)
      .filter((j) => j !== i)
      .sort((a, b) => squared(i, a) - squared(i, b) || a - b)
      .slice(0, 4),
  );
}

function rows(indices: Int32Array, k: number, n: number): number[][] {
  return Array.from({ length: n }, (_, row) => [...indices.slice(row * k, (row + 1) * k)]);
}
