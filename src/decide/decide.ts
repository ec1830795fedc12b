import type { Analysis } from '../contract/analysis.ts';
import type { AnalyzedFailure } from '../contract/analyzed-failure.ts';
import type { Cluster } from '../contract/cluster.ts';
import type { ReportData } from '../contract/report.ts';
import { UNEXPLAINED } from '../contract/unexplained.ts';
import { effectiveSampleSize, sum } from '../numeric/statistics/sample.ts';
import { topThreeProbability } from '../numeric/statistics/top-three.ts';
import { wilson } from '../numeric/statistics/wilson.ts';
import { type Decisions, decisionsOf } from './decisions.ts';
import { formulaText } from './formula.ts';
import { type Losses, type Lost, lostBy, measured } from './losses.ts';

// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { DEFAULT_FORMULA, type SetValue } from './decisions.ts';
export { analysisAt } from './level-analysis.ts';
export { type Decisions, decisionsOf, formulaText, type Losses, type Lost, lostBy };

/** States of a cause that nobody has to act on: it keeps its place in the record but no rank. */
const RESTING: ReadonlySet<string> = new Set(['fixed', 'muted']);

/**
 * One level of an analysis as people have decided: merged and split causes, moved failures, their own titles,
 * severities and fix costs, ranked by the project's formula. What nobody has touched keeps its figures.
 * @param losses what failures cost; null while unknown, and the formula then counts failures
 */
export function decidedAnalysis(
  analysis: Analysis,
  decisions: Decisions,
  losses: Losses | null,
): Analysis {
  const { failures, touched } = placed(analysis, decisions);
  const weights = failures.map(({ weight }) => weight);
  const total = sum(weights);
  const effective = effectiveSampleSize(weights);
  const members = Map.groupBy(failures.keys(), (i) => failures[i]?.cluster ?? null);
  const clusters = causesOf(analysis, decisions, members).map((cluster) => {
    const own = decided(cluster, decisions);
    return touched.has(own.id) ? recounted(own, membersOf(own.id)) : own;
  });
  const factors = clusters.map((cluster) => factorOf(cluster));
  const chances = topThreeProbability(
    clusters.map((cluster, at) => ({
      mean: (factors[at] ?? 0) * cluster.share,
      deviation:
        effective > 0 && isRanked(cluster)
          ? (factors[at] ?? 0) * Math.sqrt((cluster.share * (1 - cluster.share)) / effective)
          : 0,
    })),
    analysis.options.seed,
  );
  const isPlain = decisions.causes.size + decisions.places.size === 0 && formulaIsPlain();
  const counted = clusters.map((cluster, at) => ({
    ...cluster,
    priority: (factors[at] ?? 0) * cluster.ratePerThousand,
    topThreeProbability: isPlain ? cluster.topThreeProbability : (chances[at] ?? 0),
  }));
  const ranked = counted
    .filter(isRanked)
    .sort((a, b) => (isPlain ? 0 : b.priority - a.priority) || (a.rank ?? 0) - (b.rank ?? 0));
  const others = counted.filter((cluster) => !isRanked(cluster));
  return {
    ...analysis,
    formula: formulaText(decisions.formula),
    failures,
    clusters: [
      ...ranked.map((cluster, at) => ({ ...cluster, rank: at + 1 })),
      ...others.map((cluster) => ({ ...cluster, rank: null })),
    ],
  };

  function membersOf(id: string): readonly number[] {
    return members.get(id) ?? [];
  }

  function isRanked({ id, rank }: Cluster): boolean {
    const { proposal, state = 'new' } = decisions.causes.get(id) ?? {};
    return rank !== null && proposal !== 'rejected' && !RESTING.has(state);
  }

  function formulaIsPlain(): boolean {
    const { measure, severity, fixCost } = decisions.formula;
    return measure === 'failures' && severity && fixCost !== 'always';
  }

  /** What the rate is multiplied with. */
  function factorOf(cluster: Cluster): number {
    const { measure, severity, fixCost } = decisions.formula;
    const base =
      measure === 'failures' || losses === null || cluster.ratePerThousand === 0
        ? 1
        : measured(lostBy(losses, failures, membersOf(cluster.id)), measure) /
          cluster.ratePerThousand;
    const own = decisions.causes.get(cluster.id)?.fixCost;
    const cost = fixCost === 'never' ? 1 : fixCost === 'set' ? (own ?? 1) : (cluster.fixCost ?? 1);
    return (base * (severity ? (cluster.severity ?? 1) : 1)) / cost;
  }

  function recounted(cluster: Cluster, own: readonly number[]): Cluster {
    const share = total > 0 ? sum(own.map((i) => weights[i] ?? 0)) / total : 0;
    const [low, high] = total > 0 ? wilson(share, effective) : [0, 0];
    const perThousand = rateOfFailures(analysis);
    const times = own.flatMap((i) => failures[i]?.startTime ?? []);
    return {
      ...cluster,
      size: own.length,
      population: Math.round(share * analysis.failedCount),
      share,
      shareInterval: [low, high],
      ratePerThousand: share * perThousand,
      rateInterval: [low * perThousand, high * perThousand],
      firstSeen: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
      lastSeen: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
      // What was measured and tested is not of these failures any more.
      breakdowns: [],
      badges: [],
      trend: null,
    };
  }
}

