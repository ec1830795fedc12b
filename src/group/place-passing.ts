import type { Projection } from '../contract/grouping.ts';
import { umapTransform } from '../numeric/numeric.ts';
import type { NeighborGraph } from './neighbor-graph.ts';

export interface PlaceOptions {
  readonly projection: Projection;
  readonly dimensions: number;
  readonly seed: number;
  /** Of the points of the map. */
  readonly graph: NeighborGraph | null;
}

const NEIGHBORS = 15;
/** As the map is drawn. */
export const MIN_DISTANCE = 0.15;
/** Points of a t-SNE map that new ones are compared with, evenly spaced. */
const COMPARED = 5_000;

/**
 * Places passing traces on a finished map, which they do not change: with UMAP by its transform, on a t-SNE map at the
 * weighted mean of their nearest points (Poličar, Stražar and Zupan 2019). NaN for those without a vector.
 */
export function placePassing(
  passing: Float32Array,
  points: Float32Array,
  layout: Float32Array,
  options: PlaceOptions,
): Float32Array {
  const { dimensions } = options;
  const count = passing.length / Math.max(1, dimensions);
  const placed = new Float32Array(2 * count).fill(Number.NaN);
  const rows = Array.from({ length: count }, (_, row) => row).filter((row) =>
    passing.subarray(row * dimensions, (row + 1) * dimensions).some((value) => value !== 0),
  );
  const fresh = new Float32Array(rows.length * dimensions);
  for (const [index, row] of rows.entries())
    fresh.set(passing.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions);
  const found =
    options.projection === 'umap'
      ? transformed(fresh, points, layout, options)
      : amongNearest(fresh, points, layout, dimensions);
  for (const [index, row] of rows.entries())
    placed.set(found.subarray(2 * index, 2 * index + 2), 2 * row);
  return placed;
}

const transformed = (
  fresh: Float32Array,
  points: Float32Array,
  map: Float32Array,
  { dimensions, seed, graph }: PlaceOptions,
): Float32Array =>
  umapTransform(fresh, {
    dimensions,
    points,
    map,
    seed,
    neighbors: NEIGHBORS,
    minDistance: MIN_DISTANCE,
    ...(graph && { graph: graph.neighbors }),
  });

function amongNearest(
  fresh: Float32Array,
  points: Float32Array,
  layout: Float32Array,
  dimensions: number,
): Float32Array {
  const total = points.length / dimensions;
  const step = Math.max(1, Math.ceil(total / COMPARED));
  const compared = Array.from({ length: Math.ceil(total / step) }, (_, index) => index * step);
  const placed = new Float32Array((2 * fresh.length) / dimensions);
  for (let row = 0; row < fresh.length / dimensions; row += 1) {
    const nearest = compared
      .map((point) => ({ point, similarity: dot(fresh, row, points, point, dimensions) }))
      .sort((a, b) => b.similarity - a.similarity || a.point - b.point)
      .slice(0, NEIGHBORS)
      .map(({ point, similarity }) => ({ point, weight: Math.exp(SHARPNESS * similarity) }));
    const whole = nearest.reduce((sum, { weight }) => sum + weight, 0);
    for (const { point, weight } of nearest) {
      placed[2 * row]! += (weight / whole) * layout[2 * point]!;
      placed[2 * row + 1]! += (weight / whole) * layout[2 * point + 1]!;
    }
  }
  return placed;
}

/** The nearest of several groups decides. */
const SHARPNESS = 20;

function dot(
  fresh: Float32Array,
  row: number,
  points: Float32Array,
  point: number,
  dimensions: number,
): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d += 1)
    sum += fresh[row * dimensions + d]! * points[point * dimensions + d]!;
  return sum;
}
