import { type KernelPool, type StepOptions, umap, umapOnPool } from '../numeric/numeric.ts';
import { distinctRows } from './distinct-rows.ts';
import type { GroupInput } from './group-input.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { gather } from './rows.ts';

const NEIGHBORS = 15;
/** Enough for display; the 500 of the reference take three times as long. */
const EPOCHS = 200;

/**
 * Computes positions on the 2-D map in [-1, 1]: UMAP of the different vectors, equal ones in one place, rows
 * without a vector on the lower edge. `rows` are the rows with a vector; `graph` belongs to them.
 */
export async function mapOf(
  input: GroupInput,
  rows: readonly number[],
  seed: number,
  graph: NeighborGraph | null,
  pool: KernelPool | undefined,
  steps: StepOptions,
): Promise<Float32Array> {
  const n = input.vectors.length / Math.max(1, input.dimensions);
  const positions = new Float32Array(2 * n);
  const embedded = new Set(rows);
  const missing = Array.from({ length: n }, (_, row) => row).filter((row) => !embedded.has(row));
  for (const [place, row] of missing.entries()) {
    positions[2 * row] = missing.length === 1 ? 0 : (2 * place) / (missing.length - 1) - 1;
    positions[2 * row + 1] = -1;
  }
  if (rows.length === 0) return positions;
  const distinct = graph?.distinct ?? distinctRows(input, rows);
  const points = gather(input, distinct.rows);
  const options = {
    dimensions: input.dimensions,
    components: 2,
    neighbors: Math.max(2, Math.min(NEIGHBORS, distinct.rows.length - 1)),
    minDistance: 0.15,
    epochs: EPOCHS,
    seed,
    ...steps,
    ...(graph && { graph: graph.neighbors }),
  };
  const layout = scaled(
    graph !== null && pool !== undefined
      ? await umapOnPool(points, options, pool)
      : umap(points, options),
  );
  for (const [index, row] of rows.entries()) {
    const place = distinct.places[index]!;
    positions.set(layout.subarray(2 * place, 2 * place + 2), 2 * row);
  }
  return positions;
}

/**
 * Scales x and y equally so that all but the outermost 1% lie in [-0.9, 0.9]; UMAP outliers
 * stay at the border. Rounds to 4 digits to keep files small.
 */
function scaled(layout: Float32Array): Float32Array {
  const [left, right] = bulk(layout.filter((_, index) => index % 2 === 0));
  const [low, high] = bulk(layout.filter((_, index) => index % 2 === 1));
  const scale = 1.8 / Math.max(right - left, high - low, 1e-9);
  return layout.map((value, index) => {
    const middle = index % 2 === 0 ? (left + right) / 2 : (low + high) / 2;
    const place = Math.max(-1, Math.min(1, (value - middle) * scale));
    return Math.round(place * 1e4) / 1e4;
  });
}

/** The range without its outermost 1% on either side. */
function bulk(values: Float32Array): [number, number] {
  const sorted = values.toSorted();
  const outside = Math.floor(sorted.length / 100);
  return [sorted[outside] ?? 0, sorted[sorted.length - 1 - outside] ?? 0];
}
