import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import type { Dimension } from '../../../contract/dimension.ts';
import type { PassingTrace, ReportPopulation } from '../../../contract/report.ts';
import type { ReportModel } from './report-model.ts';
import { DIMENSIONS, FACETS, type FacetName, type Scope } from './scope.ts';

/** What failures without the value are called. */
export const NOT_RECORDED = 'not recorded';

export interface Facet {
  readonly name: FacetName;
  /** Most failures first; the empty string for those without the value. */
  readonly values: readonly { readonly value: string; readonly failures: number }[];
}

/** The facets by which failures differ: those with at least two values among all traces or all failures. */
export function facetsOf(model: ReportModel): Facet[] {
  return FACETS.flatMap((name) => {
    const counts = name === 'signal' ? signalCounts(model) : valueCounts(model, name);
    if (counts.size < 2) return [];
    const values = [...counts]
      .map(([value, failures]) => ({ value, failures: Math.round(failures) }))
      .sort((a, b) => b.failures - a.failures || (a.value < b.value ? -1 : 1));
    return [{ name, values }];
  });
}

/** Failures per value among all traces; the empty string where some have none. */
function valueCounts({ analysis }: ReportModel, name: Dimension): Map<string, number> {
  const facet = analysis.traffic.facets.find(({ dimension }) => dimension === name);
  if (facet === undefined) return new Map();
  const counts = new Map(facet.values.map(({ value, failed }) => [value, failed]));
  const eligible = analysis.funnel.find((stage) => stage.name === 'eligible')?.count ?? 0;
  if (facet.recorded < eligible && facet.distinct === counts.size) {
    const told = facet.values.reduce((sum, { failed }) => sum + failed, 0);
    counts.set('', Math.max(0, analysis.failedCount - told));
  }
  return counts;
}

function signalCounts({ failures }: ReportModel): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { signals, weight } of failures) {
    signals.forEach(({ detector }, at) => {
      const isFirst = signals.findIndex((signal) => signal.detector === detector) === at;
      if (isFirst) counts.set(detector, (counts.get(detector) ?? 0) + weight);
    });
  }
  return counts;
}

/** Whether a failure, or a passing trace, has the values and the time of the scope. Its words and its area are checked elsewhere. */
export function isInFacets(trace: AnalyzedFailure | PassingTrace, scope: Scope): boolean {
  const { from, to, signal } = scope;
  if (DIMENSIONS.some((name) => scope[name] !== null && (trace[name] ?? '') !== scope[name]))
    return false;
  if (signal !== null && !('signals' in trace && hasSignal(trace, signal))) return false;
  if (from === null && to === null) return true;
  const { startTime } = trace;
  return startTime !== null && startTime >= (from ?? startTime) && startTime < (to ?? Infinity);
}

const hasSignal = ({ signals }: Pick<AnalyzedFailure, 'signals'>, id: string): boolean =>
  signals.some(({ detector }) => detector === id);

/**
 * Traces, failed or not, with the values and the time of the scope; words, signals and areas do not narrow them. Times
 * count by whole buckets. Null for a value that the population does not tell apart.
 */
export function tracesIn(model: ReportModel, scope: Scope): number | null {
  const { population } = model;
  const wanted = DIMENSIONS.filter((name) => scope[name] !== null);
  const positions = wanted.map((name) => population.values[name].indexOf(scope[name] ?? ''));
  if (positions.includes(-1)) return null;
  const times = bucketsIn(model, scope);
  let traces = 0;
  population.traces.forEach((count, row) => {
    if (wanted.some((name, i) => population.columns[name][row] !== positions[i])) return;
    const bucket = population.bucket[row] ?? -1;
    if (times !== null && (bucket < times[0] || bucket >= times[1])) return;
    traces += count;
  });
  return Math.round(traces * population.scale);
}

/** First bucket of the scope's time and the one after its last; null without a time. */
export function bucketsIn(
  { analysis }: Pick<ReportModel, 'analysis'>,
  { from, to }: Scope,
): readonly [number, number] | null {
  const { buckets } = analysis.traffic;
  if (buckets === null || (from === null && to === null)) return null;
  const at = (time: number): number => Math.round((time - buckets.start) / buckets.width);
  return [from === null ? 0 : at(from), to === null ? buckets.traces.length : at(to)];
}

/** Traces and failures per bucket, with the values of the scope. */
export function bucketCounts(
  { population, analysis }: Pick<ReportModel, 'population' | 'analysis'>,
  scope: Pick<Scope, Dimension>,
): { readonly traces: number[]; readonly failed: number[] } {
  const length = analysis.traffic.buckets?.traces.length ?? 0;
  const sums = {
    traces: new Array<number>(length).fill(0),
    failed: new Array<number>(length).fill(0),
  };
  const wanted = DIMENSIONS.filter((name) => scope[name] !== null);
  const positions = wanted.map((name) => population.values[name].indexOf(scope[name] ?? ''));
  population.bucket.forEach((bucket, row) => {
    if (bucket < 0 || bucket >= length) return;
    if (wanted.some((name, i) => population.columns[name][row] !== positions[i])) return;
    add(sums.traces, bucket, population, 'traces', row);
    add(sums.failed, bucket, population, 'failed', row);
  });
  return sums;
}

function add(
  sums: number[],
  bucket: number,
  population: ReportPopulation,
  column: 'traces' | 'failed',
  row: number,
): void {
  sums[bucket] = (sums[bucket] ?? 0) + (population[column][row] ?? 0) * population.scale;
}
