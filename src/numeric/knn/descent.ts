import {
  createNeighborHeap,
  type NeighborHeap,
  pushNeighbor,
  sortNeighborHeap,
} from '../array/neighbor-heap.ts';
import { createSortedRows, insertSorted, type SortedRows } from '../array/sorted-rows.ts';
import { squaredEuclidean } from '../distance/squared-euclidean.ts';
import { nextBelow, type RandomState, seedRandom } from '../random/random.ts';
import type { Steps } from '../steps.ts';
import { createDistanceBlock, type DistanceBlock } from '../wasm/distance-block.ts';
import { searchRow } from './exact.ts';
import { type Leaves, plantTree } from './rp-tree.ts';

const TREES = 8;
const LEAF = 64;
const CANDIDATES = 20;
/** Neighbours carried beyond k: at k = 15 on 20,000 texts × 256 they raise recall from 0.955 to 0.972 for a tenth more time. */
const SPARE = 5;
const MOST_ROUNDS = 10;
/** A round that changes fewer than this share of the graph's entries is the last. */
const ENOUGH = 0.002;
const POINTS_PER_STEP = 2048;

/** Shares of the time at 100,000 × 256. */
const TREE_SHARE = 0.35;

/**
 * Approximate k nearest other points by nearest-neighbour descent: the neighbours of my neighbours are tried for each
 * other until little changes, starting from the leaves of random projection trees.
 *
 * Shapes as `exactNeighborSteps`; the distances kept are measured again in double precision. Cost: about n^1.1, memory
 * n × (k × 21 + 200) bytes and a copy of the points. Deterministic for a seed. Precondition: 0 < k < n.
 * Origin: Dong, Moses, Li 2011; pynndescent 0.7 (trees, candidates by reservoir). Deviations: splits between two points,
 * float32 distances in blocks.
 */
export function* descentSteps(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  seed: number,
): Steps<NeighborHeap> {
  const leafSize = Math.max(LEAF, k + SPARE + 1);
  const block = createDistanceBlock(points, n, dim, Math.max(leafSize, 2 * CANDIDATES), n);
  const graph = createSortedRows(n, Math.min(k + SPARE, n - 1));
  let order: Int32Array | undefined;
  for (let tree = 0; tree < TREES; tree++) {
    const leaves = plantTree(n, leafSize, block, seedRandom(seed, tree));
    order ??= leaves.order;
    joinLeaves(graph, block, leaves);
    yield (TREE_SHARE * (tree + 1)) / TREES;
  }
  const lists = createCandidates(n);
  const random = seedRandom(seed, TREES);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    gatherCandidates(graph, lists, random);
    let changes = 0;
    for (let from = 0; from < n; from += POINTS_PER_STEP) {
      const to = Math.min(from + POINTS_PER_STEP, n);
      for (let i = from; i < to; i++) changes += localJoin(graph, block, lists, order![i]!);
      yield TREE_SHARE + ((0.99 - TREE_SHARE) * (round + to / n)) / MOST_ROUNDS;
    }
    if (changes < ENOUGH * n * graph.k) break;
  }
  return measureAgain(points, n, dim, k, graph);
}

function joinLeaves(graph: SortedRows, block: DistanceBlock, { order, starts }: Leaves): void {
  for (let leaf = 0; leaf + 1 < starts.length; leaf++) {
    const start = starts[leaf]!;
    const count = starts[leaf + 1]! - start;
    for (let i = 0; i < count; i++) {
      block.a[i] = order[start + i]!;
      block.b[i] = order[start + i]!;
    }
    const width = block.block(count, count, true);
    for (let i = 0; i < count; i++)
      for (let j = i + 1; j < count; j++)
        offer(graph, block.a[i]!, block.b[j]!, block.out[i * width + j]!);
  }
}

