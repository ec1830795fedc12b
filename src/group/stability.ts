import type { Granularity } from '../contract/grouping.ts';
import { bootstrapStability } from '../numeric/numeric.ts';
import { perGranularity } from './granularities.ts';

const ROUNDS = 10;
const SHARE = 0.8;
/** Maximum rows per draw, to bound the cost. */
const MOST_DRAWN = 1_000;
/** Above this, a draw is too small to represent all rows. */
const MOST_ROWS = 5_000;

/** The rows of each cluster of every granularity. */
export type Division = Readonly<Record<Granularity, readonly (readonly number[])[]>>;

/**
 * Measures how well each cluster re-forms in ten seeded resamples of 80% of the rows (at most 1,000): the mean
 * Jaccard overlap with its best match at the same granularity (Hennig 2007). Null above 5,000 rows and for a
 * cluster without rows in any draw. `redo` clusters the rows of a draw; `share` is the draw's share of all rows, which
 * scales minimum sizes.
 */
export function stabilities(
  rows: readonly number[],
  found: Division,
  seed: number,
  redo: (drawn: readonly number[], share: number) => Division,
): Readonly<Record<Granularity, readonly (number | null)[]>> {
  if (rows.length > MOST_ROWS || rows.length === 0)
    return perGranularity((granularity) => found[granularity].map(() => null));
  const draws: Readonly<Record<Granularity, Int32Array>>[] = [];
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  // Points are positions in `rows`, so that a draw of them identifies the rows drawn.
  const places = Float32Array.from(rows.keys());
  return perGranularity((granularity) => {
    let round = 0;
    const overlaps = bootstrapStability(
      places,
      labelsOf(found[granularity], placeOf),
      { dimensions: 1, seed, rounds: ROUNDS, share: SHARE, most: MOST_DRAWN },
      (subset) => {
        const drawn = Array.from(subset, (place) => rows[place]!);
        draws[round] ??= labeled(drawn, redo(drawn, drawn.length / rows.length));
        round += 1;
        return draws[round - 1]![granularity];
      },
    );
    return found[granularity].map((_, cluster) => {
      const overlap = overlaps[cluster];
      return overlap === undefined || Number.isNaN(overlap) ? null : overlap;
    });
  });
}

/** Minimum members of a cluster in a subset of the data. */
export const shrunken = (minClusterSize: number, share: number): number =>
  Math.max(2, Math.round(minClusterSize * share));

function labeled(
  drawn: readonly number[],
  division: Division,
): Readonly<Record<Granularity, Int32Array>> {
  const placeOf = new Map(drawn.map((row, place) => [row, place]));
  return perGranularity((granularity) => labelsOf(division[granularity], placeOf));
}

function labelsOf(
  clusters: readonly (readonly number[])[],
  placeOf: ReadonlyMap<number, number>,
): Int32Array {
  const labels = new Int32Array(placeOf.size).fill(-1);
  for (const [label, rows] of clusters.entries())
    for (const row of rows) labels[placeOf.get(row)!] = label;
  return labels;
}
