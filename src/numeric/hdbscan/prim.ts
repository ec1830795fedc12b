import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import type { Steps } from '../steps.ts';
import { createSpanningTree, type SpanningTree } from './spanning-tree.ts';

const STEP_DISTANCES = 500_000;

/**
 * Minimum spanning tree of the complete mutual reachability graph, w(a, b) = max(core(a), core(b), |a − b|).
 *
 * Shapes: points n × dim row-major; `core` n squared core distances; the result is fresh.
 * Cost: at most n² / 2 distances (a pair is skipped when the core distances alone rule it out), memory O(n).
 * Deterministic: edges are ordered by (weight, distance, index).
 * Origin: Prim 1957, as in hdbscan 0.8.44 `mst_linkage_core_vector`. Deviation: equal weights are common (a point
 * ties all edges inside its own core distance) and there decided by scan order; here by the raw distance, so that a
 * border point joins the cluster it is nearest to and the tree does not depend on the order of the points.
 */
export function* primSteps(
  points: Float32Array,
  n: number,
  dim: number,
  core: Float64Array,
): Steps<SpanningTree> {
  const tree = createSpanningTree(n);
  const outside = Int32Array.from({ length: Math.max(n - 1, 0) }, (_, i) => i + 1);
  const weight = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const distance = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const source = new Int32Array(n);
  let current = 0;
  let sinceYield = 0;
  for (let edge = 0, left = n - 1; edge < n - 1; edge++, left--) {
    const place = relax(points, dim, core, current, outside, left, weight, distance, source);
    current = outside[place]!;
    outside[place] = outside[left - 1]!;
    tree.from[edge] = source[current]!;
    tree.to[edge] = current;
    tree.weight[edge] = weight[current]!;
    tree.distance[edge] = distance[current]!;
    sinceYield += left;
    if (sinceYield > STEP_DISTANCES) {
      sinceYield = 0;
      yield 1 - (left / n) ** 2;
    }
  }
  return tree;
}

/** Offers the edges of `current` to every outside point; returns the place in `outside` of the next point. */
function relax(
  points: Float32Array,
  dim: number,
  core: Float64Array,
  current: number,
  outside: Int32Array,
  left: number,
  weight: Float64Array,
  distance: Float64Array,
  source: Int32Array,
): number {
  const ownCore = core[current]!;
  let best = 0;
  let bestWeight = Number.POSITIVE_INFINITY;
  let bestDistance = Number.POSITIVE_INFINITY;
  let bestPoint = -1;
  for (let place = 0; place < left; place++) {
    const point = outside[place]!;
    const floor = Math.max(ownCore, core[point]!);
    let w = weight[point]!;
    if (floor <= w) {
      const d = squaredEuclidean(points, current, points, point, dim);
      const offered = Math.max(floor, d);
      if (
        offered < w ||
        (offered === w && isNearer(d, current, distance[point]!, source[point]!))
      ) {
        w = offered;
        weight[point] = w;
        distance[point] = d;
        source[point] = current;
      }
    }
    if (w > bestWeight) continue;
    const d = distance[point]!;
    if (w < bestWeight || isNearer(d, point, bestDistance, bestPoint)) {
      best = place;
      bestWeight = w;
      bestDistance = d;
      bestPoint = point;
    }
  }
  return best;
}

function isNearer(distance: number, index: number, than: number, thanIndex: number): boolean {
  return distance < than || (distance === than && index < thanIndex);
}
