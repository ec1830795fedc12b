import {
  createNeighborHeap,
  type NeighborHeap,
  pushNeighbor,
  sortNeighborHeap,
} from '../array/neighbor-heap.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { createDistanceBlock } from '../wasm/distance-block.ts';
import { clusterTree } from './condensed-tree.ts';
import type { HdbscanResult } from './hdbscan-steps.ts';
import { ownerOf } from './labels.ts';

const SPARE = 4;

export interface Prediction {
  readonly labels: Int32Array;
  readonly probabilities: Float32Array;
  /** The known point each new point joins. */
  readonly nearest: Int32Array;
}

/**
 * Assigns new points to a clustering without changing it: of its 2 × minSamples nearest known points, a new point joins the one
 * with the least mutual reachability, and the cluster that this one belongs to at that density.
 *
 * Shapes: `points` holds the n known rows, then the m new ones, in the metric's space. Cost: m × n distances in float32, of
 * which the nearest are measured again in double. Deterministic.
 * Origin: hdbscan 0.8.44 `approximate_predict`. Deviation: core distances do not count the point itself, as in the fit;
 * the reference counts it when it predicts but not when it fits.
 */
export function predictLabels(
  points: Float32Array,
  dim: number,
  { hierarchy, clusters }: HdbscanResult,
): Prediction {
  const { n, tree, minSamples } = hierarchy;
  const count = points.length / dim - n;
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
  const block = createDistanceBlock(points, n + count, dim, 0, n);
  for (let j = 0; j < n; j++) block.b[j] = j;
  for (let i = 0; i < count; i++) {
    block.row(n + i, n);
    const near = nearestKnown(points, n, dim, n + i, k, block.out);
    const joined = nearestByReach(near, minSamples, hierarchy.coreDistances);
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

/** The k nearest known points, sorted, chosen among k + SPARE by float32. */
function nearestKnown(
  points: Float32Array,
  n: number,
  dim: number,
  row: number,
  k: number,
  squared: Float32Array,
): NeighborHeap {
  const candidates = createNeighborHeap(1, Math.min(k + SPARE, n));
  for (let j = 0; j < n; j++) pushNeighbor(candidates, 0, j, squared[j]!);
  const heap = createNeighborHeap(1, k);
  for (const j of candidates.indices)
    pushNeighbor(heap, 0, j, squaredEuclidean(points, row, points, j, dim));
  sortNeighborHeap(heap);
  return heap;
}

function nearestByReach(
  near: NeighborHeap,
  minSamples: number,
  core: Float64Array,
): { point: number; reach: number } {
  const ownCore = Math.sqrt(near.distances[minSamples - 1]!);
  let point = -1;
  let reach = Number.POSITIVE_INFINITY;
  for (let place = 0; place < near.k; place++) {
    const candidate = near.indices[place]!;
    const offered = Math.max(core[candidate]!, ownCore, Math.sqrt(near.distances[place]!));
    if (offered < reach) {
      point = candidate;
      reach = offered;
    }
  }
  return { point, reach };
}
