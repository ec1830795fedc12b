import type { Category } from '../contract/category.ts';
import type { Cluster } from '../contract/cluster.ts';
import type { Failure } from '../contract/failure.ts';
import type { Pair } from '../contract/report.ts';
import type { Trace } from '../contract/trace.ts';
import { type Finding, findingsOf } from './findings.ts';

/** A failing run, as far as a model is shown it. */
export type FailingRun = Pick<Failure, 'trace' | 'rootSpanId' | 'signals'>;

/** A cause with the runs that show it. */
export interface CauseSubject {
  readonly cluster: Cluster;
  /** The most typical first. */
  readonly failing: readonly FailingRun[];
  /** The most similar traces that passed. */
  readonly passing: readonly Trace[];
  readonly findings: readonly Finding[];
  readonly categories: readonly Category[];
}

/** What an analysis found, as far as a model is shown it. */
export interface Found {
  readonly failures: readonly FailingRun[];
  readonly passing: readonly Trace[];
  readonly pairs: readonly Pick<Pair, 'cluster' | 'passing'>[];
  readonly categories: readonly Category[];
}

const FAILING = 4;
const PASSING = 2;

/** A cause as a model is shown it; null for one whose runs were not sampled. */
export function subjectOf(
  cluster: Cluster,
  { failures, passing, pairs, categories }: Found,
): CauseSubject | null {
  const byId = new Map(failures.map((failure) => [failure.trace.id, failure]));
  const failing = cluster.exemplars.flatMap((id) => byId.get(id) ?? []).slice(0, FAILING);
  if (failing.length === 0) return null;
  const near = new Set(
    pairs.filter(({ cluster: id }) => id === cluster.id).map((pair) => pair.passing),
  );
  return {
    ...{ cluster, failing, categories, findings: findingsOf(cluster) },
    passing: passing.filter(({ id }) => near.has(id)).slice(0, PASSING),
  };
}

/** Its runs under the headings that instructions speak of. */
export const materialRuns = ({
  failing,
  passing,
}: Pick<CauseSubject, 'failing' | 'passing'>): readonly {
  readonly heading: string;
  readonly run: FailingRun;
}[] => [
  ...failing.map((run) => ({ heading: 'failed', run })),
  ...passing.map((trace) => ({
    heading: 'passed',
    run: { trace, rootSpanId: null, signals: [] },
  })),
];

/** The recorded system prompt; empty where none was recorded. */
export const systemPromptOf = ({ messages }: Trace): string =>
  messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => content)
    .join('\n\n');
