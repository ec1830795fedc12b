import type { Analysis } from '../../../contract/analysis.ts';
import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import type { Category } from '../../../contract/category.ts';
import type { Cluster } from '../../../contract/cluster.ts';
import type { ReportData, ReportTrace } from '../../../contract/report.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { spreadOut } from '../map/spread.ts';
import { analysisAt } from './level-analysis.ts';
import { addressHash, type Route } from './route.ts';

/** One level of the data with the lookups that views need, built once in linear time. Failures and clusters are identified by position. */
export interface ReportModel {
  readonly analysis: Analysis;
  /** Position of the level in `analysis.levels`. */
  readonly level: number;
  /** The hash of a page at this level. */
  readonly address: (route: Route) => string;
  /** By rank. */
  readonly clusters: readonly Cluster[];
  readonly failures: readonly AnalyzedFailure[];
  /** Position in `clusters` per failure, -1 for noise. */
  readonly clusterOf: Int32Array;
  /** Failures per cluster, highest membership first. */
  readonly members: readonly (readonly number[])[];
  readonly noise: readonly number[];
  /** x, y per failure; NaN if it has no position on the map. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly placed: number;
  readonly clusterById: ReadonlyMap<string, number>;
  readonly failureById: ReadonlyMap<string, number>;
  readonly traceById: ReadonlyMap<string, ReportTrace>;
  readonly categoryById: ReadonlyMap<string, Category>;
}

/** Builds a level, by default the initial one; `positions` may be reused from another model. */
export function buildModel(
  data: ReportData,
  level: number = data.analysis.level,
  positions: Float32Array<ArrayBuffer> = spreadOut(positionsOf(data.analysis)),
): ReportModel {
  const analysis = analysisAt(data.analysis, level);
  const granularity =
    level === data.analysis.level ? null : (analysis.levels[level]?.granularity ?? null);
  const clusters = [...analysis.clusters].sort(
    (a, b) => (a.rank ?? UNRANKED) - (b.rank ?? UNRANKED),
  );
  const clusterById = new Map(clusters.map((cluster, i) => [cluster.id, i]));
  const { failures } = analysis;
  const clusterOf = Int32Array.from(failures, (failure) =>
    failure.cluster === null ? -1 : (clusterById.get(failure.cluster) ?? -1),
  );
  const members: number[][] = clusters.map(() => []);
  const noise: number[] = [];
  clusterOf.forEach((cluster, i) => {
    (members[cluster] ?? noise).push(i);
  });
  const membership = (i: number): number => failures[i]?.membership ?? 0;
  for (const list of members) list.sort((a, b) => membership(b) - membership(a) || a - b);
  return {
    analysis,
    level,
    address: (route) => addressHash({ route, granularity }),
    clusters,
    failures,
    clusterOf,
    members,
    noise,
    positions,
    placed: positions.filter((value) => !Number.isNaN(value)).length / 2,
    clusterById,
    failureById: new Map(failures.map((failure, i) => [failure.traceId, i])),
    traceById: new Map(data.traces.map((trace) => [trace.id, trace])),
    categoryById: new Map(data.categories.map((category) => [category.id, category])),
  };
}

/** All evidence of one trace: its own, its signals' and its cluster's. */
export function evidenceOf(model: ReportModel, traceId: string): Evidence[] {
  const at = model.failureById.get(traceId);
  const failure = at === undefined ? undefined : model.failures[at];
  const cluster = at === undefined ? undefined : model.clusters[model.clusterOf[at] ?? -1];
  return [
    ...(cluster?.evidence.filter((evidence) => evidence.traceId === traceId) ?? []),
    ...(model.traceById.get(traceId)?.evidence ?? []),
    ...(failure?.signals.flatMap((signal) => signal.evidence) ?? []),
  ].map(({ spanId, path, quote }) => ({ spanId, path, quote }));
}

/** JSON has no NaN: a position that was not computed is null. Without embeddings there are no positions. */
function positionsOf(analysis: Analysis): Float32Array<ArrayBuffer> {
  const embedded = analysis.funnel.find((stage) => stage.name === 'embedded');
  const positions = new Float32Array(analysis.failures.length * 2).fill(Number.NaN);
  if (embedded?.count === 0) return positions;
  analysis.failures.forEach((failure, i) => {
    const [x, y] = (failure.position ?? []) as readonly unknown[];
    if (typeof x !== 'number' || typeof y !== 'number') return;
    positions[2 * i] = x;
    positions[2 * i + 1] = y;
  });
  return positions;
}

/** After all ranks. */
const UNRANKED = 1e9;
