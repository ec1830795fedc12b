import { describe, it } from 'vitest';
import { principalComponentAnalysis, truncatedSvd } from '../numeric.ts';
import { expectClose } from '../testing/expect-close.ts';
import { readGolden } from '../testing/read-golden.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

interface Golden {
  readonly symmetric: { title: string; order: number; matrix: number[]; values: number[] }[];
  readonly sparse: {
    readonly title: string;
    readonly rows: number;
    readonly columns: number;
    readonly offsets: number[];
    readonly indices: number[];
    readonly values: number[];
    readonly dimensions: number;
    readonly singularValues: number[];
    readonly vectors: number[];
    readonly components: number[];
  }[];
  readonly pca: {
    readonly dimensions: number;
    readonly points: number[];
    readonly components: number;
    readonly mean: number[];
    readonly axes: number[];
    readonly variances: number[];
    readonly coordinates: number[];
  };
}

const golden = readGolden<Golden>('linear', 'linear');
/** Share of the largest value: blocks are Float32, and subspace iteration stops after a fixed number of passes. */
const SUBSPACE = 1e-4;

describe('symmetric eigenvalues match numpy', () => {
  it.each(golden.symmetric)('$title', ({ order, matrix, values }) => {
    expectClose(symmetricEigen(Float64Array.from(matrix), order).values, values, 1e-12);
  });
});

describe('truncated SVD matches numpy', () => {
  it.each(golden.sparse)('$title', (expected) => {
    const got = truncatedSvd(
      {
        rows: expected.rows,
        columns: expected.columns,
        offsets: Int32Array.from(expected.offsets),
        indices: Int32Array.from(expected.indices),
        values: Float32Array.from(expected.values),
      },
      { dimensions: expected.dimensions, seed: 1, iterations: 20 },
    );
    const first = expected.singularValues[0]!;
    const scaled = (values: ArrayLike<number>) => Array.from(values, (value) => value / first);
    expectClose(scaled(got.singularValues), scaled(expected.singularValues), SUBSPACE);
    expectClose(scaled(got.vectors), scaled(expected.vectors), SUBSPACE);
    expectClose(got.components, expected.components, 10 * SUBSPACE);
  });
});

it('principal components of handwritten digits match scikit-learn', () => {
  const { pca } = golden;
  const got = principalComponentAnalysis(Float32Array.from(pca.points), {
    dimensions: pca.dimensions,
    components: pca.components,
    seed: 1,
    iterations: 20,
  });
  expectClose(got.mean, pca.mean, 1e-6);
  expectClose(got.variances, pca.variances, SUBSPACE);
  expectClose(got.axes, pca.axes, 10 * SUBSPACE);
  const largest = Math.max(...pca.coordinates.map(Math.abs));
  const scaled = (values: ArrayLike<number>) => Array.from(values, (value) => value / largest);
  expectClose(scaled(got.coordinates), scaled(pca.coordinates), SUBSPACE);
});
