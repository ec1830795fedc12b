import { describe, expect, it } from 'vitest';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { compiledModule } from '../testing/compile-assembly.ts';
import { blockError, openPlainBlock, openWasmBlock } from './distance-block.ts';
import { placePoints } from './placed-points.ts';

describe.each([
  { body: 'WebAssembly', open: openWasmBlock, isShared: false },
  { body: 'WebAssembly on shared memory', open: openWasmBlock, isShared: true },
  { body: 'TypeScript', open: openPlainBlock, isShared: false },
])('distance block in $body', ({ open, isShared }) => {
  const create = (points: Float32Array, n: number, dim: number, capacity: number, rows: number) =>
    open(placePoints(points, n, dim, { capacity, rowCapacity: rows, parts: 2, isShared }), 1);

  it.each([1, 2, 3, 4, 5, 31, 64, 257])(
    'is within its error of the double sum at %d columns',
    (dim) => {
      const n = 13;
      const points = normals(n * dim);
      const block = create(points, n, dim, 7, n);
      expect(block).not.toBeNull();
      if (!block) return;
      const rows = [4, 9, 0, 12, 3];
      const columns = [1, 4, 12, 7, 5, 6, 8];
      block.a.set(rows);
      block.b.set(columns);
      const width = block.block(rows.length, columns.length, false);
      rows.forEach((a, i) => {
        columns.forEach((b, j) => {
          expectNear(block.out[i * width + j]!, squaredEuclidean(points, a, points, b, dim), dim);
        });
      });
      block.b.set(Array.from({ length: n }, (_, i) => n - 1 - i));
      block.row(2, n);
      for (let j = 0; j < n; j++)
        expectNear(block.out[j]!, squaredEuclidean(points, 2, points, n - 1 - j, dim), dim);
    },
  );

  it('sets the pairs above the diagonal of a triangle', () => {
    const points = Float32Array.of(0, 1, 3, 7, 15);
    const block = create(points, 5, 1, 5, 0)!;
    block.a.set([0, 1, 2, 3, 4]);
    block.b.set([0, 1, 2, 3, 4]);
    const width = block.block(5, 5, true);
    const above = [0, 1, 2, 3].map((i) => [...block.out.slice(i * width + i + 1, i * width + 5)]);
    expect(above).toEqual([[1, 9, 49, 225], [4, 36, 196], [16, 144], [64]]);
  });

  it('determines which of two points is nearer', () => {
    const points = Float32Array.of(0, 0, 4, 2, 1, 9, 3, -9, 2, 1);
    const block = create(points, 5, 2, 0, 5)!;
    block.b.set([0, 1, 2, 3, 4]);
    block.side(0, 1, 5);
    // (first − second) · (x − their midpoint), by hand
    expect([...block.out.slice(0, 5)]).toEqual([10, -10, -12, 16, 0]);
  });
});

it('the WebAssembly matches its source', async () => {
  const own = await compiledModule('distance-block', 'DISTANCE_BLOCK_BYTES', false);
  await expect(own).toMatchFileSnapshot('distance-block-bytes.ts');
  const shared = await compiledModule('distance-block', 'SHARED_DISTANCE_BLOCK_BYTES', true);
  await expect(shared).toMatchFileSnapshot('shared-distance-block-bytes.ts');
});

function expectNear(got: number, expected: number, dim: number): void {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(blockError(dim) * expected);
}

function normals(count: number): Float32Array {
  const state = seedRandom(count);
  return Float32Array.from({ length: count }, () => nextNormal(state));
}