/** Up to CANDIDATES fresh and as many known neighbours of every point, in both directions of the edges. */
interface Candidates {
  readonly fresh: Int32Array;
  readonly known: Int32Array;
  /** How many were offered; the list holds the first min(offered, CANDIDATES) places. */
  readonly freshOffered: Int32Array;
  readonly knownOffered: Int32Array;
}

function createCandidates(n: number): Candidates {
  return {
    fresh: new Int32Array(n * CANDIDATES),
    known: new Int32Array(n * CANDIDATES),
    freshOffered: new Int32Array(n),
    knownOffered: new Int32Array(n),
  };
}

function gatherCandidates(graph: SortedRows, lists: Candidates, random: RandomState): void {
  const { n, k, indices, isFresh } = graph;
  lists.freshOffered.fill(0);
  lists.knownOffered.fill(0);
  for (let i = 0; i < n; i++)
    for (let at = i * k; at < (i + 1) * k; at++) {
      const j = indices[at]!;
      if (j < 0) break;
      const list = isFresh[at] ? lists.fresh : lists.known;
      const offered = isFresh[at] ? lists.freshOffered : lists.knownOffered;
      keepByReservoir(list, offered, i, j, random);
      keepByReservoir(list, offered, j, i, random);
    }
  for (let i = 0; i < n; i++) {
    const start = i * CANDIDATES;
    const kept = lists.fresh.subarray(start, start + Math.min(lists.freshOffered[i]!, CANDIDATES));
    for (let at = i * k; at < (i + 1) * k; at++)
      if (isFresh[at] && kept.includes(indices[at]!)) isFresh[at] = 0;
  }
}

function keepByReservoir(
  list: Int32Array,
  offered: Int32Array,
  row: number,
  candidate: number,
  random: RandomState,
): void {
  const count = offered[row]!;
  offered[row] = count + 1;
  const place = count < CANDIDATES ? count : nextBelow(random, count + 1);
  if (place < CANDIDATES) list[row * CANDIDATES + place] = candidate;
}

/** Tries the fresh candidates of a point for each other and for its known ones; returns the changes to the graph. */
function localJoin(
  graph: SortedRows,
  block: DistanceBlock,
  lists: Candidates,
  point: number,
): number {
  const fresh = Math.min(lists.freshOffered[point]!, CANDIDATES);
  if (fresh === 0) return 0;
  const known = Math.min(lists.knownOffered[point]!, CANDIDATES);
  const start = point * CANDIDATES;
  for (let i = 0; i < fresh; i++) {
    block.a[i] = lists.fresh[start + i]!;
    block.b[i] = lists.fresh[start + i]!;
  }
  for (let i = 0; i < known; i++) block.b[fresh + i] = lists.known[start + i]!;
  const count = fresh + known;
  const width = block.block(fresh, count, true);
  let changes = 0;
  for (let i = 0; i < fresh; i++)
    for (let j = i + 1; j < count; j++)
      changes += offer(graph, block.a[i]!, block.b[j]!, block.out[i * width + j]!);
  return changes;
}

function offer(graph: SortedRows, a: number, b: number, distance: number): number {
  if (a === b) return 0;
  const { k, distances } = graph;
  let changes = 0;
  if (distance < distances[a * k + k - 1]! && insertSorted(graph, a, b, distance)) changes++;
  if (distance < distances[b * k + k - 1]! && insertSorted(graph, b, a, distance)) changes++;
  return changes;
}

function measureAgain(
  points: Float32Array,
  n: number,
  dim: number,
  k: number,
  graph: SortedRows,
): NeighborHeap {
  const heap = createNeighborHeap(n, k);
  for (let row = 0; row < n; row++) {
    const found = graph.indices.subarray(row * graph.k, (row + 1) * graph.k);
    if (found[k - 1]! < 0) {
      searchRow(points, n, dim, heap, row);
      continue;
    }
    for (const other of found)
      if (other >= 0)
        pushNeighbor(heap, row, other, squaredEuclidean(points, row, points, other, dim));
  }
  sortNeighborHeap(heap);
  return heap;
}
