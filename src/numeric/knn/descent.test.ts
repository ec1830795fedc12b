import { describe, expect, it } from 'vitest';
import { nearestNeighbors } from '../numeric.ts';
import { runHere } from '../parallel/parallel-steps.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { finish } from '../steps.ts';
import { descentSteps } from './descent.ts';
import { exactNeighborSteps } from './exact.ts';
import { recallSteps } from './nearest.ts';
import { createSearch } from './neighbor-search.ts';
import { recallOf } from './recall.ts';

const LEAST_RECALL = 0.95;

describe.each([
  { title: 'loose points in 8 columns', n: 3000, dim: 8, groups: 1 },
  { title: 'groups in 64 columns', n: 3000, dim: 64, groups: 30 },
])('nearest-neighbour descent on $title', ({ n, dim, groups }) => {
  const points = grouped(n, dim, groups);
  const k = 10;
  const found = finish(runHere(descentSteps(createSearch(points, n, dim, k, 1))));

  it(`finds ${LEAST_RECALL} of the true neighbours`, () => {
    const exact = finish(runHere(exactNeighborSteps(createSearch(points, n, dim, k, 0))));
    const recall = recallOf(found.indices, exact.indices, k);
    expect(recall).toBeGreaterThanOrEqual(LEAST_RECALL);
    const sampled = recallSteps(createSearch(points, n, dim, k, 0), found, 500, 2);
    expect(Math.abs(finish(runHere(sampled)) - recall)).toBeLessThan(0.02);
  });

  it('holds k distinct other points in every row, nearest first', () => {
    for (let row = 0; row < n; row++) {
      const indices = found.indices.subarray(row * k, (row + 1) * k);
      expect(new Set([...indices, row]).size).toBe(k + 1);
      const distances = found.distances.subarray(row * k, (row + 1) * k);
      expect(distances).toEqual(distances.toSorted());
    }
  });

  it('is the same for the same seed', () => {
    expect(finish(runHere(descentSteps(createSearch(points, n, dim, k, 1))))).toEqual(found);
    expect(finish(runHere(descentSteps(createSearch(points, n, dim, k, 2)))).indices).not.toEqual(
      found.indices,
    );
  });
});

describe('nearest-neighbour descent', () => {
  it('fills every row where all points coincide', () => {
    const found = finish(
      runHere(descentSteps(createSearch(new Float32Array(2000), 1000, 2, 5, 1))),
    );
    expect(found.indices.every((index) => index >= 0)).toBe(true);
    expect(found.distances.every((distance) => distance === 0)).toBe(true);
  });
});

describe('nearestNeighbors', () => {
  it('is exact, with recall 1, for few points', () => {
    const points = grouped(500, 3, 2);
    const graph = nearestNeighbors(points, { dimensions: 3, k: 4, seed: 1 });
    const exact = finish(runHere(exactNeighborSteps(createSearch(points, 500, 3, 4, 0))));
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

function grouped(n: number, dim: number, groups: number): Float32Array {
  const random = seedRandom(n + dim);
  const centres = Float32Array.from({ length: groups * dim }, () => 3 * nextNormal(random));
  return Float32Array.from({ length: n * dim }, (_, at) => {
    const group = Math.floor(at / dim) % groups;
    return centres[group * dim + (at % dim)]! + nextNormal(random);
  });
}
