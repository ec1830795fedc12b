import { findRoot } from '../array/disjoint-set.ts';
import type { NeighborHeap } from '../array/neighbor-heap.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import type { Steps } from '../steps.ts';
import { openFinder, type PairFinder, scaled } from '../wasm/pair-finder.ts';
import { placeForSearch } from '../wasm/search-points.ts';
import { addEdge, type Forest } from './boruvka.ts';

/** Number of points that represent the components, distributed by size; each component has at least one. */
const DELEGATES = 6000;
const DISTANCES_PER_STEP = 2_000_000;
/** Delegates on a side of a block of distances. */
const BLOCK = 256;

/**
 * Joins the components of a forest into one tree: Prim over delegates of the components (the densest points of each), then
 * each joining edge is shortened by moving both of its ends along the neighbor graph.
 *
 * Cost: at most max(DELEGATES, components)² / 2 distances. Deterministic. Approximate: a joining edge is at least as long as the
 * true one; it affects the density at which distant groups merge, but not their members. Our own method.
 */
export function* joinSteps(
  points: Float32Array,
  dim: number,
  knn: NeighborHeap,
  core: Float64Array,
  forest: Forest,
): Steps<void> {
  const { component, members } = componentsOf(forest.parent);
  if (members.length < 2) return;
  const delegates = chooseDelegates(members, core, knn.n);
  const gathered = gatherDelegates(points, dim, component, core, delegates);
  for (const [from, to] of yield* meet(gathered)) {
    const edge = tighten(points, dim, knn, core, component, delegates[from]!, delegates[to]!);
    addEdge(forest, edge.from, edge.to, edge.weight, edge.distance);
  }
}

interface Components {
  /** The component number of each point, in order of first appearance. */
  readonly component: Int32Array;
  readonly members: readonly number[][];
}

function componentsOf(parent: Int32Array): Components {
  const numberOf = new Map<number, number>();
  const component = new Int32Array(parent.length);
  const members: number[][] = [];
  for (let i = 0; i < parent.length; i++) {
    const root = findRoot(parent, i);
    let number = numberOf.get(root);
    if (number === undefined) {
      number = members.length;
      numberOf.set(root, number);
      members.push([]);
    }
    component[i] = number;
    members[number]!.push(i);
  }
  return { component, members };
}

/** Every s-th member of each component by rising core distance, so that the densest is always among them. */
function chooseDelegates(members: readonly number[][], core: Float64Array, n: number): Int32Array {
  return Int32Array.from(
    members.flatMap((points) => {
      const wanted = Math.max(1, Math.floor((points.length / n) * DELEGATES));
      const byDensity = points.toSorted((a, b) => core[a]! - core[b]! || a - b);
      const stride = points.length / wanted;
      return Array.from({ length: wanted }, (_, i) => byDensity[Math.floor(i * stride)]!);
    }),
  );
}

/** The delegates, numbered from 0. */
interface Delegates {
  readonly component: Int32Array;
  /** In the finder's unit. */
  readonly core: Float32Array;
  readonly finder: PairFinder;
}

function gatherDelegates(
  points: Float32Array,
  dim: number,
  component: Int32Array,
  core: Float64Array,
  delegates: Int32Array,
): Delegates {
  const placed = placeForSearch(points, delegates.length, dim, BLOCK, 0, 1, false, delegates);
  return {
    component: delegates.map((point) => component[point]!),
    core: Float32Array.from(delegates, (point) => scaled(placed, core[point]!)),
    finder: openFinder(placed, 0),
  };
}

