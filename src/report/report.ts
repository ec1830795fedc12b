import { ANALYSIS_VERSION, type AnalysedFailure, type Analysis } from '../contract/analysis.ts';
import type { Category } from '../contract/category.ts';
import type { CollectReport } from '../contract/collection.ts';
import type { Detected } from '../contract/detected.ts';
import type { Failure } from '../contract/failure.ts';
import type { Grouping, GroupingLevel } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import type { Ranked } from '../contract/ranked.ts';
import type { RunOptions } from '../contract/record.ts';
import type { ReportData } from '../contract/report.ts';
import { clusterIds } from './cluster-id.ts';
import { funnelOf } from './funnel.ts';
import { listedLevel, recordLevels } from './levels.ts';
import { reportTrace } from './report-trace.ts';
import { round } from './round.ts';

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
  /** Of each level in order of rank; `cluster` is the position in the level. */
  readonly ranked: readonly (readonly Ranked[])[];
  readonly formula: string;
  readonly categories: readonly Category[];
}

const INPUT_HEAD = 200;
const NOISE_EXAMPLES = 20;

/** The record of a run: the analysis as JSON readers get it, and what the HTML report shows beside it. */
export function recordOf(parts: RecordParts): { analysis: Analysis; report: ReportData } {
  const { detected, grouping, labels, options } = parts;
  const ids = clusterIds(labels, grouping, detected.failures);
  const level = grouping.levels[listedLevel(grouping, options.granularity)]!;
  const analysis: Analysis = {
    version: ANALYSIS_VERSION,
    culprit: parts.version,
    files: parts.collected.files.map((file) => ({ ...file, formats: [...file.formats] })),
    problems: [...parts.collected.problems],
    problemCount: parts.collected.problemCount,
    funnel: funnelOf(parts, level),
    gaps: [...detected.gaps],
    detectors: [...detected.detectors],
    judging: detected.judging,
    options: {
      sample: options.sample,
      seed: options.seed,
      view: options.view,
      embedder: parts.embedder,
      algorithm: options.algorithm,
      minClusterSize: options.minClusterSize,
      granularity: options.granularity,
      all: options.all,
      scores: [...options.scores],
      severity: options.severity,
      divideByFixCost: options.divideByFixCost,
      policy: options.policy,
    },
    formula: parts.formula,
    ...recordLevels(parts, ids),
    failures: detected.failures.map((failure, row) =>
      failureOf(failure, row, grouping.map, level, ids),
    ),
  };
  return { analysis, report: reportOf(analysis, level, parts) };
}

function failureOf(
  { trace, signals, weight, rootSpanId }: Failure,
  row: number,
  map: Float32Array,
  level: GroupingLevel,
  ids: readonly string[],
): AnalysedFailure {
  const label = level.labels[row]!;
  return {
    traceId: trace.id,
    cluster: label < 0 ? null : ids[label]!,
    noise: level.noise[row] ?? null,
    category: signals.find(({ category }) => category !== null)?.category ?? null,
    labels: [...new Set(signals.map(({ category, detector }) => category ?? detector))],
    membership: round(level.membership[row]!),
    weight: round(weight),
    map: [map[2 * row]!, map[2 * row + 1]!].map(round) as [number, number],
    rootSpanId,
    input: trace.input.slice(0, INPUT_HEAD),
    tenant: trace.tenant,
    promptVersion: trace.promptVersion,
    signals: signals.map((signal) => ({ ...signal, evidence: [...signal.evidence] })),
  };
}

/** Exemplars of every cluster and the first of the noise carry their messages. */
function reportOf(
  analysis: Analysis,
  level: GroupingLevel,
  { detected, categories }: RecordParts,
): ReportData {
  const clusters = [...analysis.clusters, ...analysis.otherClusters];
  const shown = new Set(clusters.flatMap(({ exemplars }) => exemplars));
  const noise = detected.failures.filter((_, row) => level.labels[row]! < 0);
  for (const { trace } of noise.slice(0, NOISE_EXAMPLES)) shown.add(trace.id);
  const used = new Set(clusters.map(({ category }) => category));
  return {
    analysis,
    categories: categories.filter(({ id }) => used.has(id)),
    traces: detected.failures.filter(({ trace }) => shown.has(trace.id)).map(reportTrace),
  };
}
