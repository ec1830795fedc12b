import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { createDistanceBlock } from '../wasm/distance-block.ts';

/**
 * Share of the neighbours in a layout that are neighbours in the space it came from, weighted by how far off the
 * others are (Venna and Kaski 2001): 1 − 2 / (m k (2n − 3k − 1)) × Σ max(0, rank − k) over `sample`'s m points.
 *
 * Cost: m × n distances in both spaces, those of the points in float32. Deterministic. Precondition: 0 < k < n / 2.
 * Origin: scikit-learn 1.9.1 `trustworthiness` (with m = n). Equal distances by lower index.
 */
export function trustworthinessOf(
  points: Float32Array,
  dim: number,
  layout: Float32Array,
  layoutDim: number,
  n: number,
  k: number,
  sample: Int32Array,
): number {
  const block = createDistanceBlock(points, n, dim, 0, n);
  for (let j = 0; j < n; j++) block.b[j] = j;
  const original = block.out;
  const shown = new Float64Array(n);
  let penalty = 0;
  for (const i of sample) {
    block.row(i, n);
    for (let j = 0; j < n; j++) shown[j] = squaredEuclidean(layout, i, layout, j, layoutDim);
    original[i] = Number.POSITIVE_INFINITY;
    shown[i] = Number.POSITIVE_INFINITY;
    for (const neighbor of smallest(shown, k))
      penalty += Math.max(0, rankOf(original, n, neighbor) - k);
  }
  return 1 - (penalty * 2) / (sample.length * k * (2 * n - 3 * k - 1));
}

function smallest(values: Float64Array, k: number): number[] {
  const kept: number[] = [];
  for (let j = 0; j < values.length; j++) {
    if (kept.length === k && values[j]! >= values[kept[k - 1]!]!) continue;
    let place = kept.length;
    while (place > 0 && values[kept[place - 1]!]! > values[j]!) place--;
    kept.splice(place, 0, j);
    if (kept.length > k) kept.pop();
  }
  return kept;
}

/** 1 for the nearest. */
function rankOf(values: Float32Array, n: number, index: number): number {
  const own = values[index]!;
  let rank = 1;
  for (let j = 0; j < n; j++) if (values[j]! < own || (values[j]! === own && j < index)) rank++;
  return rank;
}
