import type { Cluster } from '../../../contract/cluster.ts';
import type { Interval } from '../../../contract/interval.ts';
import { effectiveSampleSize, sum } from '../../../numeric/statistics/sample.ts';
import { wilson } from '../../../numeric/statistics/wilson.ts';
import type { ReportModel } from './report-model.ts';

/** One cause, counted in the part that the page shows. */
export interface ScopedCause {
  /** Position in the model's clusters: the color, and the cause's place in the lists of members. */
  readonly position: number;
  readonly cluster: Cluster;
  /** Its failures of the sample in this part, most certain first. */
  readonly members: readonly number[];
  /** Estimated failures. */
  readonly population: number;
  readonly share: number;
  readonly shareInterval: Interval;
  /** Failures per 1,000 traces; null if the number of traces is unknown. */
  readonly rate: number | null;
  readonly rateInterval: Interval | null;
  readonly priority: number | null;
  /** Chance of being among the first three; null in a part, for which it is not simulated. */
  readonly topThree: number | null;
  /** With all traces grouped: the share of its traces that failed. Null otherwise, as all of them did. */
  readonly failedShare: number | null;
  readonly failedShareInterval: Interval | null;
}

/** Everything that the lists show, counted in one part of the data. */
export interface Scoped {
  /** 1 per failure of the part; null for everything. */
  readonly keep: Uint8Array | null;
  /** Estimated failures, and those of the sample. */
  readonly failures: number;
  readonly sampled: number;
  /** All traces, failed or not; null if unknown. */
  readonly traces: number | null;
  /** By priority. Causes that do not occur in this part come last, with zeros. */
  readonly ranked: readonly ScopedCause[];
  /** Clusters without a known cause: leftovers, symptoms, causes that are not firm. */
  readonly unexplained: readonly ScopedCause[];
  /** Failures without a cluster. */
  readonly alone: readonly number[];
}

/** Counts a part: `keep` has a 1 per failure that belongs to it, `traces` is its number of traces. */
export function countScope(
  model: ReportModel,
  keep: Uint8Array | null,
  traces: number | null,
): Scoped {
  const kept = (i: number): boolean => keep === null || keep[i] === 1;
  const weight = (i: number): number => model.failures[i]?.weight ?? 0;
  const rows = [...model.failures.keys()].filter(kept);
  const weights = rows.map(weight);
  const total = sum(weights);
  const effective = effectiveSampleSize(weights);
  const perThousand = traces === null || traces === 0 ? null : (1000 * total) / traces;
  const causes = model.clusters.map((cluster, position): ScopedCause => {
    const all = model.members[position] ?? [];
    const base = { position, cluster };
    if (keep === null) return unscopedCause(model, position, cluster);
    const members = all.filter(kept);
    const population = sum(members.map(weight));
    const share = total > 0 ? population / total : 0;
    const [low, high] = total > 0 ? wilson(share, effective) : [0, 0];
    return {
      ...base,
      members,
      population: Math.round(population),
      share,
      shareInterval: [low, high],
      rate: perThousand === null ? null : share * perThousand,
      rateInterval: perThousand === null ? null : [low * perThousand, high * perThousand],
      priority: perThousand === null ? null : share * perThousand * factorOf(cluster),
      topThree: null,
      ...failedAmong(model, members),
    };
  });
  const mayRank = ({ cluster }: ScopedCause): boolean =>
    cluster.rank !== null && cluster.leftover === null;
  const ranked = causes.filter(mayRank);
  return {
    keep,
    failures: Math.round(total),
    sampled: rows.length,
    traces,
    ranked: keep === null ? ranked : ranked.toSorted(byPriority),
    unexplained: causes.filter((cause) => !mayRank(cause) && cause.members.length > 0),
    alone: model.noise.filter(kept),
  };
}

/** What the formula multiplies the rate with: the severity, over the fix cost if the run was told so. */
/** A cause over all traces, as the analysis has it. */
export function unscopedCause(
  { members }: Pick<ReportModel, 'members'>,
  position: number,
  cluster: Cluster,
): ScopedCause {
  return {
    position,
    cluster,
    members: members[position] ?? [],
    population: cluster.population,
    share: cluster.share,
    shareInterval: cluster.shareInterval,
    rate: cluster.ratePerThousand,
    rateInterval: cluster.rateInterval,
    priority: cluster.priority,
    topThree: cluster.topThreeProbability,
    failedShare: cluster.failedShare,
    failedShareInterval: cluster.failedShareInterval,
  };
}

const factorOf = ({ priority, ratePerThousand, severity }: Cluster): number =>
  ratePerThousand > 0 ? priority / ratePerThousand : (severity ?? 1);

/** The share of some traces that failed, where every trace was grouped. */
function failedAmong(
  { analysis, failures }: ReportModel,
  members: readonly number[],
): Pick<ScopedCause, 'failedShare' | 'failedShareInterval'> {
  if (!analysis.options.all) return { failedShare: null, failedShareInterval: null };
  const weightOf = (rows: readonly number[]): number[] => rows.map((i) => failures[i]?.weight ?? 0);
  const all = weightOf(members);
  const failed = weightOf(members.filter((i) => failures[i]?.failed === true));
  const share = sum(all) > 0 ? sum(failed) / sum(all) : 0;
  return { failedShare: share, failedShareInterval: wilson(share, effectiveSampleSize(all)) };
}

const byPriority = (a: ScopedCause, b: ScopedCause): number =>
  b.share * factorOf(b.cluster) - a.share * factorOf(a.cluster) || a.position - b.position;
