import type { Ranked } from '../contract/ranked.ts';
import { effectiveSampleSize, sum } from '../numeric/statistics/sample.ts';
import { topThreeProbability } from '../numeric/statistics/top-three.ts';
import { wilson } from '../numeric/statistics/wilson.ts';

export interface RankInput {
  /** One a cluster. */
  readonly clusters: readonly {
    /** Weight of each member: failed traces of the input it stands for. */
    readonly weights: readonly number[];
    readonly severity: number;
    readonly fixCost: number;
  }[];
  /** Weights of every sampled failure, noise too. */
  readonly weights: readonly number[];
  /** Failed traces in the input, and all eligible ones. */
  readonly failed: number;
  readonly eligible: number;
}

export interface RankOptions {
  readonly divideByFixCost: boolean;
  readonly seed: number;
}

export const formula = ({ divideByFixCost }: RankOptions): string =>
  `priority = failures per 1,000 traces × severity${divideByFixCost ? ' ÷ fix cost' : ''}`;

/**
 * Clusters in order of priority. Shares are those of the whole input: members count with their
 * sampling weight; intervals are Wilson's at 95% on the effective sample size (Kish 1965). They speak
 * of the application, of which the input is one stretch, so they stay when every failure was looked at.
 */
export function rank(input: RankInput, options: RankOptions): Ranked[] {
  const total = sum(input.weights);
  const effective = effectiveSampleSize(input.weights);
  const failureRate = input.eligible > 0 ? (1000 * input.failed) / input.eligible : 0;
  const rows = input.clusters.map((cluster, index) => {
    const share = total > 0 ? sum(cluster.weights) / total : 0;
    const shareInterval = wilson(share, effective);
    const factor = cluster.severity / (options.divideByFixCost ? cluster.fixCost : 1);
    return {
      cluster: index,
      size: cluster.weights.length,
      population: Math.round(share * input.failed),
      share,
      shareInterval,
      ratePerThousand: share * failureRate,
      rateInterval: [shareInterval[0] * failureRate, shareInterval[1] * failureRate] as const,
      severity: cluster.severity,
      fixCost: cluster.fixCost,
      priority: share * failureRate * factor,
      factor,
    };
  });
  const topThree = topThreeProbability(
    rows.map(({ share, factor }) => ({
      mean: factor * share,
      deviation: effective > 0 ? factor * Math.sqrt((share * (1 - share)) / effective) : 0,
    })),
    options.seed,
  );
  return rows
    .map(({ factor: _, ...row }, index) => ({ ...row, topThree: topThree[index]! }))
    .sort((a, b) => b.priority - a.priority || b.size - a.size || a.cluster - b.cluster)
    .map((row, index) => ({ ...row, rank: index + 1 }));
}
