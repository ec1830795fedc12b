import { createNeighborHeap, pushNeighbor, sortNeighborHeap } from '../array/neighbor-heap.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { clusterTree } from './condensed-tree.ts';
import type { HdbscanResult } from './hdbscan-steps.ts';
import { ownerOf } from './labels.ts';

export interface Prediction {
  readonly labels: Int32Array;
  readonly probabilities: Float32Array;
  /** The known point each new point joins. */
  readonly nearest: Int32Array;
}

/**
 * Puts new points into a clustering without changing it: a new point joins the known point of least mutual reachability
 * among its 2 × minSamples nearest, and the cluster that this point is in at that density.
 *
 * Shapes: known n × dim and fresh m × dim, both in the metric's space. Cost: m × n distances. Deterministic.
 * Origin: hdbscan 0.8.44 `approximate_predict`. Deviation: core distances do not count the point itself, as in the fit;
 * the reference counts it here and not there.
 */
export function predictLabels(
  known: Float32Array,
  fresh: Float32Array,
  dim: number,
  { hierarchy, clusters }: HdbscanResult,
): Prediction {
  const { n, tree, minSamples } = hierarchy;
  const count = fresh.length / dim;
  const labels = new Int32Array(count).fill(-1);
  const probabilities = new Float32Array(count);
  const nearest = new Int32Array(count).fill(-1);
  if (n < 2) return { labels, probabilities, nearest };
  const summary = clusterTree(tree);
  const { parents, lambdas } = pointRows(tree.n, tree.parent, tree.child, tree.lambda);
  const selected = new Uint8Array(summary.parent.length);
  const labelOf = new Int32Array(summary.parent.length).fill(-1);
  clusters.forEach((id, label) => {
    selected[id - n] = 1;
    labelOf[id - n] = label;
  });
  const owner = ownerOf(summary.parent, selected);
  const k = Math.min(2 * minSamples, n);
  for (let i = 0; i < count; i++) {
    const joined = nearestByReach(known, n, fresh, i, dim, k, minSamples, hierarchy.coreDistances);
    const lambda = joined.reach > 0 ? 1 / joined.reach : Number.MAX_VALUE;
    let cluster = parents[joined.point]!;
    if (lambdas[joined.point]! > lambda)
      while (cluster > 0 && summary.birth[cluster]! >= lambda) cluster = summary.parent[cluster]!;
    nearest[i] = joined.point;
    const own = owner[cluster]!;
    if (own < 0) continue;
    labels[i] = labelOf[own]!;
    probabilities[i] = Math.min(lambda / summary.maxLambda[own]!, 1);
  }
  return { labels, probabilities, nearest };
}

function pointRows(
  n: number,
  parent: Int32Array,
  child: Int32Array,
  lambda: Float64Array,
): { parents: Int32Array; lambdas: Float64Array } {
  const parents = new Int32Array(n);
  const lambdas = new Float64Array(n);
  for (let row = 0; row < child.length; row++) {
    const point = child[row]!;
    if (point >= n) continue;
    parents[point] = parent[row]! - n;
    lambdas[point] = lambda[row]!;
  }
  return { parents, lambdas };
}

function nearestByReach(
  known: Float32Array,
  n: number,
  fresh: Float32Array,
  row: number,
  dim: number,
  k: number,
  minSamples: number,
  core: Float64Array,
): { point: number; reach: number } {
  const heap = createNeighborHeap(1, k);
  for (let j = 0; j < n; j++) pushNeighbor(heap, 0, j, squaredEuclidean(fresh, row, known, j, dim));
  sortNeighborHeap(heap);
  const ownCore = Math.sqrt(heap.distances[minSamples - 1]!);
  let point = -1;
  let reach = Number.POSITIVE_INFINITY;
  for (let place = 0; place < k; place++) {
    const candidate = heap.indices[place]!;
    const offered = Math.max(core[candidate]!, ownCore, Math.sqrt(heap.distances[place]!));
    if (offered < reach) {
      point = candidate;
      reach = offered;
    }
  }
  return { point, reach };
}
