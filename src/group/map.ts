import { umap } from '../numeric/numeric.ts';
import type { GroupInput } from './group-input.ts';
import { gather, partitionRows } from './partition.ts';

const NEIGHBORS = 15;
/** A map for the eye is settled by then; the reference's 500 take three times as long. */
const EPOCHS = 200;

/** Positions on the 2-D map in [-1, 1], UMAP of the rows that have a vector; the others lie on the lower edge. */
export function mapOf(input: GroupInput, seed: number): Float32Array {
  const n = input.vectors.length / Math.max(1, input.dimensions);
  const rows = partitionRows({ ...input, partitions: null }, n).flatMap(
    (partition) => partition.rows,
  );
  const positions = new Float32Array(2 * n);
  const placed = new Set(rows);
  const missing = Array.from({ length: n }, (_, row) => row).filter((row) => !placed.has(row));
  for (const [place, row] of missing.entries()) {
    positions[2 * row] = missing.length === 1 ? 0 : (2 * place) / (missing.length - 1) - 1;
    positions[2 * row + 1] = -1;
  }
  if (rows.length === 0) return positions;
  const layout = scaled(
    umap(gather(input, rows), {
      dimensions: input.dimensions,
      components: 2,
      neighbors: Math.max(2, Math.min(NEIGHBORS, rows.length - 1)),
      minDistance: 0.15,
      epochs: EPOCHS,
      seed,
    }),
  );
  for (const [place, row] of rows.entries())
    positions.set(layout.subarray(2 * place, 2 * place + 2), 2 * row);
  return positions;
}

/** Scaled alike in x and y into [-0.95, 0.95], rounded to 4 digits so that files stay small. */
function scaled(layout: Float32Array): Float32Array {
  const xs = layout.filter((_, index) => index % 2 === 0);
  const ys = layout.filter((_, index) => index % 2 === 1);
  const [left, right] = extent(xs);
  const [low, high] = extent(ys);
  const scale = 1.9 / Math.max(right - left, high - low, 1e-9);
  return layout.map((value, index) => {
    const middle = index % 2 === 0 ? (left + right) / 2 : (low + high) / 2;
    return Math.round((value - middle) * scale * 1e4) / 1e4;
  });
}

const extent = (values: Float32Array): [number, number] => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
};
