import { hdbscan, hdbscanSelect, type Neighbors } from '../numeric/numeric.ts';
import { densityLevels } from './density-levels.ts';
import { perGranularity } from './granularities.ts';
import type { FoundLevels, GroupInput, GroupOptions } from './group-input.ts';
import { gather } from './rows.ts';
import { shrunken, stabilities } from './stability.ts';

/** HDBSCAN, with the levels of its hierarchy. Rows that do not part are one cluster. `neighbors` are those of the rows. */
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
    })),
  );
}

/** Which neighbor's distance is the core distance: the graph that is handed in holds at least so many. */
export const MOST_SAMPLES = 3;

function levelsOf(
  input: GroupInput,
  rows: readonly number[],
  minClusterSize: number,
  neighbors: Neighbors | null,
): ReturnType<typeof densityLevels> {
  const parted = hdbscan(gather(input, rows), {
    dimensions: input.dimensions,
    metric: 'euclidean',
    minClusterSize,
    minSamples: Math.min(minClusterSize, MOST_SAMPLES),
    ...(neighbors && { neighbors }),
  });
  const found = parted.labels.some((label) => label >= 0)
    ? parted
    : hdbscanSelect(parted.hierarchy, { allowSingleCluster: true });
  return densityLevels(found);
}
