import type { Analysis } from '../contract/analysis.ts';
import { ANALYSIS_VERSION } from '../contract/analysis-version.ts';
import type { AnalyzedFailure } from '../contract/analyzed-failure.ts';
import type { Cluster } from '../contract/cluster.ts';
import type { Failure } from '../contract/failure.ts';
import type { IdentifiedCause } from '../contract/frozen-model.ts';
import type { GroupingLevel, PointCluster } from '../contract/grouping.ts';
import type { PassingTrace, ReportData } from '../contract/report.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { conditionTest } from '../text/fact-row.ts';
import { packed } from '../text/packed.ts';
import { round } from '../text/round.ts';
import { shownEvidence } from '../text/shown-evidence.ts';
import { traitsOf } from '../trace/traits.ts';
import { archiveOf } from './archive.ts';
import { funnelOf } from './funnel.ts';
import { headlineOf } from './headline.ts';
import { type Identify, identifier } from './identify.ts';
import { listedLevel, recordLevels } from './levels.ts';
import { pairsOf } from './pairs/pairs.ts';
import type { RecordParts } from './parts.ts';
import { populationOf } from './population.ts';
import { passingTrace, reportTrace } from './trace.ts';
import { trafficOf } from './traffic/traffic.ts';

const INPUT_HEAD = 200;
const NOISE_EXAMPLES = 20;

// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { changeReport, withExemplars } from './changes.ts';
export { countedBreakdown } from './traffic/breakdowns.ts';

/**
 * Makes the record of a run: the analysis as published in JSON, what the HTML report shows in addition, and what tells
 * whether its causes are those of another run.
 */
export function recordOf(parts: RecordParts): {
  readonly analysis: Analysis;
  readonly report: ReportData;
  readonly identities: readonly IdentifiedCause[];
} {
  const { detected, grouping, labels, options } = parts;
  const { identify, identities } = identifier(labels, detected.failures, parts.earlier);
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
  const analysis: Analysis = parts.redact({
    version: ANALYSIS_VERSION,
    toolVersion: parts.version,
    command: parts.command,
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
  });
  return { analysis, report: reportOf(analysis, level, identify, parts), identities };
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
  const [quote, ...others] = first?.evidence ?? [];
  return quote === undefined ? null : shownEvidence(trace, quote, others);
}

function placeOf(row: number, level: GroupingLevel, identify: Identify): Place {
  const found = level.clusters[level.assignments[row] ?? -1];
  return {
    cluster: found === undefined ? null : identify(found.cluster).id,
    noise: level.noise[row] ?? null,
    membership: round(level.membership[row] ?? 0),
  };
}

/** Traces whose messages are included: the exemplars of every cluster, the first noise traces, and what stands beside them. */
function reportOf(
  analysis: Analysis,
  level: GroupingLevel,
  identify: Identify,
  { detected, categories, labels, grouping, options, redact }: RecordParts,
): ReportData {
  const { failures, passing } = detected;
  const clusters = [...analysis.clusters, ...analysis.otherClusters];
  const traces = tracesById(failures, passing);
  const pairs = [...labels].flatMap(([cluster, { counterparts }]) =>
    pairsOf(identify(cluster).id, counterparts, traces),
  );
  const ids = new Set(clusters.flatMap(({ exemplars }) => exemplars));
  const noise = failures.filter((_, row) => level.assignments[row]! < 0);
  for (const { trace } of noise.slice(0, NOISE_EXAMPLES)) ids.add(trace.id);
  const failing = failures.filter(({ trace }) => ids.has(trace.id));
  const beside = new Set(pairs.map((pair) => pair.passing));
  const passed = passing.filter(({ id }) => beside.has(id));
  const used = new Set(clusters.map(({ category }) => category));
  const archive = archiveOf(failures, [...failing.map(({ trace }) => trace), ...passed]);
  const shown = redact({
    categories: categories.filter(({ id }) => used.has(id)),
    traces: [...failing.map(reportTrace), ...passed.map(passingTrace)],
    pairs,
    population: populationOf(detected.population, analysis.traffic, detected.eligible),
    passing: passing.flatMap((trace, index) => mapped(trace, grouping.passingPositions, index)),
    traceUrl: options.traceUrl,
  });
  return { analysis, ...shown, archive: packed(redact(archive)) };
}

/** A passing trace that has a place on the map. */
function mapped(trace: Trace, positions: Float32Array, index: number): PassingTrace[] {
  const x = positions[2 * index] ?? Number.NaN;
  const y = positions[2 * index + 1] ?? Number.NaN;
  if (Number.isNaN(x) || Number.isNaN(y)) return [];
  const input = trace.input.slice(0, INPUT_HEAD);
  return [{ traceId: trace.id, position: [round(x), round(y)], input, ...traitsOf(trace) }];
}

const tracesById = (
  failures: readonly Failure[],
  passing: readonly Trace[],
): ReadonlyMap<string, Trace> =>
  new Map([...passing, ...failures.map(({ trace }) => trace)].map((trace) => [trace.id, trace]));
