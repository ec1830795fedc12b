import type { Analysis } from '../contract/analysis.ts';
import { ANALYSIS_VERSION } from '../contract/analysis-version.ts';
import type { AnalyzedFailure } from '../contract/analyzed-failure.ts';
import type { Cluster } from '../contract/cluster.ts';
import type { Failure } from '../contract/failure.ts';
import type { GroupingLevel, PointCluster } from '../contract/grouping.ts';
import type { ReportData } from '../contract/report.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { conditionTest } from '../text/fact-row.ts';
import { packed } from '../text/packed.ts';
import { shownEvidence } from '../text/shown-evidence.ts';
import { traitsOf } from '../trace/traits.ts';
import { archiveOf } from './archive.ts';
import { funnelOf } from './funnel.ts';
import { headlineOf } from './headline.ts';
import { type Identify, identifier } from './identify.ts';
import { listedLevel, recordLevels } from './levels.ts';
import type { RecordParts } from './parts.ts';
import { populationOf } from './population.ts';
import { round } from './round.ts';
import { reportTrace } from './trace.ts';
import { trafficOf } from './traffic/traffic.ts';

const INPUT_HEAD = 200;
const NOISE_EXAMPLES = 20;

/** Makes the record of a run: the analysis as published in JSON, and what the HTML report shows in addition. */
export function recordOf(parts: RecordParts): {
  readonly analysis: Analysis;
  readonly report: ReportData;
} {
  const { detected, grouping, labels, options } = parts;
  const identify = identifier(labels, detected.failures);
  const level = grouping.levels[listedLevel(grouping, options.granularity)]!;
  const traffic = trafficOf(detected.traffic);
  const levels = recordLevels(parts, traffic, identify);
  const alsoMet = alsoMeeting(levels.clusters);
  const failures = detected.failures.map((failure, row) => ({
    ...failureOf(failure),
    ...placeOf(row, level, identify),
    alsoMeets: alsoMet(failure, identify, level.clusters[level.assignments[row] ?? -1]?.cluster),
    position: [
      round(grouping.positions[2 * row]!),
      round(grouping.positions[2 * row + 1]!),
    ] as const,
  }));
  const analysis: Analysis = {
    version: ANALYSIS_VERSION,
    toolVersion: parts.version,
    ...parts.collected,
    failedCount: detected.failed,
    headline: headlineOf({
      clusters: levels.clusters,
      traffic,
      failures,
      detected,
      all: options.all,
    }),
    traffic,
    funnel: funnelOf(parts, level),
    gaps: detected.gaps,
    detectors: detected.detectors,
    suspects: detected.suspects,
    outcomes: detected.outcomes,
    rules: detected.rules,
    measures: detected.measures,
    judging: detected.judging,
    facts: parts.facts,
    options: parts.options,
    formula: parts.formula,
    ...levels,
    failures,
  };
  return { analysis, report: reportOf(analysis, level, parts) };
}

/** Ids of the causes besides its own whose condition a failure meets. */
function alsoMeeting(clusters: readonly Cluster[]) {
  const tests = clusters.flatMap(({ id, condition }) =>
    condition === null ? [] : [{ id, test: conditionTest(condition) }],
  );
  return ({ facts }: Failure, identify: Identify, own: PointCluster | undefined): string[] => {
    const ownId = own === undefined ? null : identify(own).id;
    return tests.flatMap(({ id, test }) => (id !== ownId && test(facts) ? [id] : []));
  };
}

type Place = Pick<AnalyzedFailure, 'cluster' | 'noise' | 'membership'>;

const failureOf = ({
  trace,
  failed,
  signals,
  cause,
  weight,
  rootSpanId,
}: Failure): Omit<AnalyzedFailure, keyof Place | 'position' | 'alsoMeets'> => ({
  traceId: trace.id,
  failed,
  category: cause?.category ?? null,
  categories: [...new Set(signals.map(({ category, detector }) => category ?? detector))],
  weight: round(weight),
  rootSpanId,
  input: trace.input.slice(0, INPUT_HEAD),
  shown: shownOf(trace, signals),
  ...traitsOf(trace),
  signals,
});

function shownOf(trace: Trace, [first]: readonly Signal[]): string | null {
  const quote = first?.evidence[0];
  return quote === undefined ? null : shownEvidence(trace, quote);
}

function placeOf(row: number, level: GroupingLevel, identify: Identify): Place {
  const found = level.clusters[level.assignments[row] ?? -1];
  return {
    cluster: found === undefined ? null : identify(found.cluster).id,
    noise: level.noise[row] ?? null,
    membership: round(level.membership[row] ?? 0),
  };
}

/** Traces whose messages are included: the exemplars of every cluster, and the first noise traces. */
function reportOf(
  analysis: Analysis,
  level: GroupingLevel,
  { detected, categories }: RecordParts,
): ReportData {
  const clusters = [...analysis.clusters, ...analysis.otherClusters];
  const shown = new Set(clusters.flatMap(({ exemplars }) => exemplars));
  const noise = detected.failures.filter((_, row) => level.assignments[row]! < 0);
  for (const { trace } of noise.slice(0, NOISE_EXAMPLES)) shown.add(trace.id);
  const used = new Set(clusters.map(({ category }) => category));
  const failures = detected.failures.filter(({ trace }) => shown.has(trace.id));
  return {
    analysis,
    categories: categories.filter(({ id }) => used.has(id)),
    traces: failures.map(reportTrace),
    pairs: [],
    population: populationOf(detected.population, analysis.traffic, detected.eligible),
    passing: [],
    traceUrl: null,
    archive: packed(
      archiveOf(
        detected.failures,
        failures.map(({ trace }) => trace),
      ),
    ),
  };
}