/** Prim over components by their delegates' mutual reachability, rounded. */
function* meet(delegates: Delegates): Steps<(readonly [from: number, to: number])[]> {
  const { component } = delegates;
  const edges: (readonly [from: number, to: number])[] = [];
  const all = Int32Array.from(component.keys());
  const frontier = {
    outside: all.slice(),
    weight: new Float32Array(all.length).fill(Number.POSITIVE_INFINITY),
    source: new Int32Array(all.length),
    left: all.length,
  };
  const { outside, weight, source } = frontier;
  let joined = component[0]!;
  let sinceYield = 0;
  for (;;) {
    const fresh = all.filter((point) => component[point] === joined);
    frontier.left = keepOutside(frontier, component, joined);
    const { left } = frontier;
    if (left === 0) return edges;
    for (let start = 0; start < fresh.length; start += BLOCK) {
      const some = fresh.subarray(start, start + BLOCK);
      offer(delegates, frontier, some);
      sinceYield += left * some.length;
      if (sinceYield < DISTANCES_PER_STEP) continue;
      sinceYield = 0;
      yield 1 - (left / all.length) ** 2;
    }
    let next = 0;
    for (let j = 1; j < left; j++) if (weight[j]! < weight[next]!) next = j;
    edges.push([source[next]!, outside[next]!]);
    joined = component[outside[next]!]!;
  }
}

/** The delegates of components not yet joined, in the first `left` places, each with its best edge to a joined one. */
interface Frontier {
  readonly outside: Int32Array;
  readonly weight: Float32Array;
  readonly source: Int32Array;
  left: number;
}

/** Offers edges from at most BLOCK joined delegates to all outside. */
function offer(
  { core, finder }: Delegates,
  { outside, weight, source, left }: Frontier,
  fresh: Int32Array,
): void {
  const { a, aBounds, b, bBounds, pairs, distances } = finder;
  a.set(fresh);
  aBounds.fill(-1, 0, fresh.length);
  for (let start = 0; start < left; start += BLOCK) {
    const end = Math.min(start + BLOCK, left);
    b.set(outside.subarray(start, end));
    bBounds.set(weight.subarray(start, end));
    const found = finder.find(fresh.length, end - start, false);
    for (let at = 0; at < found; at++) {
      const from = fresh[pairs[at]! >>> 16]!;
      const place = start + (pairs[at]! & 0xffff);
      const offered = Math.max(core[from]!, core[outside[place]!]!, distances[at]!);
      if (offered >= weight[place]!) continue;
      weight[place] = offered;
      source[place] = from;
    }
  }
}

/** Drops the delegates of a component from the first `left` places; returns how many remain. */
function keepOutside(
  { outside, weight, source, left }: Frontier,
  component: Int32Array,
  joined: number,
): number {
  let kept = 0;
  for (let j = 0; j < left; j++) {
    if (component[outside[j]!] === joined) continue;
    outside[kept] = outside[j]!;
    weight[kept] = weight[j]!;
    source[kept] = source[j]!;
    kept++;
  }
  return kept;
}

interface JoinEdge {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly distance: number;
}

/** Moves either end to a graph neighbor in its component as long as (weight, distance) decreases. */
function tighten(
  points: Float32Array,
  dim: number,
  knn: NeighborHeap,
  core: Float64Array,
  component: Int32Array,
  from: number,
  to: number,
): JoinEdge {
  let edge = measure(points, dim, core, from, to);
  for (;;) {
    const left = step(points, dim, knn, core, component, edge.from, edge.to, edge);
    const right = step(points, dim, knn, core, component, left.to, left.from, left);
    if (right.weight === edge.weight && right.distance === edge.distance) return edge;
    edge = right;
  }
}

function step(
  points: Float32Array,
  dim: number,
  knn: NeighborHeap,
  core: Float64Array,
  component: Int32Array,
  moving: number,
  fixed: number,
  edge: JoinEdge,
): JoinEdge {
  let best = edge;
  for (let place = moving * knn.k; place < (moving + 1) * knn.k; place++) {
    const candidate = knn.indices[place]!;
    if (candidate < 0) break;
    if (component[candidate] !== component[moving]) continue;
    const offered = measure(points, dim, core, candidate, fixed);
    const isLighter =
      offered.weight < best.weight ||
      (offered.weight === best.weight && offered.distance < best.distance);
    if (isLighter) best = offered;
  }
  return best;
}

function measure(
  points: Float32Array,
  dim: number,
  core: Float64Array,
  from: number,
  to: number,
): JoinEdge {
  const distance = squaredEuclidean(points, from, points, to, dim);
  return { from, to, distance, weight: Math.max(core[from]!, core[to]!, distance) };
}
