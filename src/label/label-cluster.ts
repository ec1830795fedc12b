import { type Category, UNEXPLAINED } from '../contract/category.ts';
import type { Failure } from '../contract/failure.ts';
import type { PointCluster } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import type { Evidence, Signal } from '../contract/signal.ts';
import { causeParts } from '../text/cause.ts';
import { reasons } from './contrast/reasons.ts';
import type { Run } from './contrast/run.ts';
import { mostFrequent, mostFrequentBy } from './most-frequent.ts';
import type { DistinctiveTerm } from './title/distinctive-terms.ts';
import { titleOf } from './title/title-of.ts';

const EXEMPLARS = 8;
const EVIDENCE = 8;

export interface ClusterInput {
  readonly cluster: PointCluster;
  readonly failures: readonly Failure[];
  readonly runs: readonly Run[];
  readonly passing: readonly Run[];
  readonly terms: readonly DistinctiveTerm[];
  /** Terms that a title may use. */
  readonly titleTerms: readonly DistinctiveTerm[];
  readonly categories: readonly Category[];
}

/** Proposes a root cause for one cluster; its title may not be unique. */
export function labelCluster(input: ClusterInput): ClusterLabel {
  const { cluster, failures, runs, passing, terms, titleTerms, categories } = input;
  const members = cluster.members.map((row) => failures[row]!);
  const memberCategories = members.map(categoryOf);
  const category = mostFrequent(memberCategories)?.value ?? UNEXPLAINED.id;
  const causes = members.map((failure) => causeIn(failure, category));
  const shared = sharedCause(causes);
  const exemplars = exemplarsOf(members, causes, shared);
  return {
    title: titleOf({
      categories: memberCategories,
      statements: causes.map((cause) => (hasText(cause) ? cause.statement : null)),
      terms: titleTerms,
      taxonomy: categories,
    }),
    category,
    layer: categories.find(({ id }) => id === category)?.layer ?? 'prompt',
    cause: shared?.cause ?? null,
    identity: shared === null ? null : [category, ...causeParts(shared)],
    reasons: reasons({ members, causes, shared, runs, passing }),
    terms,
    exemplars: exemplars.map(({ trace }) => trace.id),
    evidence: evidenceOf(exemplars, category),
  };
}

/** The category of a failure's cause, or `unexplained`. */
const categoryOf = ({ cause }: Pick<Failure, 'cause'>): string => cause?.category ?? UNEXPLAINED.id;

const hasText = (cause: Signal | null): cause is Signal =>
  cause !== null && cause.statement.template !== '';

/** The signal that names a member's cause. */
const causeIn = (failure: Failure, category: string): Signal | null =>
  failure.signals.find((signal) => signal.category === category) ?? failure.signals[0] ?? null;

/** A signal with the cause that at least half of the members share. */
function sharedCause(causes: readonly (Signal | null)[]): Signal | null {
  const most = mostFrequentBy(causes, keyOf);
  return most !== null && most.count * 2 >= causes.length ? most.value : null;
}

/** A key that is equal for equal causes. */
const keyOf = (cause: Signal | null): string =>
  cause === null ? '' : JSON.stringify(causeParts(cause));

/** Members nearest the center, those with the shared cause first. */
function exemplarsOf(
  members: readonly Failure[],
  causes: readonly (Signal | null)[],
  shared: Signal | null,
): Failure[] {
  const isTypical = (_: Failure, index: number): boolean =>
    shared !== null && keyOf(causes[index] ?? null) === keyOf(shared);
  const rest = members.filter((member, index) => !isTypical(member, index));
  return [...members.filter(isTypical), ...rest].slice(0, EXEMPLARS);
}

function evidenceOf(
  exemplars: readonly Failure[],
  category: string,
): (Evidence & { readonly traceId: string })[] {
  return exemplars
    .flatMap((failure) => {
      const first = causeIn(failure, category)?.evidence[0];
      return first === undefined ? [] : [{ ...first, traceId: failure.trace.id }];
    })
    .slice(0, EVIDENCE);
}
