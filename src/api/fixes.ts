import type { Cluster } from '../contract/cluster.ts';
import type { FixTrial } from '../contract/fix.ts';
import type { TraceInput } from '../platform/trace-input.ts';
import type { FixFile, FixProposal } from '../propose/propose.ts';
import type { Promotion } from '../verify/verify.ts';
import { type PromoteOptions, promoted } from './promote.ts';
import type { TraceReader } from './read-traces.ts';

export type { FixFile, FixProposal } from '../propose/propose.ts';

export interface FixesOptions extends PromoteOptions {
  /** The prompt of the application. Default: the recorded one. */
  readonly prompt?: FixFile | null;
  /** The definitions of its tools, as JSON. Default: the recorded ones. */
  readonly tools?: FixFile | null;
  /** What was tried before and did not work: it is not proposed again. */
  readonly tried?: readonly FixTrial[];
}

export interface Fixes {
  readonly cluster: Cluster;
  /** The suite of the cause, on which hypotheses are tried. */
  readonly promotion: Promotion;
  /** Changes that may fix the cause, none of which was tried. */
  readonly proposals: readonly FixProposal[];
  /** What would have been proposed, but was tried before and did not work. */
  readonly remembered: readonly FixTrial[];
  /** Why a model that was asked proposed nothing; null where it did, or where none was asked. */
  readonly problem: string | null;
}

/**
 * Proposes changes of the prompt or of the tools that may fix a cause: one by the template of its category, filled from
 * what its failures share, and more by `labelModel`. Nothing is tried, and nothing is written.
 *
 * @throws CulpritError what `promote` throws.
 */
export async function fixes(source: TraceInput | TraceReader, given: FixesOptions): Promise<Fixes> {
  const { prompt = null, tools = null, tried = [], labelModel, ...rest } = given;
  const isSent =
    labelModel !== undefined || rest.judge !== undefined || typeof rest.embedder === 'object';
  const { promotion, analysis, report, categories, shown } = await promoted(source, rest, isSent);
  const { id } = promotion.suite.cause;
  const cluster = [...analysis.clusters, ...analysis.otherClusters].find((each) => each.id === id)!;
  const failed = new Set(promotion.members);
  const propose = await import('../propose/propose.ts');
  const found = await propose.fixes(
    cluster,
    { failures: shown.failures, passing: shown.passing, pairs: report.pairs, categories },
    {
      members: shown.failures.filter(({ trace }) => failed.has(trace.id)),
      passing: shown.passing,
      declared: { prompt, tools },
      tried,
    },
    labelModel ?? null,
    rest.signal,
  );
  const before = new Map(tried.map((trial) => [trial.hypothesis.id, trial]));
  const proposals = found?.proposals ?? [];
  return {
    ...{ cluster, promotion, problem: found?.problem ?? null },
    proposals: proposals.filter(({ hypothesis }) => !before.has(hypothesis.id)),
    remembered: proposals.flatMap(({ hypothesis }) => before.get(hypothesis.id) ?? []),
  };
}
