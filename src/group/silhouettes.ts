import { silhouette } from '../numeric/numeric.ts';
import type { GroupInput } from './group-input.ts';
import { gather } from './rows.ts';

const MOST_ROWS = 2_000;

/** Mean silhouette of each cluster over at most 2,000 clustered rows (every k-th); empty for fewer than two clusters. */
export function silhouettes(
  input: GroupInput,
  labels: Int32Array,
  count: number,
  seed: number,
): readonly number[] {
  if (count < 2) return [];
  const clustered = [...labels.keys()].filter((row) => labels[row]! >= 0);
  const stride = Math.ceil(clustered.length / MOST_ROWS);
  const rows = clustered.filter((_, index) => index % stride === 0);
  const { perCluster } = silhouette(
    gather(input, rows),
    Int32Array.from(rows, (row) => labels[row]!),
    { dimensions: input.dimensions, seed },
  );
  return Array.from({ length: count }, (_, label) => perCluster[label] ?? 0);
}
