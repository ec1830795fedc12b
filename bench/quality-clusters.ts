import { NO_FACTS } from '../src/contract/fact-rows.ts';
import type { TextView } from '../src/contract/failure.ts';
import { resolveOptions } from '../src/contract/options.ts';
import { analyze } from '../src/culprit.ts';
import { viewText } from '../src/embed/views/view-text.ts';
import { adjustedMutualInformation } from '../src/numeric/numeric.ts';
import { type BenchTrace, isKnownFailure, sourceOf } from './open-bench.ts';

/** Values of `--view`: the default, and single views. */
export const VIEWS: readonly string[] = [
  resolveOptions({ all: true }).view,
  'facts',
  resolveOptions({}).view,
  'brief',
  'output',
  'both',
  'input',
  'structure',
];

/** Views that a baseline can use, because they need no knowledge of traces. */
export const TEXT_VIEWS = ['input', 'output', 'both'] as const satisfies TextView[];

/** The known failures of one source. */
export interface SourceFailures {
  readonly source: string;
  readonly failures: readonly BenchTrace[];
}

/** Agreement of one clustering with the truth; null if the source has a single class. */
export interface Agreement {
  readonly source: string;
  readonly primary: number | null;
  readonly rootCause: number | null;
}

/** Failures of known kind by source, in order, without sources whose truths both have one class. */
export function bySource(rows: readonly BenchTrace[]): SourceFailures[] {
  return [...Map.groupBy(rows.filter(isKnownFailure), (row) => row.source)]
    .map(([source, failures]) => ({ source, failures }))
    .filter(
      ({ failures }) => classes(failures, 'primary') > 1 || classes(failures, 'rootCause') > 1,
    )
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** The text of a view without signals, the same for the product and the baselines. */
export const textOf = ({ trace }: BenchTrace, view: (typeof TEXT_VIEWS)[number]): string =>
  viewText(
    { trace, failed: true, signals: [], cause: null, facts: NO_FACTS, rootSpanId: null, weight: 1 },
    view,
  );

export const classes = (rows: readonly BenchTrace[], truth: 'primary' | 'rootCause'): number =>
  new Set(rows.map((row) => row[truth])).size;

/** Clusters one source like the command line, with all traces as failures: an id for each, null for noise. */
export async function culpritClusters(
  { source, failures }: SourceFailures,
  view: string,
): Promise<(string | null)[]> {
  const lines = failures.map(({ line }) => line);
  const { analysis } = await analyze(sourceOf(`${source}.jsonl`, lines), {
    all: true,
    sample: failures.length,
    view,
  });
  const clusterOf = new Map(analysis.failures.map(({ traceId, cluster }) => [traceId, cluster]));
  return failures.map(({ trace }) => clusterOf.get(trace.id) ?? null);
}

/** Adjusted mutual information with both truths; each noise trace (null) is its own cluster. */
export function agreement(
  { source, failures }: SourceFailures,
  clusters: readonly (string | number | null)[],
): Agreement {
  const found = numbered(clusters.map((cluster, row) => cluster ?? `alone ${row}`));
  const score = (truth: 'primary' | 'rootCause'): number | null =>
    classes(failures, truth) > 1
      ? adjustedMutualInformation(numbered(failures.map((row) => row[truth] ?? '')), found)
      : null;
  return { source, primary: score('primary'), rootCause: score('rootCause') };
}

/** The mean of several runs with different seeds. */
export function meanAgreement(runs: readonly Agreement[]): Agreement {
  return {
    source: runs[0]?.source ?? '',
    primary: mean(runs.map((run) => run.primary)),
    rootCause: mean(runs.map((run) => run.rootCause)),
  };
}

/** Mean of the non-null values; null if there are none. */
export function mean(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0) / there.length;
}

function numbered(labels: readonly (string | number)[]): Int32Array {
  const place = new Map([...new Set(labels)].map((label, index) => [label, index]));
  return Int32Array.from(labels, (label) => place.get(label) ?? 0);
}
