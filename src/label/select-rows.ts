import type { Grouping } from '../contract/grouping.ts';

/** Rows whose text and steps labeling reads. */
export interface SelectedRows {
  /** Ascending. */
  readonly rows: readonly number[];
  /** For each cluster, the positions of its rows in `rows`. */
  readonly ofCluster: readonly (readonly number[])[];
}

const READ = 20_000;
const LEAST = 200;

/**
 * Selects every row for up to 20,000 failures. For more, the first 20,000 (failures come in the order of their
 * sampling keys, so these are a random draw), and for a cluster with fewer than 200 among them the 200
 * members nearest its center.
 */
export function selectRows(
  { clusters }: Pick<Grouping, 'clusters'>,
  failures: number,
): SelectedRows {
  const first = Math.min(failures, READ);
  const read = clusters.map(({ members }) => {
    const drawn = members.filter((row) => row < first);
    return drawn.length >= Math.min(LEAST, members.length) ? drawn : members.slice(0, LEAST);
  });
  const rows = [...new Set([...Array(first).keys(), ...read.flat()])].sort((a, b) => a - b);
  const place = new Map(rows.map((row, index) => [row, index]));
  return { rows, ofCluster: read.map((members) => members.map((row) => place.get(row)!)) };
}
