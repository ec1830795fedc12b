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
    readonly severity: number;
    readonly fixCost: number;
  }[];
  /** Sampling weights of all sampled failures, including noise. */
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
 * Ranks clusters by priority. Shares refer to the whole input: members count with their
 * sampling weight. Intervals are 95% Wilson intervals on the effective sample size (Kish 1965). They describe
 * the application, of which the input is one period, so they remain even if the sample has every failure.
 */
export function rank<Cluster>(input: RankInput<Cluster>, options: RankOptions): Ranked<Cluster>[] {
  const total = sum(input.weights);
  const effective = effectiveSampleSize(input.weights);
  const failureRate = input.eligible > 0 ? (1000 * input.failed) / input.eligible : 0;
  const rows = input.clusters.map(({ cluster, weights, severity, fixCost }) => {
    const share = total > 0 ? sum(weights) / total : 0;
    const shareInterval = wilson(share, effective);
    const factor = severity / (options.divideByFixCost ? fixCost : 1);
    return {
      cluster,
      size: weights.length,
      population: Math.round(share * input.failed),
      share,
      shareInterval,
      ratePerThousand: share * failureRate,
      rateInterval: [shareInterval[0] * failureRate, shareInterval[1] * failureRate] as const,
      severity,
      fixCost,
      priority: share * failureRate * factor,
      factor,
    };
  });
  const probabilities = topThreeProbability(
    rows.map(({ share, factor }) => ({
      mean: factor * share,
      deviation: effective > 0 ? factor * Math.sqrt((share * (1 - share)) / effective) : 0,
    })),
    options.seed,
  );
  return rows
    .map(({ factor: _, ...row }, index) => ({ ...row, topThreeProbability: probabilities[index]! }))
    .sort((a, b) => b.priority - a.priority || b.size - a.size)
    .map((row, index) => ({ ...row, rank: index + 1 }));
}
