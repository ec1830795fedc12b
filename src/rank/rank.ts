import type { Ranked } from '../contract/ranked.ts';
import { effectiveSampleSize, sum } from '../numeric/statistics/sample.ts';
import { topThreeProbability } from '../numeric/statistics/top-three.ts';
import { wilson } from '../numeric/statistics/wilson.ts';

export interface RankInput<Cluster> {
  readonly clusters: readonly {
    /** The item to rank. */
    readonly cluster: Cluster;
    /** Sampling weight of each member: the number of failed traces it represents. */
    readonly weights: readonly number[];
    /** Null: size alone decides. */
    readonly severity: number | null;
    readonly fixCost: number | null;
    /** Sum of the weights of its members that failed; null where all did. Default null. */
    readonly failed?: number | null;
    /** False: it is listed after the others, without a rank. Default true. */
    readonly isRanked?: boolean;
    /** It may come first. Without one that may, nothing is ranked. Default true. */
    readonly mayLead?: boolean;
    /** Key of the cause that detectors name; one whose key goes on from it comes before it. Default: none. */
    readonly key?: string | null;
    /** Those with a place come in the order of their places. Default: none. */
    readonly place?: number | null;
  }[];
  /** Sampling weights of all sampled failures, including noise. */
  readonly weights: readonly number[];
  /** Traces in the input that the members were sampled from, and all eligible ones. */
  readonly sampledFrom: number;
  readonly eligible: number;
}

export interface RankOptions {
  readonly divideByFixCost: boolean;
  readonly seed: number;
}

/** How the order of the clusters comes about; with `all`, by their size. */
export const formula = ({
  divideByFixCost,
  all = false,
}: Pick<RankOptions, 'divideByFixCost'> & { readonly all?: boolean }): string =>
  all
    ? 'groups come in the order of their size'
    : `priority = failures per 1,000 traces × severity${divideByFixCost ? ' ÷ fix cost' : ''}`;

/**
 * Ranks clusters by priority. Shares refer to the whole input: members count with their
 * sampling weight. Intervals are 95% Wilson intervals on the effective sample size (Kish 1965). They describe
 * the application, of which the input is one period, so they remain even if the sample has every failure.
 */
export function rank<Cluster>(input: RankInput<Cluster>, options: RankOptions): Ranked<Cluster>[] {
  const total = sum(input.weights);
  const effective = effectiveSampleSize(input.weights);
  const failureRate = input.eligible > 0 ? (1000 * input.sampledFrom) / input.eligible : 0;
  const rows = input.clusters.map(
    ({
      cluster,
      weights,
      severity,
      fixCost,
      failed = null,
      isRanked = true,
      mayLead = true,
      key = null,
      place = null,
    }) => {
      const share = total > 0 ? sum(weights) / total : 0;
      const shareInterval = wilson(share, effective);
      const factor = (severity ?? 1) / (options.divideByFixCost ? (fixCost ?? 1) : 1);
      const failedShare = failed === null ? null : failed / sum(weights);
      return {
        cluster,
        size: weights.length,
        population: Math.round(share * input.sampledFrom),
        share,
        shareInterval,
        ratePerThousand: share * failureRate,
        rateInterval: [shareInterval[0] * failureRate, shareInterval[1] * failureRate] as const,
        failedShare,
        failedShareInterval:
          failedShare === null ? null : wilson(failedShare, effectiveSampleSize(weights)),
        severity,
        fixCost,
        priority: share * failureRate * factor,
        factor,
        isRanked,
        mayLead,
        key,
        place,
      };
    },
  );
  const probabilities = topThreeProbability(
    rows.map(({ share, factor }) => ({
      mean: factor * share,
      deviation: effective > 0 ? factor * Math.sqrt((share * (1 - share)) / effective) : 0,
    })),
    options.seed,
  );
  const completed = rows.map((row, index) => ({
    ...row,
    topThreeProbability: probabilities[index]!,
  }));
  const { ranked, unranked } = inOrder(completed);
  return [...ranked, ...unranked].map(
    ({ factor: _, isRanked: __, mayLead: ___, key: ____, place: _____, ...row }, index) => ({
      ...row,
      rank: index < ranked.length ? index + 1 : null,
    }),
  );
}

interface Placed {
  readonly priority: number;
  readonly size: number;
  readonly isRanked: boolean;
  readonly mayLead: boolean;
  readonly key: string | null;
  readonly place: number | null;
}

/**
 * By priority, led by one that may lead; each general cause after its special cases, and those with a place in the
 * order of their places.
 */
function inOrder<Row extends Placed>(
  rows: readonly Row[],
): { readonly ranked: readonly Row[]; readonly unranked: readonly Row[] } {
  const sorted = rows.toSorted((a, b) => b.priority - a.priority || b.size - a.size);
  const waiting = sorted.filter((row) => row.isRanked);
  const leftovers = sorted.filter((row) => !row.isRanked);
  if (!sorted.some(({ isRanked, mayLead }) => isRanked && mayLead))
    return { ranked: [], unranked: [...waiting, ...leftovers] };
  const ranked: Row[] = [];
  while (waiting.length > 0) {
    const free = waiting.filter((row) => !waiting.some((other) => comesBefore(other, row)));
    const leader = ranked.length === 0 ? free.find(({ mayLead }) => mayLead) : undefined;
    const next = leader ?? free[0] ?? waiting[0]!;
    waiting.splice(waiting.indexOf(next), 1);
    ranked.push(next);
  }
  return { ranked, unranked: leftovers };
}

const comesBefore = (a: Placed, b: Placed): boolean =>
  (a.key !== null && b.key !== null && a.key.startsWith(`${b.key}|`)) ||
  (a.place !== null && b.place !== null && a.place < b.place);
