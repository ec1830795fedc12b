import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import type { Steps } from '../steps.ts';
import { blockError, createDistanceBlock, type DistanceBlock } from '../wasm/distance-block.ts';
import { createSpanningTree, type SpanningTree } from './spanning-tree.ts';

const STEP_DISTANCES = 500_000;
/** Below this, float32 squares lose digits. */
const TINY = 1e-30;

/**
 * Minimum spanning tree of the complete mutual reachability graph, w(a, b) = max(core(a), core(b), |a − b|).
 *
 * Shapes: points n × dim row-major; `core` n squared core distances; the result is fresh.
 * Cost: at most n² / 2 distances (a pair is skipped when the core distances alone rule it out), memory O(n) and a copy
 * of the points. Deterministic: edges are ordered by (weight, distance, index). Exact: float32 distances only rule out.
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
  const state = createFrontier(points, n, dim, core);
  let current = 0;
  let sinceYield = 0;
  for (let edge = 0, left = n - 1; edge < n - 1; edge++, left--) {
    relax(state, current, left);
    const place = nearest(state, left);
    current = state.outside[place]!;
    state.outside[place] = state.outside[left - 1]!;
    tree.from[edge] = state.source[current]!;
    tree.to[edge] = current;
    tree.weight[edge] = state.weight[current]!;
    tree.distance[edge] = state.distance[current]!;
    sinceYield += left;
    if (sinceYield > STEP_DISTANCES) {
      sinceYield = 0;
      yield 1 - (left / n) ** 2;
    }
  }
  return tree;
}

interface Frontier {
  readonly points: Float32Array;
  readonly dim: number;
  readonly core: Float64Array;
  readonly block: DistanceBlock;
  /** 1 minus the relative error of the block's distances. */
  readonly shrink: number;
  /** The points not yet in the tree come first. */
  readonly outside: Int32Array;
  readonly weight: Float64Array;
  readonly distance: Float64Array;
  readonly source: Int32Array;
}

function createFrontier(
  points: Float32Array,
  n: number,
  dim: number,
  core: Float64Array,
): Frontier {
  return {
    points,
    dim,
    core,
    block: createDistanceBlock(points, n, dim, 0, n),
    shrink: 1 - 2 * blockError(dim),
    outside: Int32Array.from({ length: Math.max(n - 1, 0) }, (_, i) => i + 1),
    weight: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    distance: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    source: new Int32Array(n),
  };
}

/** Offers the edges of `current` to every outside point that its core distance does not rule out. */
function relax(state: Frontier, current: number, left: number): void {
  const { core, block, shrink, outside, weight, distance, source } = state;
  const ownCore = core[current]!;
  let asked = 0;
  for (let place = 0; place < left; place++) {
    const point = outside[place]!;
    const w = weight[point]!;
    // It coincides with a point in the tree that it is already linked to: nothing can be nearer.
    if (w === 0 && distance[point] === 0 && source[point]! < current) continue;
    if (Math.max(ownCore, core[point]!) <= w) block.b[asked++] = point;
  }
  block.row(current, asked);
  for (let j = 0; j < asked; j++) {
    const point = block.b[j]!;
    const least = block.out[j]! * shrink - TINY;
    const w = weight[point]!;
    if (least > w) continue;
    const floor = Math.max(ownCore, core[point]!);
    if (floor === w && least > distance[point]!) continue;
    offer(state, current, point, floor);
  }
}

function offer(state: Frontier, current: number, point: number, floor: number): void {
  const { points, dim, weight, distance, source } = state;
  const d = squaredEuclidean(points, current, points, point, dim);
  const offered = Math.max(floor, d);
  const w = weight[point]!;
  if (offered > w) return;
  if (offered === w && !isNearer(d, current, distance[point]!, source[point]!)) return;
  weight[point] = offered;
  distance[point] = d;
  source[point] = current;
}

/** Place in `outside` of the next point. */
function nearest({ outside, weight, distance }: Frontier, left: number): number {
  let best = 0;
  for (let place = 1; place < left; place++) {
    const point = outside[place]!;
    const bestPoint = outside[best]!;
    const w = weight[point]!;
    if (w > weight[bestPoint]!) continue;
    if (
      w < weight[bestPoint]! ||
      isNearer(distance[point]!, point, distance[bestPoint]!, bestPoint)
    )
      best = place;
  }
  return best;
}

function isNearer(distance: number, index: number, than: number, thanIndex: number): boolean {
  return distance < than || (distance === than && index < thanIndex);
}
