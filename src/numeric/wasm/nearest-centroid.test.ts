import { describe, expect, it } from 'vitest';
import { nextNormal, seedRandom } from '../random/random.ts';
import { compiledModule } from '../testing/compile-assembly.ts';
import { openPlainCentroidKernel, openWasmCentroidKernel } from './nearest-centroid.ts';
import { CANDIDATES, type PlacedCentroids, placeCentroids } from './placed-centroids.ts';

const place = (points: Float32Array, dim: number, k: number, isShared = false): PlacedCentroids => {
  const placed = placeCentroids(points, points.length / dim, dim, k, 2, isShared);
  for (let c = 0; c < k; c++) moveTo(placed, c, points, (c * 7) % placed.n);
  return placed;
};

/** Moves a centroid to a point and records the distance. */
function moveTo(
  placed: PlacedCentroids,
  centroid: number,
  points: Float32Array,
  row: number,
): void {
  let squared = 0;
  for (let i = 0; i < placed.dim; i++) {
    const at = centroid * placed.stride + i;
    const to = points[row * placed.dim + i]!;
    squared += (to - placed.centroids[at]!) ** 2;
    placed.centroids[at] = to;
  }
  placed.moved[centroid]! += Math.sqrt(squared);
  placed.movedFloat[centroid] = placed.moved[centroid]!;
}

const cases = [
  { title: 'normal points', scale: 1, offset: 0, digits: 20 },
  { title: 'points far from the origin', scale: 1, offset: 1e6, digits: 20 },
  { title: 'whole numbers, which tie', scale: 1.5, offset: 0, digits: 0 },
  { title: 'points whose squares are too small for float32', scale: 1e-22, offset: 0, digits: 40 },
  { title: 'large points', scale: 1e14, offset: 0, digits: 0 },
];

describe.each([
  { body: 'WebAssembly', isShared: false },
  { body: 'WebAssembly on shared memory', isShared: true },
])('nearest centroids in $body', ({ isShared }) => {
  describe.each(cases)('$title', ({ scale, offset, digits }) => {
    it.each([
      { dim: 1, k: 9 },
      { dim: 2, k: 1 },
      { dim: 3, k: 4 },
      { dim: 4, k: 2 },
      { dim: 5, k: 9 },
      { dim: 17, k: 8 },
      { dim: 64, k: 13 },
    ])(
      'match the TypeScript version in every round, $k centroids in $dim columns',
      ({ dim, k }) => {
        const state = seedRandom(dim);
        const normal = () => offset + scale * nextNormal(state);
        const points = Float32Array.from({ length: 131 * dim }, () =>
          digits === 0 ? Math.round(normal()) : normal(),
        );
        const fast = place(points, dim, k, isShared);
        const plain = place(points, dim, k, isShared);
        const ours = openWasmCentroidKernel(fast, 1)!;
        const reference = openPlainCentroidKernel(plain);
        for (let round = 0; round < 12; round++) {
          const changed = ours.assign(0, 60, round === 0) + ours.assign(60, fast.n, round === 0);
          expect(changed).toBe(reference.assign(0, plain.n, round === 0));
          expect(fast.labels).toEqual(plain.labels);
          // Some centroids jump to other points: all, every second, every third by turns.
          for (const placed of [fast, plain])
            for (let c = round % 2; c < k; c += 1 + (round % 3))
              moveTo(placed, c, points, (round * 13 + c * 5) % placed.n);
        }
      },
    );
  });

  it.each([1, 4, 7, 64, 257])(
    'candidate distances match the TypeScript version bit for bit, %d columns',
    (dim) => {
      const state = seedRandom(dim);
      const points = Float32Array.from({ length: 21 * dim }, () => nextNormal(state));
      const fast = place(points, dim, CANDIDATES, isShared);
      const plain = place(points, dim, CANDIDATES, isShared);
      openWasmCentroidKernel(fast, 0)!.candidates(0, 7);
      openWasmCentroidKernel(fast, 1)!.candidates(7, 21);
      openPlainCentroidKernel(plain).candidates(0, 21);
      expect(fast.table.subarray(0, 21 * CANDIDATES)).toEqual(
        plain.table.subarray(0, 21 * CANDIDATES),
      );
      expect(fast.table.some((distance) => distance > 0)).toBe(true);
    },
  );
});

it('keeps its own of equally near centroids, or else takes the lowest', () => {
  const placed = placeCentroids(Float32Array.of(1, 9), 2, 1, 4, 1, false);
  placed.centroids.set([5, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
  // Centroids at 5, 0, 2, 0: the first point is 1 from those at 0, 2 and 0.
  for (const kernel of [openPlainCentroidKernel(placed), openWasmCentroidKernel(placed, 0)!]) {
    placed.labels.set([0, 0]);
    kernel.assign(0, 2, true);
    expect([...placed.labels]).toEqual([1, 0]);
    placed.labels.set([3, 0]);
    kernel.assign(0, 2, true);
    expect([...placed.labels]).toEqual([3, 0]);
  }
});

it('the WebAssembly matches its source', async () => {
  const own = await compiledModule('nearest-centroid', 'NEAREST_CENTROID_BYTES', false);
  await expect(own).toMatchFileSnapshot('nearest-centroid-bytes.ts');
  const shared = await compiledModule('nearest-centroid', 'SHARED_NEAREST_CENTROID_BYTES', true);
  await expect(shared).toMatchFileSnapshot('shared-nearest-centroid-bytes.ts');
});
