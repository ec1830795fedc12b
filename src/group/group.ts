import type { Grouping } from '../contract/grouping.ts';
import type { Progress } from '../contract/progress.ts';
import type { KernelPool } from '../numeric/numeric.ts';
import { clusterCauses } from './causes.ts';
import { comparedCauses, isJudged } from './compared-causes.ts';
import { clusterDensity, MOST_SAMPLES } from './density.ts';
import { perGranularity } from './granularities.ts';
import type { FoundLevels, GroupInput, GroupOptions } from './group-input.ts';
import { keptApart } from './kept-apart.ts';
import { levelsOf } from './levels.ts';
import { clusterLinked } from './linkage.ts';
import { mapOf } from './map.ts';
import { clusterMeans } from './means.ts';
import { type NeighborGraph, neighborGraph, withRepetitions } from './neighbor-graph.ts';
import { reduceDimensions } from './reduce-dimensions.ts';
import { isEmpty } from './rows.ts';
import { withSettled } from './settled.ts';

export interface GroupDeps {
  /** Threads for the neighbor search and the map above 10,000 different vectors. The result is the same without them. */
  readonly pool?: KernelPool;
  readonly progress?: Progress;
}

/** Shares of the progress that each stage covers. */
const SEARCHED = 0.4;
const CLUSTERED = 0.5;

/**
 * Groups vectors into clusters at up to five granularities, with quality and a 2-D map. Same input and seed, same
 * bytes, with or without a pool. Rejects with `worker_failed` if a thread of the pool dies.
 */
export async function group(
  input: GroupInput,
  options: GroupOptions,
  deps: GroupDeps = {},
): Promise<Grouping> {
  const n = input.vectors.length / Math.max(1, input.dimensions);
  const progressOf = (from: number, to: number) => ({
    onProgress: (share: number) =>
      deps.progress?.('group', Math.floor(n * (from + (to - from) * share)), n),
  });
  deps.progress?.('group', 0, n);
  const rows = Array.from({ length: n }, (_, row) => row).filter((row) => !isEmpty(input, row));
  const graph = await neighborGraph(input, rows, options.seed, deps.pool, progressOf(0, SEARCHED));
  const { causes } = input;
  const known = causes === null ? [] : rows.filter((row) => causes[row] !== null);
  const others = causes === null ? rows : rows.filter((row) => causes[row] === null);
  const free = keptApart(input, await find(), options.minClusterSize);
  const found = withSettled(input, free, options.minClusterSize);
  const compared = others.length >= options.minClusterSize;
  async function find(): Promise<FoundLevels> {
    const { facts } = input;
    const isCompared = facts?.compare === true && causes !== null;
    if (isCompared && isJudged(facts)) {
      const claimed = rows.filter((row) => facts.claimed[row]);
      const byModel = clusterCauses(input, causes, claimed, options);
      const unclaimed = rows.filter((row) => !facts.claimed[row]);
      const shared = comparedCauses({ ...input, facts }, unclaimed, true, options.seed);
      return perGranularity((granularity) => [...byModel[granularity], ...shared[granularity]]);
    }
    const byCause = causes === null ? NONE : clusterCauses(input, causes, known, options);
    const rest = isCompared
      ? comparedCauses({ ...input, facts }, others, false, options.seed)
      : await clusterByDistance(input, others, options, graph, deps.pool);
    return perGranularity((granularity) => [...byCause[granularity], ...rest[granularity]]);
  }
  const { clusters, levels } = levelsOf(input, found, compared, options.seed);
  const map = await mapOf(input, rows, options, graph, deps.pool, progressOf(CLUSTERED, 1));
  deps.progress?.('group', n, n);
  return { clusters, levels, ...map };
}

const NONE: FoundLevels = perGranularity(() => []);

async function clusterByDistance(
  input: GroupInput,
  rows: readonly number[],
  options: GroupOptions,
  graph: NeighborGraph | null,
  pool: KernelPool | undefined,
): Promise<FoundLevels> {
  if (rows.length < options.minClusterSize) return NONE;
  switch (options.algorithm) {
    case 'hdbscan': {
      const own =
        graph?.distinct.places.length === rows.length
          ? graph
          : await neighborGraph(input, rows, options.seed, pool, {});
      const few = await reduceDimensions(input, rows, options.seed, own, pool);
      const near = few === null ? own : await neighborGraph(few, rows, options.seed, pool, {});
      const neighbors = near && withRepetitions(near, MOST_SAMPLES);
      return clusterDensity(few ?? input, rows, options, neighbors);
    }
    case 'kmeans':
      return clusterMeans(input, rows, options);
    case 'linkage':
      return clusterLinked(input, rows, options);
  }
}
