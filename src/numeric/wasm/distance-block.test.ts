import { describe, expect, it } from 'vitest';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { nextNormal, seedRandom } from '../random/random.ts';
import { compiledModule } from '../testing/compile-assembly.ts';
import { blockError, createPlainBlock, createWasmBlock } from './distance-block.ts';

describe.each([
  { body: 'WebAssembly', create: createWasmBlock },
  {
    body: 'TypeScript',
    create: (points: Float32Array, _: number, dim: number, capacity: number, rows?: number) =>
      createPlainBlock(points, dim, capacity, rows),
  },
])('distance block in $body', ({ create }) => {
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
    const block = create(points, 5, 1, 5)!;
    block.a.set([0, 1, 2, 3, 4]);
    block.b.set([0, 1, 2, 3, 4]);
    const width = block.block(5, 5, true);
    const above = [0, 1, 2, 3].map((i) => [...block.out.slice(i * width + i + 1, i * width + 5)]);
    expect(above).toEqual([[1, 9, 49, 225], [4, 36, 196], [16, 144], [64]]);
  });
});

it('the WebAssembly is what its source compiles to', async () => {
  const text = await compiledModule('distance-block', 'DISTANCE_BLOCK_BYTES');
  await expect(text).toMatchFileSnapshot('distance-block-bytes.ts');
});

function expectNear(got: number, expected: number, dim: number): void {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(blockError(dim) * expected);
}

function normals(count: number): Float32Array {
  const state = seedRandom(count);
  return Float32Array.from({ length: count }, () => nextNormal(state));
}
