import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalComponentAnalysis, type SparseMatrix, truncatedSvd } from '../numeric.ts';
import { NumericError } from '../numeric-error.ts';
import { nextFloat, nextNormal, seedRandom } from '../random/random.ts';
import { expectClose } from '../testing/expect-close.ts';
import { testKernel } from '../testing/test-kernel.ts';
import { principalComponents, sampledCoordinates } from './pca.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

testKernel({
  name: 'principal components',
  run: (points, dimensions) =>
    principalComponentAnalysis(points, { dimensions, components: 2, seed: 1 }),
  plain: ({ coordinates, axes, variances }) => [...coordinates, ...axes, ...variances],
  invariant: ({ coordinates, axes, variances }, points, dimensions) => {
    expect(coordinates).toHaveLength((2 * points.length) / dimensions);
    expect([...coordinates, ...axes, ...variances].every(Number.isFinite)).toBe(true);
    expect(variances[0]!).toBeGreaterThanOrEqual(variances[1]!);
  },
});

const sparse = (rows: number, columns: number, cells: [number, number, number][]): SparseMatrix => {
  const sorted = [...cells].sort((left, right) => left[0] - right[0]);
  const offsets = new Int32Array(rows + 1);
  for (const [row] of sorted) offsets[row + 1]! += 1;
  for (let row = 0; row < rows; row++) offsets[row + 1]! += offsets[row]!;
  return {
    rows,
    columns,
    offsets,
    indices: Int32Array.from(sorted, ([, column]) => column),
    values: Float32Array.from(sorted, ([, , value]) => value),
  };
};

