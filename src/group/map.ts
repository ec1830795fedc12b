import type { Grouping } from '../contract/grouping.ts';
import {
  type KernelPool,
  type StepOptions,
  tsne,
  tsneOnPool,
  umap,
  umapOnPool,
} from '../numeric/numeric.ts';
import { distinctRows } from './distinct-rows.ts';
import type { GroupInput, GroupOptions } from './group-input.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { MIN_DISTANCE, placePassing } from './place-passing.ts';
import { gather } from './rows.ts';

const NEIGHBORS = 15;
/** Enough for display; the 500 of the reference take three times as long. */
const EPOCHS = 200;

type Positions = Pick<Grouping, 'positions' | 'passingPositions'>;
type MapOptions = Pick<GroupOptions, 'projection' | 'seed'>;

/**
 * Computes positions on the 2-D map in [-1, 1]: UMAP or t-SNE of the different vectors, equal ones in one place, rows
 * without a vector on the lower edge. Passing traces are placed among them. `rows` are the rows with a vector; `graph`
 * belongs to them.
 */
export async function mapOf(
  input: GroupInput,
  rows: readonly number[],
  options: MapOptions,
  graph: NeighborGraph | null,
  pool: KernelPool | undefined,
  steps: StepOptions,
): Promise<Positions> {
  const n = input.vectors.length / Math.max(1, input.dimensions);
  const positions = new Float32Array(2 * n);
  const embedded = new Set(rows);
  const missing = Array.from({ length: n }, (_, row) => row).filter((row) => !embedded.has(row));
  for (const [place, row] of missing.entries()) {
    positions[2 * row] = missing.length === 1 ? 0 : (2 * place) / (missing.length - 1) - 1;
    positions[2 * row + 1] = -1;
  }
  const { passing = new Float32Array(0), dimensions } = input;
  const nowhere = new Float32Array((2 * passing.length) / Math.max(1, dimensions)).fill(Number.NaN);
  if (rows.length === 0) return { positions, passingPositions: nowhere };
  const distinct = graph?.distinct ?? distinctRows(input, rows);
  const points = gather(input, distinct.rows);
  const layout = await project(points, dimensions, options, graph, pool, steps);
  const scale = scaleOf(layout);
  const scaled = layout.map(scale);
  for (const [index, row] of rows.entries()) {
    const place = distinct.places[index]!;
    positions.set(scaled.subarray(2 * place, 2 * place + 2), 2 * row);
  }
  const placed = placePassing(passing, points, layout, { ...options, dimensions, graph });
  return { positions, passingPositions: placed.map(scale) };
}

function project(
  points: Float32Array,
  dimensions: number,
  { projection, seed }: MapOptions,
  graph: NeighborGraph | null,
  pool: KernelPool | undefined,
  steps: StepOptions,
): Float32Array | Promise<Float32Array> {
  const threads = graph === null ? undefined : pool;
  const shared = { dimensions, seed, ...steps };
  if (projection === 'tsne') {
    return threads === undefined
      ? tsne(points, shared).map
      : tsneOnPool(points, shared, threads).then(({ map }) => map);
  }
  const count = points.length / dimensions;
  const options = {
    ...shared,
    components: 2,
    neighbors: Math.max(2, Math.min(NEIGHBORS, count - 1)),
    minDistance: MIN_DISTANCE,
    epochs: EPOCHS,
    ...(graph && { graph: graph.neighbors }),
  };
  return threads === undefined ? umap(points, options) : umapOnPool(points, options, threads);
}

/**
 * How to scale x and y, equally, so that all but the outermost 1% lie in [-0.9, 0.9]; outliers
 * stay at the border. Rounds to 4 digits to keep files small.
 */
function scaleOf(layout: Float32Array): (value: number, index: number) => number {
  const [left, right] = bulk(layout.filter((_, index) => index % 2 === 0));
  const [low, high] = bulk(layout.filter((_, index) => index % 2 === 1));
  const scale = 1.8 / Math.max(right - left, high - low, 1e-9);
  return (value, index) => {
    const middle = index % 2 === 0 ? (left + right) / 2 : (low + high) / 2;
    const place = Math.max(-1, Math.min(1, (value - middle) * scale));
    return Math.round(place * 1e4) / 1e4;
  };
}

/** The range without its outermost 1% on either side. */
function bulk(values: Float32Array): [number, number] {
  const sorted = values.toSorted();
  const outside = Math.floor(sorted.length / 100);
  return [sorted[outside] ?? 0, sorted[sorted.length - 1 - outside] ?? 0];
}
