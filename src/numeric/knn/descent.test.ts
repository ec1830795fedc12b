import { describe, expect, it } from 'vitest';
import type { NeighborHeap } from '../array/neighbor-heap.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { exactNeighbors, nearestNeighbors } from '../numeric.ts';
import { runHere } from '../parallel/parallel-steps.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { finish } from '../steps.ts';
import { nearestSteps, recallSteps } from './nearest.ts';
import { createSearch } from './neighbor-search.ts';
import { recallOf } from './recall.ts';

const LEAST_RECALL = 0.95;

describe.each([
  { title: 'loose points in 8 columns', n: 3000, dim: 8, groups: 1 },
  { title: 'groups in 64 columns', n: 3000, dim: 64, groups: 30 },
])('nearest-neighbor descent on $title', ({ n, dim, groups }) => {
  const points = grouped(n, dim, groups);
  const k = 10;
  const search = createSearch(points, n, dim, k, 1, 0);
  const found = descended(points, n, dim, k, 1);

  it(`finds ${LEAST_RECALL} of the true neighbors`, () => {
    const exact = exactNeighbors(points, { dimensions: dim, k });
    const recall = recallOf(found.indices, exact.indices, k);
    expect(recall).toBeGreaterThanOrEqual(LEAST_RECALL);
    const sampled = recallSteps(search, found, 500, 2);
    expect(Math.abs(finish(runHere(sampled)) - recall)).toBeLessThan(0.02);
  });

  it('has k distinct other points in every row, nearest first', () => {
    for (let row = 0; row < n; row++) {
      const indices = found.indices.subarray(row * k, (row + 1) * k);
      expect(new Set([...indices, row]).size).toBe(k + 1);
      const distances = found.distances.subarray(row * k, (row + 1) * k);
      expect(distances).toEqual(distances.toSorted());
    }
  });

  it('is the same for the same seed', () => {
    expect(descended(points, n, dim, k, 1)).toEqual(found);
    expect(descended(points, n, dim, k, 2).indices).not.toEqual(found.indices);
  });
});

describe('nearest-neighbor descent', () => {
  it('fills every row if all points coincide', () => {
    const found = descended(new Float32Array(2000), 1000, 2, 5, 1);
    expect(found.indices.every((index) => index >= 0)).toBe(true);
    expect(found.distances.every((distance) => distance === 0)).toBe(true);
  });
});

describe('points that are equal', () => {
  const loose = grouped(300, 5, 3);
  const repeated = Float32Array.from(
    { length: 1200 * 5 },
    (_, at) => loose[(Math.floor(at / 5) % 7 === 0 ? 0 : Math.floor(at / 5) % 300) * 5 + (at % 5)]!,
  );

  it.each([
    { title: 'by brute force', exactUpTo: 300 },
    { title: 'by descent', exactUpTo: 0 },
  ])('list each other first and share the rest, $title', ({ exactUpTo }) => {
    const search = createSearch(repeated, 1200, 5, 8, 1, exactUpTo);
    const { graph, recall } = finish(runHere(nearestSteps(search)));
    const exact = bySorting(repeated, 5, 8);
    expect(recall).toBeGreaterThanOrEqual(LEAST_RECALL);
    expect(recallOf(graph.indices, exact, 8)).toBeGreaterThanOrEqual(recall === 1 ? 1 : 0.99);
    if (exactUpTo > 0) expect(graph.indices).toEqual(exact);
  });
});

describe('nearestNeighbors', () => {
  it('is exact, with recall 1, for few points', () => {
    const points = grouped(500, 3, 2);
    const graph = nearestNeighbors(points, { dimensions: 3, k: 4, seed: 1 });
    const exact = exactNeighbors(points, { dimensions: 3, k: 4 });
    expect(graph.recall).toBe(1);
    expect(graph.indices).toEqual(exact.indices);
  });

  it('estimates its recall above 20,000 points', () => {
    const points = grouped(20_500, 4, 20);
    const { recall, k } = nearestNeighbors(points, { dimensions: 4, k: 8, seed: 1 });
    expect(k).toBe(8);
    expect(recall).toBeGreaterThanOrEqual(LEAST_RECALL);
  });
});

function descended(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  seed: number,
): NeighborHeap {
  return finish(runHere(nearestSteps(createSearch(points, n, dim, k, seed, 0)))).graph;
}

function grouped(n: number, dim: number, groups: number): Float32Array {
  const random = seedRandom(n + dim);
  const centers = Float32Array.from({ length: groups * dim }, () => 3 * nextNormal(random));
  return Float32Array.from({ length: n * dim }, (_, at) => {
    const group = Math.floor(at / dim) % groups;
    return centers[group * dim + (at % dim)]! + nextNormal(random);
  });
}

function bySorting(points: Float32Array, dim: number, k: number): Int32Array {
  const n = points.length / dim;
  const exact = new Int32Array(n * k);
  for (let row = 0; row < n; row++) {
    const squared = Float64Array.from({ length: n }, (_, other) =>
      squaredEuclidean(points, row, points, other, dim),
    );
    const order = Array.from(squared.keys())
      .filter((other) => other !== row)
      .sort((a, b) => squared[a]! - squared[b]! || a - b);
    exact.set(order.slice(0, k), row * k);
  }
  return exact;
}
