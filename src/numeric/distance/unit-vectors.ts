import type { MetricSpace } from './metric-space.ts';

/**
 * Rows divided by their length, in a fresh buffer. A zero row has no direction, so all zero rows share one in an
 * extra last column: their cosine distance is 0 from each other and 1 from all other rows. The column is added only
 * if some row is zero.
 */
export function unitVectors(points: Float32Array, dim: number): MetricSpace {
  const n = points.length / dim;
  const lengths = rowLengths(points, n, dim);
  const unitDim = lengths.includes(0) ? dim + 1 : dim;
  const unit = new Float32Array(n * unitDim);
  for (let i = 0; i < n; i++) {
    const length = lengths[i]!;
    if (length === 0) unit[i * unitDim + dim] = 1;
    else for (let c = 0; c < dim; c++) unit[i * unitDim + c] = points[i * dim + c]! / length;
  }
  return { points: unit, dim: unitDim };
}

function rowLengths(points: Float32Array, n: number, dim: number): Float64Array {
  const lengths = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let c = i * dim; c < (i + 1) * dim; c++) sum += points[c]! * points[c]!;
    lengths[i] = Math.sqrt(sum);
  }
  return lengths;
}
