import { createDisjointSet, findRoot } from '../array/disjoint-set.ts';
import type { Neighbors } from '../knn/neighbors.ts';
import type { DistanceBlock } from '../wasm/distance-block.ts';

export interface GraphSearch {
  /** Points to compare a row with first. */
  readonly entries: Uint32Array;
  /** How many of the nearest entries a search starts from. */
  readonly starts: number;
  /** About the k nearest known points of a row, from its nearest entries; reused by the next call. */
  readonly from: (row: number, starts: Int32Array) => Int32Array;
}

/**
 * A search for the k nearest of rows 0 … n − 1 along their neighbor graph, best first with a pool of 32 + 2 k (`ef` of Malkov and
 * Yashunin); links are followed both ways. Graphs of real texts fall into many small groups, so every eighth point of each part is
 * an entry; with one in a hundred, recall was only 0.70.
 *
 * The block holds the rows and `rowCapacity` n. Memory 3 n · graph.k words. Deterministic.
 */
export function openGraphSearch(
  block: DistanceBlock,
  graph: Neighbors,
  n: number,
  k: number,
): GraphSearch {
  const links = bothWays(graph, n);
  const size = POOL + 2 * k;
  const ids = new Int32Array(size + 1);
  const distances = new Float32Array(size + 1);
  const isExpanded = new Uint8Array(size + 1);
  const visitedBy = new Int32Array(n).fill(-1);
  const from = (row: number, starts: Int32Array): Int32Array => {
    let filled = 0;
    let next = 0;
    const offer = (count: number): void => {
      block.row(row, count);
      for (let at = 0; at < count; at++) {
        const distance = block.out[at]!;
        const id = block.b[at]!;
        if (filled === size && distance >= distances[size - 1]!) continue;
        let place = filled;
        while (place > 0 && isNearer(distance, id, distances[place - 1]!, ids[place - 1]!)) place--;
        ids.copyWithin(place + 1, place, filled);
        distances.copyWithin(place + 1, place, filled);
        isExpanded.copyWithin(place + 1, place, filled);
        ids[place] = id;
        distances[place] = distance;
        isExpanded[place] = 0;
        if (filled < size) filled++;
        if (place < next) next = place;
      }
    };
    for (const start of starts) visitedBy[start] = row;
    block.b.set(starts);
    offer(starts.length);
    while (next < filled) {
      if (isExpanded[next] === 1) {
        next++;
        continue;
      }
      isExpanded[next] = 1;
      const from = ids[next]! * links.width;
      let count = 0;
      for (let at = from; at < from + links.width; at++) {
        const other = links.indices[at]!;
        if (other < 0 || visitedBy[other] === row) continue;
        visitedBy[other] = row;
        block.b[count++] = other;
      }
      offer(count);
    }
    return ids.subarray(0, filled);
  };
  return { entries: entryPoints(graph, n), starts: size, from };
}

const isNearer = (distance: number, id: number, other: number, otherId: number): boolean =>
  distance < other || (distance === other && id < otherId);

/** Each point's neighbors, then the nearest of those that name it, 2 k a row; −1 for none. */
function bothWays({ k, indices }: Neighbors, n: number): { width: number; indices: Int32Array } {
  const width = 2 * k;
  const links = new Int32Array(n * width).fill(-1);
  const filled = new Int32Array(n).fill(k);
  for (let rank = 0; rank < k; rank++)
    for (let point = 0; point < n; point++) {
      const other = indices[point * k + rank]!;
      links[point * width + rank] = other;
      if (filled[other]! < width) links[other * width + filled[other]!++] = point;
    }
  return { width, indices: links };
}

function entryPoints({ k, indices }: Neighbors, n: number): Uint32Array {
  const parent = createDisjointSet(n);
  for (let at = 0; at < n * k; at++)
    parent[findRoot(parent, indices[at]!)] = findRoot(parent, Math.floor(at / k));
  const met = new Int32Array(n);
  return Uint32Array.from(met.keys()).filter((point) => {
    const part = findRoot(parent, point);
    met[part]! += 1;
    return met[part]! % EVERY === 1;
  });
}

const POOL = 32;
const EVERY = 8;
