import { type SymmetricGraph, symmetricGraph } from '../array/symmetric-graph.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import { type Smoothing, smoothDistances } from './smooth-distances.ts';

/**
 * The fuzzy simplicial set of a neighbor graph: memberships w(i→j) = exp(−max(d − ρᵢ, 0) / σᵢ), joined to a + b − ab.
 *
 * Cost n · k; memory at most 2 n · k entries. Deterministic, order of neighbors does not matter. Fresh buffers.
 * Origin: McInnes, Healy, Melville 2018; umap-learn 0.5 `fuzzy_simplicial_set` at set_op_mix_ratio 1, local_connectivity 1.
 * Tolerance in tests: 1e-4.
 */
export function fuzzySet(neighbors: Neighbors): SymmetricGraph {
  const { k, indices, distances } = neighbors;
  const n = k === 0 ? 0 : indices.length / k;
  const strengths = memberships(distances, n, k, smoothDistances(distances, n, k));
  return symmetricGraph(n, k, indices, strengths, (there, back) => there + back - there * back);
}

/** Strength of each directed edge, n × k; 0 where it vanishes in Float32. */
export function memberships(
  distances: Float32Array,
  n: number,
  k: number,
  { sigmas, rhos }: Smoothing,
): Float32Array {
  const strengths = new Float32Array(n * k);
  for (let row = 0; row < n; row++)
    for (let at = row * k; at < (row + 1) * k; at++) {
      const beyond = distances[at]! - rhos[row]!;
      strengths[at] = beyond <= 0 || sigmas[row] === 0 ? 1 : Math.exp(-beyond / sigmas[row]!);
    }
  return strengths;
}
