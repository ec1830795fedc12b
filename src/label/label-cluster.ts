import type { Category } from '../contract/category.ts';
import type { Failure } from '../contract/failure.ts';
import type { PointCluster } from '../contract/grouping.ts';
import type { CauseEvidence, ClusterLabel } from '../contract/label.ts';
import type { Evidence, Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { UNEXPLAINED } from '../contract/unexplained.ts';
import { causeParts } from '../text/cause.ts';
import { count, plural } from '../text/format.ts';
import { isBare, shownEvidence } from '../text/shown-evidence.ts';
import { nearestPassing } from './contrast/nearest-passing.ts';
import { reasons } from './contrast/reasons.ts';
import type { Run } from './contrast/run.ts';
import { stepContrasts } from './contrast/step-contrast.ts';
import { mostFrequent, mostFrequentBy } from './most-frequent.ts';
import { causeTitle, leftoverTitle } from './title/cause-title.ts';
import type { DistinctiveTerm } from './title/distinctive-terms.ts';
import type { Title } from './title/title.ts';
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

/** A label whose title may not be unique. */
export interface LabelDraft extends Omit<ClusterLabel, 'title' | 'counterparts'> {
  readonly title: Title;
}

/** Proposes a root cause for one cluster. */
export function labelCluster(input: ClusterInput): LabelDraft {
  const { cluster, failures, runs, passing, terms, categories } = input;
  const members = cluster.members.map((row) => failures[row]!);
  const memberCategories = members.map(categoryOf);
  const most = mostFrequent(memberCategories);
  const category =
    cluster.leftover !== null ||
    most === null ||
    (cluster.cause !== null && 2 * most.count < members.length)
      ? UNEXPLAINED.id
      : most.value;
  const causes = members.map((failure) => causeIn(failure, category));
  const shared = sharedCause(causes);
  const exemplars = exemplarsOf(members, causes, shared);
  const nearest = nearestPassing(runs, passing);
  const contrasts = nearest.length === 0 ? [] : stepContrasts(runs, nearest);
  return {
    title: titleFor(input, members, causes),
    category,
    layer: 'unknown',
    usualLayer: categories.find(({ id }) => id === category)?.layer ?? 'unknown',
    why: [],
    cause: shared?.cause ?? null,
    identity: identityOf(cluster, category, shared),
    reasons: [
      ...meetsReason(cluster),
      ...reasons({ members, causes, shared, runs, nearest, contrasts }),
    ],
    contrasts,
    terms,
    exemplars: exemplars.map(({ trace }) => trace.id),
    evidence: evidenceOf(exemplars, (failure) => quotedSignal(failure, category, shared)),
  };
}

function titleFor(
  { cluster, titleTerms, categories }: ClusterInput,
  members: readonly Failure[],
  causes: readonly (Signal | null)[],
): Title {
  const { cause, leftover } = cluster;
  const terms = titleTerms.map(({ term }) => term);
  if (leftover !== null) return leftoverTitle(leftover, members.length, terms);
  const text = cause === null ? null : causeTitle(cause, members);
  if (text !== null) return { text, terms: [] };
  return titleOf({
    categories: members.map(categoryOf),
    statements: causes.map((each) => (hasText(each) ? each.statement : null)),
    terms: titleTerms,
    taxonomy: categories,
  });
}

/** What makes it the same cause in another run. */
function identityOf(
  { cause, leftover }: PointCluster,
  category: string,
  shared: Signal | null,
): readonly string[] | null {
  if (leftover !== null) return leftover.isPart ? null : ['leftover'];
  if (cause !== null && cause.state !== 'detector')
    return ['condition', ...cause.condition.atoms.map(({ fact }) => fact.key)];
  return shared === null ? null : [category, ...causeParts(shared)];
}

/** How many failed and other traces meet the condition, and what the test against chance says. */
function meetsReason({ cause, leftover, members }: PointCluster): string[] {
  if (cause !== null && cause.state !== 'detector') {
    const { failed, failures, passed, passes } = cause.meets;
    const counts = `${count(failed)} of ${plural(failures, 'failed trace')} and ${count(passed)} of ${count(passes)} others`;
    return [`${counts} meet the condition${testOf(cause)}`];
  }
  const enough = leftover?.toSettle ?? null;
  return enough === null || members.length >= enough
    ? []
    : [
        `Too few to tell from chance; about ${count(enough - members.length)} more traces would settle it`,
      ];
}

function testOf({ state, toSettle, meets }: NonNullable<PointCluster['cause']>): string {
  if (state === 'tested') return ', more than chance explains';
  if (toSettle === null) return '';
  const more = Math.max(1, toSettle - meets.failed);
  return `, too few to tell from chance; about ${count(more)} more failed traces would settle it`;
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

/** The shared signal of a member; where none is shared, the one that names the member's cause. */
const quotedSignal = (failure: Failure, category: string, shared: Signal | null): Signal | null =>
  shared === null
    ? causeIn(failure, category)
    : (failure.signals.find((signal) => keyOf(signal) === keyOf(shared)) ?? null);

function evidenceOf(
  exemplars: readonly Failure[],
  signalOf: (failure: Failure) => Signal | null,
): CauseEvidence[] {
  return exemplars
    .flatMap((failure) => {
      const { trace } = failure;
      const quotes = signalOf(failure)?.evidence ?? [];
      const first = mostTelling(trace, quotes) ?? requestOf(failure);
      if (first === null) return [];
      return [{ ...first, traceId: trace.id, shown: shownEvidence(trace, first, quotes) }];
    })
    .slice(0, EVIDENCE);
}

const REQUEST = 200;

/** What a trace without any signal was asked. */
const requestOf = ({ signals, trace }: Failure): Evidence | null =>
  signals.length > 0 || trace.input === ''
    ? null
    : { spanId: null, path: '/input', quote: trace.input.slice(0, REQUEST) };

/** The first quote that speaks for itself; a rule of the system prompt says less than what was done. */
function mostTelling(trace: Trace, evidence: readonly Evidence[]): Evidence | null {
  const done = evidence.filter(({ path }) => !isOfSystem(trace, path));
  const telling = done.find((each) => !isBare(shownEvidence(trace, each)));
  return telling ?? done[0] ?? evidence[0] ?? null;
}

const isOfSystem = ({ messages }: Trace, path: string): boolean => {
  const index = /^\/messages\/(\d+)\/content$/.exec(path)?.[1];
  return index !== undefined && messages[Number(index)]?.role === 'system';
};
