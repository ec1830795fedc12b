import type { Neighbors } from '../knn/neighbors.ts';
import { type Smoothing, smoothDistances } from './smooth-distances.ts';

/** A symmetric weighted graph by rows; columns ascend within a row, weights in (0, 1], no loops. */
export interface FuzzyGraph {
  /** n + 1. */
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

/**
 * The fuzzy simplicial set of a neighbour graph: memberships w(i→j) = exp(−max(d − ρᵢ, 0) / σᵢ), joined to a + b − ab.
 *
 * Cost n · k; memory at most 2 n · k entries. Deterministic, order of neighbours does not matter. Fresh buffers.
 * Origin: McInnes, Healy, Melville 2018; umap-learn 0.5 `fuzzy_simplicial_set` at set_op_mix_ratio 1, local_connectivity 1.
 * Tolerance in tests: 1e-4.
 */
export function fuzzySet(neighbors: Neighbors): FuzzyGraph {
  const { k, indices, distances } = neighbors;
  const n = k === 0 ? 0 : indices.length / k;
  return union(n, k, indices, memberships(distances, n, k, smoothDistances(distances, n, k)));
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

function union(n: number, k: number, indices: Int32Array, strengths: Float32Array): FuzzyGraph {
  const incoming = new Int32Array(n + 1);
  for (const target of indices) incoming[target + 1]! += 1;
  for (let row = 0; row < n; row++) incoming[row + 1]! += incoming[row]!;
  const cursor = incoming.slice();
  const sources = new Int32Array(n * k);
  const returned = new Float32Array(n * k);
  for (let at = 0; at < n * k; at++) {
    const to = cursor[indices[at]!]!++;
    sources[to] = Math.floor(at / k);
    returned[to] = strengths[at]!;
  }
  const offsets = new Int32Array(n + 1);
  const columns = new Int32Array(2 * n * k);
  const weights = new Float32Array(2 * n * k);
  const positionOf = new Int32Array(n).fill(-1);
  let end = 0;
  for (let row = 0; row < n; row++) {
    const start = end;
    for (let at = row * k; at < (row + 1) * k; at++) {
      if (strengths[at] === 0 || indices[at] === row) continue;
      positionOf[indices[at]!] = end;
      columns[end] = indices[at]!;
      weights[end++] = strengths[at]!;
    }
    for (let at = incoming[row]!; at < incoming[row + 1]!; at++) {
      const source = sources[at]!;
      const back = returned[at]!;
      if (back === 0 || source === row) continue;
      const known = positionOf[source]!;
      if (known >= start) weights[known] = weights[known]! + back - weights[known]! * back;
      else {
        columns[end] = source;
        weights[end++] = back;
      }
    }
    sortRow(columns, weights, start, end);
    offsets[row + 1] = end;
  }
  return { offsets, indices: columns.slice(0, end), weights: weights.slice(0, end) };
}

/** By insertion: rows hold some tens of entries, the first k in no order, the rest ascending. */
function sortRow(columns: Int32Array, weights: Float32Array, start: number, end: number): void {
  for (let at = start + 1; at < end; at++) {
    const column = columns[at]!;
    const weight = weights[at]!;
    let hole = at;
    while (hole > start && columns[hole - 1]! > column) {
      columns[hole] = columns[hole - 1]!;
      weights[hole] = weights[hole - 1]!;
      hole--;
    }
    columns[hole] = column;
    weights[hole] = weight;
  }
}
