import type { GroupInput } from './group-input.ts';

/** Mean vector of each cluster: clusters × dimensions. */
export function centroids(
  { vectors, dimensions }: GroupInput,
  labels: Int32Array,
  count: number,
): Float64Array {
  const sums = new Float64Array(count * dimensions);
  const sizes = new Float64Array(count);
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    sizes[label]! += 1;
    for (let d = 0; d < dimensions; d += 1)
      sums[label * dimensions + d]! += vectors[row * dimensions + d]!;
  }
  for (let index = 0; index < sums.length; index += 1)
    sums[index]! /= sizes[Math.floor(index / dimensions)]!;
  return sums;
}

/** The nearest other centroid for each centroid; null if there is only one. */
export function nearestCentroids(centers: Float64Array, dimensions: number): (number | null)[] {
  const count = centers.length / Math.max(1, dimensions);
  return Array.from({ length: count }, (_, a) => {
    let best: number | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (let b = 0; b < count; b += 1) {
      if (b === a) continue;
      let sum = 0;
      for (let d = 0; d < dimensions; d += 1)
        sum += (centers[a * dimensions + d]! - centers[b * dimensions + d]!) ** 2;
      if (sum < least) {
        least = sum;
        best = b;
      }
    }
    return best;
  });
}

/** Rows of a cluster, nearest the center first; ties go by higher membership, then row number. */
export function withinOrder(
  { vectors, dimensions }: GroupInput,
  rows: readonly number[],
  membership: readonly number[],
): number[] {
  const center = new Float64Array(dimensions);
  for (const row of rows)
    for (let d = 0; d < dimensions; d += 1) center[d]! += vectors[row * dimensions + d]!;
  for (let d = 0; d < dimensions; d += 1) center[d]! /= rows.length;
  const away = (row: number): number => {
    let sum = 0;
    for (let d = 0; d < dimensions; d += 1)
      sum += (vectors[row * dimensions + d]! - center[d]!) ** 2;
    return Math.round(sum * 1e6);
  };
  return rows
    .map((row, position) => ({
      row,
      away: away(row),
      membership: Math.fround(membership[position]!),
    }))
    .sort((a, b) => a.away - b.away || b.membership - a.membership || a.row - b.row)
    .map(({ row }) => row);
}
