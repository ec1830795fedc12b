import {
  type KernelPool,
  type Neighbors,
  nearestNeighbors,
  nearestNeighborsOnPool,
  type StepOptions,
} from '../numeric/numeric.ts';
import { type DistinctRows, distinctRows } from './distinct-rows.ts';
import type { GroupInput } from './group-input.ts';
import { gather } from './rows.ts';

/** Up to this size, clustering and map each search exactly, in less than a second. */
const SHARED_ABOVE = 10_000;
/** Enough for a good HDBSCAN tree; the map uses the first 14. */
const NEIGHBORS = 20;

/** The different vectors of some rows, and the neighbors of each. */
export interface NeighborGraph {
  readonly distinct: DistinctRows;
  readonly neighbors: Neighbors;
}

/** Searches neighbors once for both clustering and map; null for up to 10,000 rows. */
export async function neighborGraph(
  input: GroupInput,
  rows: readonly number[],
  seed: number,
  pool: KernelPool | undefined,
  steps: StepOptions,
): Promise<NeighborGraph | null> {
  if (rows.length <= SHARED_ABOVE) return null;
  const distinct = distinctRows(input, rows);
  const points = gather(input, distinct.rows);
  const options = { dimensions: input.dimensions, k: NEIGHBORS, seed, ...steps };
  const neighbors =
    pool !== undefined && distinct.rows.length > SHARED_ABOVE
      ? await nearestNeighborsOnPool(points, options, pool)
      : nearestNeighbors(points, options);
  return { distinct, neighbors };
}

/**
 * Expands the graph of the different vectors to all rows: the first `samples` neighbors of a row are
 * its nearest rows, duplicates included, as core distances require; the rest are one row of each next different
 * vector, so that the tree reaches beyond the duplicates. Duplicates are linked through the first of them.
 */
export function withRepetitions(
  { distinct, neighbors }: NeighborGraph,
  samples: number,
): Neighbors {
  const { places } = distinct;
  const copies: number[][] = distinct.rows.map(() => []);
  for (const [row, place] of places.entries()) copies[place]!.push(row);
  const k = Math.max(neighbors.k, samples);
  const indices = new Int32Array(places.length * k);
  const distances = new Float32Array(places.length * k);
  for (const [row, place] of places.entries()) {
    let at = 0;
    const take = (from: readonly number[], most: number, distance: number): void => {
      for (let index = 0, taken = 0; index < from.length && taken < most && at < k; index += 1) {
        if (from[index] === row) continue;
        indices[row * k + at] = from[index]!;
        distances[row * k + at] = distance;
        at += 1;
        taken += 1;
      }
    };
    take(copies[place]!, samples, 0);
    for (let near = place * neighbors.k; near < (place + 1) * neighbors.k && at < k; near += 1)
      take(
        copies[neighbors.indices[near]!]!,
        Math.max(1, samples - at),
        neighbors.distances[near]!,
      );
  }
  return { k, indices, distances };
}
