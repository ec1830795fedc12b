import type { GroupInput } from './group-input.ts';

/** Cosine of each row to the mean of the rows, 0 at least. Rows have length 1, so it is their dot product over the mean's length. */
export function cosinesToMean(
  { vectors, dimensions }: Pick<GroupInput, 'vectors' | 'dimensions'>,
  rows: readonly number[],
): number[] {
  const mean = new Float64Array(dimensions);
  for (const row of rows)
    for (let d = 0; d < dimensions; d += 1) mean[d]! += vectors[row * dimensions + d]!;
  const length = Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0)) || 1;
  return rows.map((row) => {
    let dot = 0;
    for (let d = 0; d < dimensions; d += 1) dot += vectors[row * dimensions + d]! * mean[d]!;
    return Math.max(0, Math.min(1, dot / length));
  });
}