/**
 * A report as people have decided. Once they have decided anything about causes or failures, it has its own level alone:
 * the others would show what was proposed.
 */
export function decidedReport(
  report: ReportData,
  decisions: Decisions,
  losses: Losses | null,
): ReportData {
  const analysis = decidedAnalysis(report.analysis, decisions, losses);
  if (decisions.causes.size + decisions.places.size === 0) return { ...report, analysis };
  const level = analysis.levels[analysis.level];
  return {
    ...report,
    analysis: {
      ...analysis,
      ...{ levels: level === undefined ? [] : [level], level: 0, otherClusters: [] },
    },
    pairs: report.pairs.map((pair) => ({ ...pair, cluster: decisions.survivor(pair.cluster) })),
  };
}

/** Failures with the cause that they count for now, and the causes whose failures are not those of the analysis. */
function placed(
  { failures }: Analysis,
  { places, survivor }: Decisions,
): { readonly failures: readonly AnalyzedFailure[]; readonly touched: ReadonlySet<string> } {
  const touched = new Set<string>();
  const now = failures.map((failure): AnalyzedFailure => {
    const place = places.get(failure.traceId);
    const from = place === undefined ? failure.cluster : place;
    const cluster = from === null ? null : survivor(from);
    if (cluster === failure.cluster) return failure;
    for (const id of [failure.cluster, cluster]) if (id !== null) touched.add(id);
    const noise = cluster === null ? (failure.noise ?? NO_CAUSE) : null;
    return { ...failure, cluster, noise, membership: place === undefined ? failure.membership : 1 };
  });
  return { failures: now, touched };
}

/** Why a failure that a person took out of its cause is in none. */
const NO_CAUSE = 'too few similar failures';

const EXEMPLARS = 6;

/** Of a cause of failures that had none. */
const UNKNOWN = {
  ...{ category: UNEXPLAINED.id, severity: UNEXPLAINED.severity, fixCost: UNEXPLAINED.fixCost },
  ...{ layer: UNEXPLAINED.layer, usualLayer: UNEXPLAINED.layer },
} as const;

/** The causes of the level that were not merged away, and those that people have split off and that have failures. */
function causesOf(
  { clusters, failures }: Analysis,
  { causes, survivor }: Decisions,
  members: ReadonlyMap<string | null, readonly number[]>,
): readonly Cluster[] {
  const kept = clusters.filter(({ id }) => survivor(id) === id || !members.has(survivor(id)));
  const present = new Set(kept.map(({ id }) => id));
  const added: Cluster[] = [];
  for (const id of members.keys()) {
    if (id === null || present.has(id)) continue;
    const from = causes.get(id)?.splitFrom;
    // No analysis has looked at what these failures share.
    const ofPerson = {
      ...{ leftover: null, condition: null, state: null, meets: null, toSettle: null },
      ...{ returns: null, cause: null, why: [], reasons: [], contrasts: [], terms: [] },
      evidence: [],
      exemplars: (members.get(id) ?? [])
        .slice(0, EXEMPLARS)
        .flatMap((i) => failures[i]?.traceId ?? []),
      rank: clusters.length,
    };
    const model =
      clusters.find((cluster) => cluster.id === from) ??
      clusters.find((cluster) => survivor(cluster.id) === id);
    if (model !== undefined) added.push({ ...model, ...ofPerson, id });
    else if (causes.get(id)?.title !== undefined && clusters[0] !== undefined)
      added.push({ ...clusters[0], ...ofPerson, ...UNKNOWN, id });
  }
  return [...kept, ...added];
}

/** A cause with what people say of it in place of what was proposed. */
function decided(cluster: Cluster, { causes }: Decisions): Cluster {
  const { title, category, severity, fixCost, layer } = causes.get(cluster.id) ?? {};
  return {
    ...cluster,
    ...(title !== undefined && { title }),
    ...(category !== undefined && { category }),
    ...(severity !== undefined && { severity }),
    ...(fixCost !== undefined && { fixCost }),
    ...(layer !== undefined && { layer }),
  };
}

/** Failures per 1,000 traces. */
function rateOfFailures({ funnel, failedCount }: Analysis): number {
  const eligible = funnel.find(({ name }) => name === 'eligible')?.count ?? 0;
  return eligible > 0 ? (1000 * failedCount) / eligible : 0;
}
