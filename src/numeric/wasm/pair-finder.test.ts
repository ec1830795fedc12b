import { describe, expect, it } from 'vitest';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { compiledModule } from '../testing/compile-assembly.ts';
import { leastTrue, mostFound, openFinder } from './pair-finder.ts';
import { placeForSearch } from './search-points.ts';

describe.each([
  { body: 'the lattice', far: 1, isShared: false },
  { body: 'the lattice in shared memory', far: 1, isShared: true },
  { body: 'floats, one row being far from all', far: 1e6, isShared: false },
])('a pair finder on $body', ({ far, isShared }) => {
  const place = (dim: number) => {
    const points = normals(13 * dim);
    for (let c = 0; c < dim; c++) points[12 * dim + c] = points[12 * dim + c]! * far;
    const search = placeForSearch(points, 13, dim, 9, 13, 2, isShared);
    expect(search.lattice === null).toBe(far > 1);
    return { points, search, finder: openFinder(search, 1) };
  };

  it.each([1, 3, 16, 17, 257])('keeps true distances between its bounds at %d columns', (dim) => {
    const { points, search, finder } = place(dim);
    finder.a.set([4, 9, 0]);
    finder.b.set([1, 4, 12, 7, 5]);
    finder.aBounds.fill(Number.POSITIVE_INFINITY);
    expect(finder.find(3, 5, false)).toBe(15);
    for (let at = 0; at < 15; at++) {
      const [a, b] = [finder.a[finder.pairs[at]! >>> 16]!, finder.b[finder.pairs[at]! & 65_535]!];
      const squared = squaredEuclidean(points, a, points, b, dim);
      expect(finder.distances[at]).toBeLessThanOrEqual(mostFound(search, squared));
      expect(leastTrue(search, finder.distances[at]!)).toBeLessThanOrEqual(squared);
      expect(squared).toBeLessThanOrEqual(1.05 * leastTrue(search, finder.distances[at]!) + 0.05);
    }
  });

  it('lists a pair within either bound, and in a triangle each pair once', () => {
    const { finder } = place(2);
    finder.a.set([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    finder.b.set(finder.a.subarray(0, 9));
    finder.aBounds.fill(-1);
    finder.bBounds.fill(-1);
    finder.aBounds[2] = Number.POSITIVE_INFINITY;
    finder.bBounds[7] = Number.POSITIVE_INFINITY;
    const listed = [...finder.pairs.subarray(0, finder.find(9, 9, true))];
    const pairs = listed.map((pair) => [pair >>> 16, pair & 65_535]).sort();
    expect(pairs).toEqual([
      ...[0, 1].map((i) => [i, 7]),
      ...[3, 4, 5, 6, 7, 8].map((j) => [2, j]),
      ...[3, 4, 5, 6].map((i) => [i, 7]),
    ]);
  });

  it('measures in double precision like the plain loop', () => {
    const { points, finder } = place(8);
    finder.ids.set([3, 11, 0]);
    expect([...finder.measure(5, 3).subarray(0, 3)]).toEqual(
      [3, 11, 0].map((other) => squaredEuclidean(points, 5, points, other, 8)),
    );
  });

  it('determines which of two rows is nearer', () => {
    const { points, finder } = place(6);
    finder.b.set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    finder.side(0, 1, 11);
    for (let row = 0; row < 11; row++) {
      const toSecond = squaredEuclidean(points, row, points, 1, 6);
      const nearer = toSecond - squaredEuclidean(points, row, points, 0, 6);
      expect(Math.sign(finder.distances[row]!)).toBe(Math.sign(nearer));
    }
  });
});

it('distances on a lattice are exact integers', () => {
  const search = placeForSearch(Float32Array.of(-1, 0, 1), 3, 1, 3, 0, 1, false);
  const finder = openFinder(search, 0);
  finder.a.set([0, 1]);
  finder.b.set([1, 2]);
  finder.aBounds.fill(Number.POSITIVE_INFINITY);
  finder.find(2, 2, false);
  // (step, 2 steps; 0, step) where a step is 23,169 minus the margin for rounding, √16
  expect([...finder.distances.subarray(0, 4)]).toEqual(
    [23_165 ** 2, Math.fround(46_330 ** 2), 0, 23_165 ** 2].map(Math.fround),
  );
});

it('the WebAssembly matches its source', async () => {
  const own = await compiledModule('pair-finder', 'PAIR_FINDER_BYTES', false);
  await expect(own).toMatchFileSnapshot('pair-finder-bytes.ts');
  const shared = await compiledModule('pair-finder', 'SHARED_PAIR_FINDER_BYTES', true);
  await expect(shared).toMatchFileSnapshot('shared-pair-finder-bytes.ts');
});

function normals(count: number): Float32Array {
  const state = seedRandom(count);
  return Float32Array.from({ length: count }, () => nextNormal(state));
}
