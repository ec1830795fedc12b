import { createDisjointSet, findRoot } from '../array/disjoint-set.ts';
import type { NeighborHeap } from '../array/neighbor-heap.ts';
import type { Steps } from '../steps.ts';
import type { SpanningTree } from './spanning-tree.ts';

/** The edges found so far and the component (root) of every point. */
export interface Forest {
  readonly tree: SpanningTree;
  edges: number;
  readonly parent: Int32Array;
}

/**
 * Minimum spanning forest of a neighbor graph under mutual reachability: in each round every component takes its least
 * edge, ordered by (weight, distance, ends), so that ties cannot close a cycle.
 *
 * Shapes: `knn` n × k, sorted, squared distances; `core` n squared core distances; `tree` is filled from `edges` on.
 * Cost: n × k a round, at most log2(n) rounds. Deterministic. Origin: Borůvka 1926.
 * The result is one tree only if the graph is connected; join.ts connects the rest.
 */
export function* boruvkaSteps(
  knn: NeighborHeap,
  core: Float64Array,
  tree: SpanningTree,
): Steps<Forest> {
  const { n } = knn;
  const forest: Forest = { tree, edges: 0, parent: createDisjointSet(n) };
  const best = new Int32Array(n);
  const component = new Int32Array(n);
  const isInner = new Uint8Array(n);
  let progress = 0;
  for (;;) {
    best.fill(-1);
    for (let i = 0; i < n; i++) component[i] = findRoot(forest.parent, i);
    findLeastEdges(knn, core, component, isInner, best);
    const before = forest.edges;
    for (let component = 0; component < n; component++)
      if (best[component]! >= 0) takeEdge(knn, core, forest, best[component]!);
    if (forest.edges === before) return forest;
    progress += (1 - progress) / 2;
    yield progress;
  }
}

/** `best` of each root: place in the graph of the least edge that leaves its component, in either direction. */
function findLeastEdges(
  knn: NeighborHeap,
  core: Float64Array,
  component: Int32Array,
  isInner: Uint8Array,
  best: Int32Array,
): void {
  const { n, k, indices } = knn;
  for (let i = 0; i < n; i++) {
    if (isInner[i]) continue;
    const own = component[i]!;
    isInner[i] = 1;
    for (let place = i * k; place < (i + 1) * k; place++) {
      const j = indices[place]!;
      if (j < 0) break;
      const other = component[j]!;
      if (other === own) continue;
      isInner[i] = 0;
      if (best[own]! < 0 || isLess(knn, core, place, best[own]!)) best[own] = place;
      if (best[other]! < 0 || isLess(knn, core, place, best[other]!)) best[other] = place;
    }
  }
}

function isLess(knn: NeighborHeap, core: Float64Array, a: number, b: number): boolean {
  const fromA = Math.floor(a / knn.k);
  const fromB = Math.floor(b / knn.k);
  const toA = knn.indices[a]!;
  const toB = knn.indices[b]!;
  const weightA = Math.max(core[fromA]!, core[toA]!, knn.distances[a]!);
  const weightB = Math.max(core[fromB]!, core[toB]!, knn.distances[b]!);
  if (weightA !== weightB) return weightA < weightB;
  if (knn.distances[a] !== knn.distances[b]) return knn.distances[a]! < knn.distances[b]!;
  const lowA = Math.min(fromA, toA);
  const lowB = Math.min(fromB, toB);
  if (lowA !== lowB) return lowA < lowB;
  return Math.max(fromA, toA) < Math.max(fromB, toB);
}

function takeEdge(knn: NeighborHeap, core: Float64Array, forest: Forest, place: number): void {
  const from = Math.floor(place / knn.k);
  const to = knn.indices[place]!;
  const distance = knn.distances[place]!;
  addEdge(forest, from, to, Math.max(core[from]!, core[to]!, distance), distance);
}

/** Adds the edge unless its ends are connected already. */
export function addEdge(
  forest: Forest,
  from: number,
  to: number,
  weight: number,
  distance: number,
): void {
  const a = findRoot(forest.parent, from);
  const b = findRoot(forest.parent, to);
  if (a === b) return;
  forest.parent[Math.max(a, b)] = Math.min(a, b);
  const { tree, edges } = forest;
  tree.from[edges] = from;
  tree.to[edges] = to;
  tree.weight[edges] = weight;
  tree.distance[edges] = distance;
  forest.edges = edges + 1;
}
