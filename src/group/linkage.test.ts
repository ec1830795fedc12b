import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRANULARITIES } from '../contract/grouping.ts';
import { clusterLinked } from './linkage.ts';

/** Rows on the unit circle. */
const onCircle = (angles: readonly number[]) => ({
  vectors: Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])),
  dimensions: 2,
  causes: null,
});
const options = {
  algorithm: 'linkage',
  clusters: null,
  minClusterSize: 3,
  projection: 'umap',
  seed: 1,
} as const;
const rowsOf = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

test('each level divides the clusters of the one before, and every row is in one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 6, noNaN: true }), { minLength: 3, maxLength: 40 }),
      (angles) => {
        const rows = rowsOf(angles.length);
        const levels = clusterLinked(onCircle(angles), rows, options);
        for (const [at, granularity] of GRANULARITIES.entries()) {
          const level = levels[granularity];
          const all = level.flatMap((cluster) => cluster.rows);
          expect(all.toSorted((a, b) => a - b)).toEqual(rows);
          for (const cluster of level) {
            expect(cluster.rows.length).toBeGreaterThanOrEqual(3);
            const before = levels[GRANULARITIES[Math.max(0, at - 1)]!];
            expect(
              before.some((wider) => cluster.rows.every((row) => wider.rows.includes(row))),
            ).toBe(true);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('rows of a small group join the nearest larger one', () => {
  const angles = [0, 0.01, 0.02, 0.03, 2, 2.01, 2.02, 2.03, 2.9];
  const { medium } = clusterLinked(onCircle(angles), rowsOf(9), options);
  expect(medium.map(({ rows }) => rows)).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7, 8],
  ]);
});

test('more rows than are linked join the nearest group', () => {
  const angles = rowsOf(1_200).map((row) => (row % 3) * 2 + 0.2 * Math.sin(row * 12.9898));
  const { medium } = clusterLinked(onCircle(angles), rowsOf(1_200), options);
  expect(medium.map(({ rows }) => new Set(rows.map((row) => row % 3)))).toEqual(
    medium.map((_, index) => new Set([index])),
  );
  expect(medium).toHaveLength(3);
});

test('a given number of clusters is kept', () => {
  const { medium } = clusterLinked(
    onCircle(rowsOf(12).map((row) => Math.floor(row / 3))),
    rowsOf(12),
    {
      ...options,
      clusters: 4,
    },
  );
  expect(medium).toHaveLength(4);
});

test('equal rows are one cluster', () => {
  const { medium } = clusterLinked(onCircle(rowsOf(9).map(() => 1)), rowsOf(9), options);
  expect(medium.map(({ rows }) => rows.length)).toEqual([9]);
});
