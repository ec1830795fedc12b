import { nextNormal, seedRandom } from '../random/random.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import type { TallOperator } from './tall-operator.ts';
import { innerProducts, orthonormalize, timesSmall } from './thin-block.ts';

export interface LeadingVectors {
  /** columns × dimensions, row-major: right singular vectors as unit columns; zero past the rank. */
  readonly directions: Float32Array;
  /** rows × dimensions, row-major: A · directions, which is U · S. */
  readonly projections: Float32Array;
  /** dimensions, descending; 0 past the rank. */
  readonly singularValues: Float32Array;
}

/**
 * The leading singular triplets of a tall matrix by randomized subspace iteration: from a normal random block Q
 * (columns × (dimensions + 10)), `iterations` + 1 times Q = orthonormal(Aᵀ A Q); the eigenvectors of Qᵀ Aᵀ A Q then rotate Q to
 * the singular vectors, one more product gives U · S, and its column norms are the singular values.
 *
 * Cost iterations + 2 passes over A, each 4 · entries · (dimensions + 10) flops, and columns · (dimensions + 10)² flops a pass;
 * memory two blocks of columns × (dimensions + 10) floats and one of rows × dimensions. Deterministic for a seed. Fresh buffers.
 * Sign: the entry of largest magnitude in each direction is positive (the first of equals).
 * Origin: Halko, Martinsson, Tropp 2011, algorithms 4.4 and 5.1; scikit-learn 1.9 `randomized_svd`.
 * Deviations: starts from the short side and never holds the long one, so that a hashed feature space costs as much as its entries, not
 * its width; Cholesky instead of LU and QR to normalize; Float32 blocks with Float64 sums, so singular values below about 1e-3 of
 * the first lose digits. Tolerance in tests: 1e-4 of the first singular value.
 */
export function subspaceIteration(
  operator: TallOperator,
  dimensions: number,
  seed: number,
  iterations: number,
): LeadingVectors {
  const { rows, columns } = operator;
  const width = Math.min(dimensions + OVERSAMPLING, rows, columns);
  let basis = new Float32Array(columns * width);
  let image = new Float32Array(columns * width);
  const random = seedRandom(seed);
  for (let at = 0; at < basis.length; at++) basis[at] = nextNormal(random);
  for (let pass = 0; pass <= iterations; pass++) {
    operator.normalMultiply(basis, width, image);
    orthonormalize(image, columns, width);
    [basis, image] = [image, basis];
  }
  orthonormalize(basis, columns, width);
  operator.normalMultiply(basis, width, image);
  const rotation = symmetricEigen(innerProducts(basis, image, columns, width), width).vectors;
  const leading = leadingColumns(rotation, width, dimensions);
  const directions = timesSmall(basis, columns, width, leading, dimensions);
  fixSigns(directions, dimensions);
  const projections = new Float32Array(rows * dimensions);
  operator.multiply(directions, dimensions, projections);
  return {
    directions,
    projections,
    singularValues: trimToRank(directions, projections, dimensions),
  };
}

function leadingColumns(square: Float64Array, width: number, dimensions: number): Float64Array {
  const out = new Float64Array(width * dimensions);
  for (let row = 0; row < width; row++)
    for (let column = 0; column < Math.min(width, dimensions); column++)
      out[row * dimensions + column] = square[row * width + column]!;
  return out;
}

/** Makes the largest entry of each column positive. */
function fixSigns(block: Float32Array, width: number): void {
  for (let column = 0; column < width; column++) {
    let largest = 0;
    for (let at = column; at < block.length; at += width)
      if (Math.abs(block[at]!) > Math.abs(largest)) largest = block[at]!;
    if (largest < 0) for (let at = column; at < block.length; at += width) block[at] = -block[at]!;
  }
}

/** Column norms of the projections; columns of rounding errors alone become exact zeros on both sides. */
function trimToRank(
  directions: Float32Array,
  projections: Float32Array,
  dimensions: number,
): Float32Array {
  const squares = new Float64Array(dimensions);
  for (let at = 0; at < projections.length; at++)
    squares[at % dimensions]! += projections[at]! * projections[at]!;
  const floor = squares.reduce((most, square) => Math.max(most, square), 0) * RANK_FLOOR;
  return Float32Array.from(squares, (square, j) => {
    if (square > floor) return Math.sqrt(square);
    for (let at = j; at < directions.length; at += dimensions) directions[at] = 0;
    for (let at = j; at < projections.length; at += dimensions) projections[at] = 0;
    return 0;
  });
}

const OVERSAMPLING = 10;
/** Squared singular values below this share of the first are rounding of Float32 blocks. */
const RANK_FLOOR = 1e-12;
