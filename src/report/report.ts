import {
  ANALYSIS_VERSION,
  type AnalysedFailure,
  type Analysis,
  type Cluster,
} from '../contract/analysis.ts';
import type { Category } from '../contract/category.ts';
import type { CollectReport } from '../contract/collection.ts';
import type { Detected } from '../contract/detected.ts';
import type { Failure } from '../contract/failure.ts';
import type { Grouping } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import type { Ranked } from '../contract/ranked.ts';
import type { RunOptions } from '../contract/record.ts';
import type { ReportData } from '../contract/report.ts';
import { clusterIds } from './cluster-id.ts';
import { funnelOf } from './funnel.ts';
import { reportTrace } from './report-trace.ts';

export interface RecordParts {
  readonly version: string;
  readonly collected: CollectReport;
  readonly detected: Detected;
  readonly embedder: string;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly options: RunOptions;
  readonly grouping: Grouping;
  readonly labels: readonly ClusterLabel[];
  /** In order of rank. */
  readonly ranked: readonly Ranked[];
  readonly formula: string;
  readonly categories: readonly Category[];
}

const INPUT_HEAD = 200;
const NOISE_EXAMPLES = 20;

/** The record of a run: the analysis as JSON readers get it, and what the HTML report shows beside it. */
export function recordOf(parts: RecordParts): { analysis: Analysis; report: ReportData } {
  const { detected, grouping, labels, options } = parts;
  const ids = clusterIds(labels, grouping, detected.failures);
  const analysis: Analysis = {
    version: ANALYSIS_VERSION,
    culprit: parts.version,
    files: parts.collected.files.map((file) => ({ ...file, formats: [...file.formats] })),
    problems: [...parts.collected.problems],
    problemCount: parts.collected.problemCount,
    funnel: funnelOf(parts),
    gaps: [...detected.gaps],
    detectors: [...detected.detectors],
    options: {
      sample: options.sample,
      seed: options.seed,
      view: options.view,
      embedder: parts.embedder,
      algorithm: options.algorithm,
      minClusterSize: options.minClusterSize,
      all: options.all,
      scores: [...options.scores],
      severity: options.severity,
      divideByFixCost: options.divideByFixCost,
      policy: options.policy,
    },
    formula: parts.formula,
    clusters: parts.ranked.map((ranked) => clusterOf(ranked, parts, ids)),
    failures: detected.failures.map((failure, row) => failureOf(failure, row, grouping, ids)),
  };
  return { analysis, report: reportOf(analysis, parts) };
}

function clusterOf(ranked: Ranked, parts: RecordParts, ids: readonly string[]): Cluster {
  const shape = parts.grouping.clusters[ranked.cluster]!;
  const { label, category, layer, fingerprint, because, terms, exemplars, evidence } =
    parts.labels[ranked.cluster]!;
  const { failures } = parts.detected;
  const membership = shape.members.map((row) => parts.grouping.membership[row]!);
  return {
    id: ids[ranked.cluster]!,
    rank: ranked.rank,
    label,
    category,
    layer,
    size: ranked.size,
    population: ranked.population,
    share: round(ranked.share),
    shareInterval: [round(ranked.shareInterval[0]), round(ranked.shareInterval[1])],
    ratePerThousand: round(ranked.ratePerThousand),
    rateInterval: [round(ranked.rateInterval[0]), round(ranked.rateInterval[1])],
    severity: ranked.severity,
    fixCost: ranked.fixCost,
    priority: round(ranked.priority),
    topThree: ranked.topThree,
    fingerprint,
    because: [...because],
    terms: [...terms],
    exemplars: exemplars.map((row) => failures[row]!.trace.id),
    evidence: [...evidence],
    quality: {
      persistence: shape.persistence === null ? null : round(shape.persistence),
      membership: round(membership.reduce((sum, value) => sum + value, 0) / membership.length),
      silhouette: shape.silhouette === null ? null : round(shape.silhouette),
      stability: shape.stability === null ? null : round(shape.stability),
      nearest: shape.nearest === null ? null : ids[shape.nearest]!,
    },
  };
}

function failureOf(
  { trace, signals, weight, rootSpanId }: Failure,
  row: number,
  grouping: Grouping,
  ids: readonly string[],
): AnalysedFailure {
  const label = grouping.labels[row]!;
  return {
    traceId: trace.id,
    cluster: label < 0 ? null : ids[label]!,
    noise: grouping.noise[row] ?? null,
    category: signals.find(({ category }) => category !== null)?.category ?? null,
    labels: [...new Set(signals.map(({ category, detector }) => category ?? detector))],
    membership: round(grouping.membership[row]!),
    weight: round(weight),
    map: [grouping.map[2 * row]!, grouping.map[2 * row + 1]!].map(round) as [number, number],
    rootSpanId,
    input: trace.input.slice(0, INPUT_HEAD),
    tenant: trace.tenant,
    promptVersion: trace.promptVersion,
    signals: signals.map((signal) => ({ ...signal, evidence: [...signal.evidence] })),
  };
}

/** Exemplars of every cluster and the first of the noise carry their messages. */
function reportOf(analysis: Analysis, { detected, grouping, categories }: RecordParts): ReportData {
  const shown = new Set(analysis.clusters.flatMap(({ exemplars }) => exemplars));
  const noise = detected.failures.filter((_, row) => grouping.labels[row]! < 0);
  for (const { trace } of noise.slice(0, NOISE_EXAMPLES)) shown.add(trace.id);
  const used = new Set(analysis.clusters.map(({ category }) => category));
  return {
    analysis,
    categories: categories.filter(({ id }) => used.has(id)),
    traces: detected.failures.filter(({ trace }) => shown.has(trace.id)).map(reportTrace),
  };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