describe('truncated SVD', () => {
  it('decomposes a diagonal matrix: singular values 4 and 3, the rest zero', () => {
    const matrix = sparse(2, 3, [
      [0, 0, 3],
      [1, 2, 4],
    ]);
    const { vectors, singularValues, components } = truncatedSvd(matrix, {
      dimensions: 3,
      seed: 1,
    });
    expectClose(singularValues, [4, 3, 0], 1e-6);
    expectClose(vectors, [0, 3, 0, 4, 0, 0], 1e-6);
    expectClose(components, [0, 0, 1, 1, 0, 0, 0, 0, 0], 1e-6);
  });

  it('adds values that are listed twice', () => {
    const twice = sparse(1, 1, [
      [0, 0, 2],
      [0, 0, 5],
    ]);
    expectClose(truncatedSvd(twice, { dimensions: 1, seed: 1 }).vectors, [7], 1e-6);
  });

  it('reconstructs any matrix whose rank the dimensions cover, with orthonormal components', () => {
    const shape = { rows: fc.integer({ min: 1, max: 9 }), columns: fc.integer({ min: 1, max: 9 }) };
    fc.assert(
      fc.property(fc.record({ ...shape, seed: fc.nat() }), ({ rows, columns, seed }) => {
        const state = seedRandom(seed);
        const dense = Array.from({ length: rows * columns }, () =>
          nextFloat(state) < 0.4 ? nextNormal(state) : 0,
        );
        const cells = dense.map((value, at): [number, number, number] => [
          Math.floor(at / columns),
          at % columns,
          value,
        ]);
        const matrix = sparse(
          rows,
          columns,
          cells.filter(([, , value]) => value !== 0),
        );
        const dimensions = Math.min(rows, columns);
        const { vectors, components, singularValues } = truncatedSvd(matrix, {
          dimensions,
          seed: 1,
        });
        const product = dense.map((_, at) => {
          const [row, column] = [Math.floor(at / columns), at % columns];
          let sum = 0;
          for (let j = 0; j < dimensions; j++)
            sum += vectors[row * dimensions + j]! * components[j * columns + column]!;
          return sum;
        });
        // Directions below 1e-3 of the first singular value may be lost.
        expectClose(product, dense, 1e-3 * Math.max(1, singularValues[0]!));
        for (let j = 0; j < dimensions; j++) {
          const axis = components.subarray(j * columns, (j + 1) * columns);
          const length = Math.hypot(...axis);
          expect(Math.abs(length - (singularValues[j] === 0 ? 0 : 1))).toBeLessThan(1e-4);
        }
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it.each([
    { title: 'no rows and columns', matrix: sparse(0, 0, []), length: 0 },
    { title: 'empty rows', matrix: sparse(3, 5, []), length: 6 },
  ])('gives zeros for $title', ({ matrix, length }) => {
    const { vectors, singularValues } = truncatedSvd(matrix, { dimensions: 2, seed: 1 });
    expect([...vectors]).toEqual(new Array(length).fill(0));
    expect([...singularValues]).toEqual([0, 0]);
  });

  const good = sparse(2, 3, [
    [0, 0, 3],
    [1, 2, 4],
  ]);
  it.each([
    { title: 'offsets too few', matrix: { ...good, offsets: Int32Array.of(0, 2) } },
    { title: 'offsets that fall', matrix: { ...good, offsets: Int32Array.of(0, 3, 2) } },
    { title: 'offsets that start late', matrix: { ...good, offsets: Int32Array.of(1, 1, 2) } },
    { title: 'a column outside', matrix: { ...good, indices: Int32Array.of(0, 3) } },
    { title: 'a negative column', matrix: { ...good, indices: Int32Array.of(0, -1) } },
    { title: 'NaN', matrix: { ...good, values: Float32Array.of(1, Number.NaN) } },
    {
      title: 'a value whose square overflows',
      matrix: { ...good, values: Float32Array.of(1, 1e20) },
    },
    { title: 'values too few', matrix: { ...good, values: Float32Array.of(1) } },
  ])('rejects $title', ({ matrix }) => {
    expect(() => truncatedSvd(matrix, { dimensions: 2, seed: 1 })).toThrow(NumericError);
  });
});

describe('symmetric eigenvectors', () => {
  it('reconstruct the matrix and are orthonormal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.nat(), (order, seed) => {
        const state = seedRandom(seed);
        const matrix = new Float64Array(order * order);
        for (let row = 0; row < order; row++)
          for (let column = 0; column <= row; column++) {
            const value = Math.round(3 * nextNormal(state));
            matrix[row * order + column] = value;
            matrix[column * order + row] = value;
          }
        const { values, vectors } = symmetricEigen(matrix, order);
        const combine = (row: number, column: number, weigh: (j: number) => number) => {
          let sum = 0;
          for (let j = 0; j < order; j++)
            sum += vectors[row * order + j]! * vectors[column * order + j]! * weigh(j);
          return sum;
        };
        for (let row = 0; row < order; row++)
          for (let column = 0; column < order; column++) {
            expect(combine(row, column, (j) => values[j]!)).toBeCloseTo(
              matrix[row * order + column]!,
              9,
            );
            expect(combine(row, column, () => 1)).toBeCloseTo(row === column ? 1 : 0, 9);
          }
        expect([...values]).toEqual([...values].sort((left, right) => right - left));
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});

describe('coordinates on axes of a sample', () => {
  const state = seedRandom(3);
  // Standard deviations 9, 3, 1 define the axes clearly.
  const points = Float32Array.from(
    { length: 900 },
    (_, at) => (nextNormal(state) * 9) / 3 ** (at % 3),
  );

  it('are exact if the sample includes all points', () => {
    expect(sampledCoordinates(points, 300, 3, 2, 1, 300)).toEqual(
      principalComponents(points, 300, 3, 2, 1, 4).coordinates,
    );
  });

  it('agree with the exact ones up to the sampling error', () => {
    const sampled = sampledCoordinates(points, 300, 3, 2, 1, 150);
    const exact = principalComponents(points, 300, 3, 2, 1, 4).coordinates;
    for (const axis of [0, 1]) {
      const column = (all: Float32Array) => [...all].filter((_, at) => at % 2 === axis);
      expect(Math.abs(correlation(column(sampled), column(exact)))).toBeGreaterThan(0.98);
    }
  });
});

function correlation(left: number[], right: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  const product = (x: number[], p: number, y: number[], q: number) =>
    x.reduce((sum, value, at) => sum + (value - p) * (y[at]! - q), 0);
  return (
    product(left, a, right, b) / Math.sqrt(product(left, a, left, a) * product(right, b, right, b))
  );
}
