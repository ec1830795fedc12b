import { hdbscan, hdbscanSelect, type Neighbors } from '../numeric/numeric.ts';
import { densityLevels } from './density-levels.ts';
import { perGranularity } from './granularities.ts';
import type { FoundLevels, GroupInput, GroupOptions } from './group-input.ts';
import { gather } from './rows.ts';
import { shrunken, stabilities } from './stability.ts';

/** Clusters with HDBSCAN at all levels of its hierarchy. Rows that do not split form one cluster. `neighbors` belong to `rows`. */
export function clusterDensity(
  input: GroupInput,
  rows: readonly number[],
  { minClusterSize, seed }: GroupOptions,
  neighbors: Neighbors | null,
): FoundLevels {
  const found = levelsOf(input, rows, minClusterSize, neighbors);
  const rowsOf = (of: readonly number[], levels: typeof found) =>
    perGranularity((granularity) =>
      levels[granularity].map(({ places }) => places.map((place) => of[place]!)),
    );
  const division = rowsOf(rows, found);
  const stability = stabilities(rows, division, seed, (drawn, share) =>
    rowsOf(drawn, levelsOf(input, drawn, shrunken(minClusterSize, share), null)),
  );
  return perGranularity((granularity) =>
    found[granularity].map(({ membership, persistence }, index) => ({
      rows: division[granularity][index]!,
      membership,
      persistence,
      stability: stability[granularity][index] ?? null,
      cause: null,
      leftover: null,
    })),
  );
}

/** Upper bound of `minSamples`: a given neighbor graph has at least this many neighbors per row. */
export const MOST_SAMPLES = 3;

function levelsOf(
  input: GroupInput,
  rows: readonly number[],
  minClusterSize: number,
  neighbors: Neighbors | null,
): ReturnType<typeof densityLevels> {
  const result = hdbscan(gather(input, rows), {
    dimensions: input.dimensions,
    metric: 'euclidean',
    minClusterSize,
    minSamples: Math.min(minClusterSize, MOST_SAMPLES),
    ...(neighbors && { neighbors }),
  });
  const found = result.labels.some((label) => label >= 0)
    ? result
    : hdbscanSelect(result.hierarchy, { allowSingleCluster: true });
  return densityLevels(found);
}
