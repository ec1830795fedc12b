import { type KernelPool, umap, umapOnPool } from '../numeric/numeric.ts';
import { distinctRows } from './distinct-rows.ts';
import type { GroupInput } from './group-input.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { gather } from './rows.ts';

const DIMENSIONS = 5;
const NEIGHBORS = 15;
const EPOCHS = 200;
/** Fewer different vectors have no neighborhoods to preserve. */
const FEWEST = 8;
/** More would take longer than the rest of the run. */
const MOST = 100_000;

/**
 * Reduces rows to five dimensions (UMAP, equal vectors in one place), where density can be measured: in hundreds of
 * dimensions all distances are nearly equal and most rows count as noise. Other rows are 0. Null for
 * fewer than 8 different vectors or more than 100,000. `graph` belongs to the rows.
 */
export async function reduceDimensions(
  input: GroupInput,
  rows: readonly number[],
  seed: number,
  graph: NeighborGraph | null,
  pool: KernelPool | undefined,
): Promise<GroupInput | null> {
  const distinct = graph?.distinct ?? distinctRows(input, rows);
  if (distinct.rows.length < FEWEST || distinct.rows.length > MOST) return null;
  const points = gather(input, distinct.rows);
  const options = {
    dimensions: input.dimensions,
    components: DIMENSIONS,
    neighbors: Math.min(NEIGHBORS, distinct.rows.length - 1),
    minDistance: 0,
    epochs: EPOCHS,
    seed,
    ...(graph && { graph: graph.neighbors }),
  };
  const layout =
    graph !== null && pool !== undefined
      ? await umapOnPool(points, options, pool)
      : umap(points, options);
  const n = input.vectors.length / input.dimensions;
  const vectors = new Float32Array(n * DIMENSIONS);
  for (const [index, row] of rows.entries()) {
    const from = distinct.places[index]! * DIMENSIONS;
    vectors.set(layout.subarray(from, from + DIMENSIONS), row * DIMENSIONS);
  }
  return { vectors, dimensions: DIMENSIONS, causes: input.causes };
}
