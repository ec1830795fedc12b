import type { Analysis } from '../../../contract/analysis.ts';
import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import type { Category } from '../../../contract/category.ts';
import type { Cluster } from '../../../contract/cluster.ts';
import type { Granularity } from '../../../contract/grouping.ts';
import type {
  Pair,
  PassingTrace,
  ReportData,
  ReportPopulation,
  ReportTrace,
} from '../../../contract/report.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { analysisAt } from '../../../decide/decide.ts';
import { spreadOut } from '../map/spread.ts';

/** One level of the data with the lookups that views need, built once in linear time. Failures and clusters are identified by position. */
export interface ReportModel {
  /** All levels of the data, as the page was given it. */
  readonly data: ReportData;
  readonly analysis: Analysis;
  /** Position of the level in `analysis.levels`. */
  readonly level: number;
  /** Null for the initial level, which addresses do not name. */
  readonly granularity: Granularity | null;
  /** By rank. */
  readonly clusters: readonly Cluster[];
  readonly failures: readonly AnalyzedFailure[];
  /** Position in `clusters` per failure, -1 for noise. */
  readonly clusterOf: Int32Array;
  /** Failures per cluster, highest membership first. */
  readonly members: readonly (readonly number[])[];
  readonly noise: readonly number[];
  /** x, y per failure, then per passing trace; NaN if it has no position on the map. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Failures with a position. */
  readonly placed: number;
  readonly passing: readonly PassingTrace[];
  readonly population: ReportPopulation;
  /** By cluster id. */
  readonly pairs: ReadonlyMap<string, readonly Pair[]>;
  readonly traceUrl: string | null;
  readonly clusterById: ReadonlyMap<string, number>;
  readonly failureById: ReadonlyMap<string, number>;
  readonly traceById: ReadonlyMap<string, ReportTrace>;
  /** Position of a trace's raw form in the archive. */
  readonly rawById: ReadonlyMap<string, number>;
  readonly categoryById: ReadonlyMap<string, Category>;
}

/** What people have decided about causes, applied to one level. */
export interface Decide {
  readonly analysis: (analysis: Analysis) => Analysis;
  /** The cause that a cause was merged into; itself where it was not. */
  readonly survivor: (cause: string) => string;
}

const AS_PROPOSED: Decide = { analysis: (analysis) => analysis, survivor: (cause) => cause };

/** Builds a level, by default the initial one; `positions` may be reused from another model. */
export function buildModel(
  data: ReportData,
  level: number = data.analysis.level,
  positions: Float32Array<ArrayBuffer> = positionsOf(data),
  decide: Decide = AS_PROPOSED,
): ReportModel {
  const analysis = decide.analysis(analysisAt(data.analysis, level));
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
  const membership = Float64Array.from(failures, (failure) => failure.membership);
  for (const list of members)
    list.sort((a, b) => (membership[b] ?? 0) - (membership[a] ?? 0) || a - b);
  return {
    data,
    analysis,
    level,
    granularity,
    clusters,
    failures,
    clusterOf,
    members,
    noise,
    positions,
    placed:
      positions.subarray(0, 2 * failures.length).filter((value) => !Number.isNaN(value)).length / 2,
    passing: data.passing,
    population: data.population,
    pairs: Map.groupBy(data.pairs, (pair) => decide.survivor(pair.cluster)),
    traceUrl: data.traceUrl,
    clusterById,
    failureById: new Map(failures.map((failure, i) => [failure.traceId, i])),
    traceById: new Map(data.traces.map((trace) => [trace.id, trace])),
    rawById: new Map(data.traces.map((trace, i) => [trace.id, i])),
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

function positionsOf({ analysis, passing }: ReportData): Float32Array<ArrayBuffer> {
  const failures = spreadOut(failurePositions(analysis));
  const all = new Float32Array(failures.length + 2 * passing.length).fill(Number.NaN);
  all.set(failures);
  passing.forEach(({ position }, i) => {
    place(all, analysis.failures.length + i, position);
  });
  return all;
}

/** Without embeddings there are no positions. */
function failurePositions(analysis: Analysis): Float32Array<ArrayBuffer> {
  const embedded = analysis.funnel.find((stage) => stage.name === 'embedded');
  const positions = new Float32Array(analysis.failures.length * 2).fill(Number.NaN);
  if (embedded?.count === 0) return positions;
  analysis.failures.forEach(({ position }, i) => {
    place(positions, i, position);
  });
  return positions;
}

/** JSON has no NaN: a position that was not computed is null. */
function place(positions: Float32Array, at: number, position: unknown): void {
  const [x, y] = (position ?? []) as readonly unknown[];
  if (typeof x !== 'number' || typeof y !== 'number') return;
  positions[2 * at] = x;
  positions[2 * at + 1] = y;
}

/** After all ranks. */
const UNRANKED = 1e9;
